package calendar_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"smartagenda/tenants/calendar"
)

func TestEveryZoneOfFranceLoadsOnce(t *testing.T) {
	t.Parallel()
	names := calendar.ZoneNames()
	if len(names) != 14 || names[0] != "Europe/Paris" {
		t.Fatalf("zones: %v", names)
	}
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() {
			first, err1 := calendar.LoadZone(name)
			again, err2 := calendar.LoadZone(name)
			if err := errors.Join(err1, err2); err != nil || first != again || first.String() != name {
				t.Errorf("%s: %v, %v, %v", name, first, again, err)
			}
		})
	}
	all.Wait()
	names[0] = "changed"
	if calendar.ZoneNames()[0] != "Europe/Paris" {
		t.Error("a caller can change the list")
	}
}

func TestOtherZonesAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "Local", "UTC", "Europe/London", "europe/paris", "../Europe/Paris", "Europe/Paris\x00"} {
		if zone, err := calendar.LoadZone(name); !errors.Is(err, calendar.ErrZone) || zone != nil {
			t.Errorf("%q: %v, %v", name, zone, err)
		}
	}
}

func TestOverseasOffsets(t *testing.T) {
	t.Parallel()
	summer := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"Europe/Paris": "+02:00", "America/Guadeloupe": "-04:00", "America/Martinique": "-04:00",
		"America/St_Barthelemy": "-04:00", "America/Marigot": "-04:00", "America/Cayenne": "-03:00",
		"America/Miquelon": "-02:00", "Indian/Reunion": "+04:00", "Indian/Mayotte": "+03:00",
		"Pacific/Noumea": "+11:00", "Pacific/Wallis": "+12:00", "Pacific/Tahiti": "-10:00",
		"Pacific/Marquesas": "-09:30", "Pacific/Gambier": "-09:00",
	} {
		if got := summer.In(zone(t, name)).Format("-07:00"); got != want {
			t.Errorf("%s is %s in July, not %s", name, got, want)
		}
	}
}
