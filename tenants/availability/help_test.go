package availability_test

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the tests do not depend on the machine's zones

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := calendar.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// at reads "2026-11-23T09:00+01:00".
func at(t testing.TB, s string) time.Time {
	t.Helper()
	instant, err := time.Parse("2006-01-02T15:04Z07:00", s)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

// on is a span of Monday 23 November 2026 in Paris, such as on(t, "09:00", "10:00").
func on(t testing.TB, from, to string) calendar.Span {
	t.Helper()
	return calendar.Span{Start: at(t, "2026-11-23T"+from+"+01:00"), End: at(t, "2026-11-23T"+to+"+01:00")}
}

func opening(t testing.TB, day time.Weekday, from, to string) availability.Opening {
	t.Helper()
	o := availability.Opening{Weekday: day}
	if err := o.From.UnmarshalText([]byte(from)); err != nil {
		t.Fatal(err)
	}
	if err := o.To.UnmarshalText([]byte(to)); err != nil {
		t.Fatal(err)
	}
	return o
}

// cabinet is one practitioner (1, resource 101) in Paris, open on Mondays from
// 09:00 to 12:00 at location 7, for service 1: 30 minutes every 30.
func cabinet(t testing.TB) availability.Rules {
	t.Helper()
	o := opening(t, time.Monday, "09:00", "12:00")
	o.Location = 7
	return availability.Rules{
		Zone:    zone(t, "Europe/Paris"),
		Service: availability.Service{ID: 1, Duration: 30 * time.Minute, Grid: 30 * time.Minute, Horizon: 30},
		Practitioners: []availability.Practitioner{{
			ID: 1, Resource: 101,
			Offers:   []availability.Offer{{Service: 1}},
			Openings: []availability.Opening{o},
		}},
	}
}

// days asks for n days from a date, seen from the midnight that begins it.
func days(t testing.TB, rules availability.Rules, from string, n int) availability.Query {
	t.Helper()
	d := date(t, from)
	return availability.Query{From: d, To: d.AddDays(n), Now: d.At(calendar.Midnight, rules.Zone)}
}

func starts(slots []availability.Slot, layout string) []string {
	var all []string
	for _, s := range slots {
		all = append(all, s.Start.Format(layout))
	}
	return all
}

func wantStarts(t testing.TB, slots []availability.Slot, layout string, want ...string) {
	t.Helper()
	if got := starts(slots, layout); !slices.Equal(got, want) {
		t.Errorf("offered at %v, not at %v", got, want)
	}
}
