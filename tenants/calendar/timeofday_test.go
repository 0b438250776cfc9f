package calendar_test

import (
	"testing"
	"time"

	"smartagenda/tenants/calendar"
)

func TestParseTimeOfDayTakesOneFormOnly(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]calendar.TimeOfDay{
		"00:00": calendar.Midnight, "08:05": 485, "14:30": calendar.HourMinute(14, 30),
		"23:59": 1439, "24:00": calendar.EndOfDay,
	} {
		got, err := calendar.ParseTimeOfDay(s)
		if err != nil || got != want || got.String() != s {
			t.Errorf("%q is %d (%s), %v; not %d", s, got, got, err, want)
		}
	}
	for _, s := range []string{"", "8:05", "24:01", "25:00", "12:60", "14h30", "14:30:00", "14:3", "-1:00", "14:30.5"} {
		if got, err := calendar.ParseTimeOfDay(s); err == nil {
			t.Errorf("%q is taken for %s", s, got)
		}
	}
}

func TestTimeOfDayOfIsWhatTheClocksShow(t *testing.T) {
	t.Parallel()
	instant := time.Date(2026, 7, 1, 23, 30, 59, 0, time.UTC)
	for name, want := range map[string]string{"Europe/Paris": "01:30", "Pacific/Marquesas": "14:00", "America/Miquelon": "21:30"} {
		if got := calendar.TimeOfDayOf(instant, zone(t, name)).String(); got != want {
			t.Errorf("the clocks of %s show %s, not %s", name, got, want)
		}
	}
}

func FuzzParseTimeOfDay(f *testing.F) {
	for _, s := range []string{"00:00", "24:00", "14:30", "14:30.5", "8:05", "99:99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := calendar.ParseTimeOfDay(s)
		if err == nil && (m.String() != s || !m.Valid()) {
			t.Fatalf("%q reads back as %q", s, m)
		}
	})
}
