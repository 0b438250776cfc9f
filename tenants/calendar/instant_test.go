package calendar_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the tests do not depend on the machine's zones

	"pgregory.net/rapid"

	"smartagenda/tenants/calendar"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := calendar.LoadZone(name)
	if err != nil {
		t.Fatalf("LoadZone(%q): %v", name, err)
	}
	return z
}

func tod(t testing.TB, s string) calendar.TimeOfDay {
	t.Helper()
	m, err := calendar.ParseTimeOfDay(s)
	if err != nil {
		t.Fatalf("ParseTimeOfDay(%q): %v", s, err)
	}
	return m
}

func TestAtTellsSkippedAndRepeatedHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone, date, at, want string
		reading              calendar.Reading
	}{
		{"Europe/Paris", "2026-03-29", "01:59", "2026-03-29T01:59:00+01:00", calendar.Once},
		{"Europe/Paris", "2026-03-29", "02:00", "2026-03-29T03:00:00+02:00", calendar.Never},
		{"Europe/Paris", "2026-03-29", "02:59", "2026-03-29T03:00:00+02:00", calendar.Never},
		{"Europe/Paris", "2026-03-29", "03:00", "2026-03-29T03:00:00+02:00", calendar.Once},
		{"Europe/Paris", "2026-10-25", "01:59", "2026-10-25T01:59:00+02:00", calendar.Once},
		{"Europe/Paris", "2026-10-25", "02:00", "2026-10-25T02:00:00+02:00", calendar.Twice},
		{"Europe/Paris", "2026-10-25", "02:59", "2026-10-25T02:59:00+02:00", calendar.Twice},
		{"Europe/Paris", "2026-10-25", "03:00", "2026-10-25T03:00:00+01:00", calendar.Once},
		{"Europe/Paris", "2026-10-24", "24:00", "2026-10-25T00:00:00+02:00", calendar.Once},
		{"Europe/Paris", "2026-11-23", "14:30", "2026-11-23T14:30:00+01:00", calendar.Once},
		{"America/Miquelon", "2026-03-08", "02:30", "2026-03-08T03:00:00-02:00", calendar.Never},
		{"America/Miquelon", "2026-11-01", "01:00", "2026-11-01T01:00:00-02:00", calendar.Twice},
		{"America/Miquelon", "2026-11-01", "02:00", "2026-11-01T02:00:00-03:00", calendar.Once},
		{"Indian/Reunion", "2026-03-29", "02:30", "2026-03-29T02:30:00+04:00", calendar.Once},
		{"Pacific/Marquesas", "2026-10-25", "02:30", "2026-10-25T02:30:00-09:30", calendar.Once},
	} {
		got, reading := date(t, c.date).Read(tod(t, c.at), zone(t, c.zone))
		if got.Format(time.RFC3339) != c.want || reading != c.reading {
			t.Errorf("%s %s in %s is %s (%d), not %s (%d)", c.date, c.at, c.zone, got.Format(time.RFC3339), reading, c.want, c.reading)
		}
	}
}

// Every instant shows one date and time of day; At must find that instant or
// the other one that shows the same.
func TestAtUndoesTheReadingOfAClock(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z, _ := calendar.LoadZone(rapid.SampledFrom(calendar.ZoneNames()).Draw(t, "zone"))
		start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		instant := start.Add(time.Duration(rapid.IntRange(0, 3*366*24*60).Draw(t, "minute")) * time.Minute)
		d, m := calendar.DateOf(instant, z), calendar.TimeOfDayOf(instant, z)
		got, reading := d.Read(m, z)
		switch {
		case reading == calendar.Never:
			t.Fatalf("%s is never shown", instant.In(z))
		case got.Equal(instant):
		case reading == calendar.Twice && instant.Sub(got) == time.Hour:
		default:
			t.Fatalf("%s is taken for %s (%d)", instant.In(z), got, reading)
		}
	})
}

func TestDayLastsFromMidnightToMidnight(t *testing.T) {
	t.Parallel()
	paris := zone(t, "Europe/Paris")
	for s, want := range map[string]time.Duration{
		"2026-03-28": 24 * time.Hour, "2026-03-29": 23 * time.Hour, "2026-10-25": 25 * time.Hour,
	} {
		if got := date(t, s).Day(paris).Duration(); got != want {
			t.Errorf("%s lasts %s in Paris, not %s", s, got, want)
		}
	}
	for _, name := range calendar.ZoneNames() {
		z := zone(t, name)
		for d := date(t, "2026-01-01"); d.Before(date(t, "2029-01-01")); d = d.AddDays(1) {
			day := d.Day(z)
			if !day.End.Equal(d.AddDays(1).Day(z).Start) || calendar.DateOf(day.Start, z) != d || calendar.DateOf(day.End.Add(-1), z) != d {
				t.Fatalf("%s in %s is %s to %s", d, name, day.Start, day.End)
			}
		}
	}
}
