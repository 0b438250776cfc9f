package availability_test

import (
	"testing"
	"time"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

// practice is a tenant with so many practitioners, each open from Monday to
// Friday, 09:00–12:30 and 14:00–18:00, for a service of 20 minutes every 15.
func practice(tb testing.TB, practitioners int) availability.Rules {
	rules := availability.Rules{
		Zone:    zone(tb, "Europe/Paris"),
		Service: availability.Service{ID: 1, Duration: 20 * time.Minute, Before: 5 * time.Minute, After: 5 * time.Minute, Grid: 15 * time.Minute, Notice: 2 * time.Hour, Horizon: 400},
	}
	for i := range int64(practitioners) {
		p := availability.Practitioner{ID: i + 1, Resource: i + 101, Offers: []availability.Offer{{Service: 1}}}
		for day := time.Monday; day <= time.Friday; day++ {
			p.Openings = append(p.Openings,
				availability.Opening{Weekday: day, From: calendar.HourMinute(9, 0), To: calendar.HourMinute(12, 30)},
				availability.Opening{Weekday: day, From: calendar.HourMinute(14, 0), To: calendar.HourMinute(18, 0)})
		}
		rules.Practitioners = append(rules.Practitioners, p)
	}
	return rules
}

// scattered is n busy half-hours of the practitioners, over days from first,
// in no order.
func scattered(n, practitioners, days int, first time.Time) []availability.Busy {
	busy := make([]availability.Busy, n)
	for i := range busy {
		minute := time.Duration(i*7919%(days*24*12)) * 5 * time.Minute
		busy[i] = availability.Busy{
			Resource: int64(i%practitioners) + 101,
			Span:     calendar.Span{Start: first.Add(minute), End: first.Add(minute + 30*time.Minute)},
		}
	}
	return busy
}

func BenchmarkSlotsWeekOfOne(b *testing.B) {
	rules := practice(b, 1)
	from := date(b, "2026-11-23")
	q := availability.Query{From: from, To: from.AddDays(7), Practitioner: 1, Now: from.At(0, rules.Zone)}
	busy := scattered(60, 1, 7, q.Now)
	for b.Loop() {
		if len(availability.Slots(rules, busy, q)) == 0 {
			b.Fatal("no slot")
		}
	}
}

func BenchmarkSlotsMonthOfTen(b *testing.B) {
	rules := practice(b, 10)
	from := date(b, "2026-11-02")
	q := availability.Query{From: from, To: from.AddDays(30), Now: from.At(0, rules.Zone)}
	busy := scattered(2000, 10, 30, q.Now)
	b.Run("slots", func(b *testing.B) {
		for b.Loop() {
			if len(availability.Slots(rules, busy, q)) == 0 {
				b.Fatal("no slot")
			}
		}
	})
	slots := availability.Slots(rules, busy, q)
	b.Logf("%d slots", len(slots))
	b.Run("merge", func(b *testing.B) {
		for b.Loop() {
			availability.Merge(rules, busy, slots)
		}
	})
}

// A year in which nothing is left: what a search for the next free slot costs
// at worst.
func BenchmarkSlotsFullYear(b *testing.B) {
	rules := practice(b, 1)
	from := date(b, "2026-01-01")
	now := from.At(0, rules.Zone)
	q := availability.Query{From: from, To: from.AddDays(365), Practitioner: 1, Now: now}
	var busy []availability.Busy
	for at := now; len(busy) < 365*48; at = at.Add(30 * time.Minute) {
		busy = append(busy, availability.Busy{Resource: 101, Span: calendar.Span{Start: at, End: at.Add(29 * time.Minute)}})
	}
	for b.Loop() {
		if len(availability.Slots(rules, busy, q)) != 0 {
			b.Fatal("a slot in a full year")
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	rules := practice(b, 10)
	from := date(b, "2026-11-23")
	now := from.At(0, rules.Zone)
	busy := scattered(100, 10, 3, now.Add(40*24*time.Hour))
	m := availability.Moment{Start: from.At(calendar.HourMinute(10, 0), rules.Zone), Practitioner: 7, Now: now}
	for b.Loop() {
		if _, reason := availability.Check(rules, busy, m); reason != availability.None {
			b.Fatal(reason)
		}
	}
}
