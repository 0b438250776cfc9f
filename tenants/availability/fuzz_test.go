package availability_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

// FuzzSlots feeds durations, times and dates that no form would let through.
func FuzzSlots(f *testing.F) {
	const minute = int64(time.Minute)
	f.Add(int64(1_795_000_000), 20*minute, 15*minute, 5*minute, int64(0), 30, 20_780, int16(540), int16(1080), 1, int64(1_795_430_000), int64(3600))
	f.Add(int64(1_761_350_000), 60*minute, 30*minute, int64(0), 90*minute, 4, 20_385, int16(90), int16(210), 0, int64(1_761_440_000), int64(60))
	f.Add(int64(-1), int64(-1), int64(0), int64(1), int64(-1), -1, -1, int16(-1), int16(-1), -1, int64(-1), int64(-1))
	f.Fuzz(func(t *testing.T, now, duration, grid, buffer, notice int64, horizon, day int, from, to int16, weekday int, busyAt, busyFor int64) {
		paris := zone(t, "Europe/Paris")
		rules := availability.Rules{
			Zone: paris,
			Service: availability.Service{
				ID: 1, Duration: time.Duration(duration), Grid: time.Duration(grid), Horizon: horizon,
				Before: time.Duration(buffer), After: time.Duration(buffer), Notice: time.Duration(notice),
			},
			Practitioners: []availability.Practitioner{{
				ID: 1, Resource: 101, Offers: []availability.Offer{{Service: 1}},
				Openings: []availability.Opening{
					{Weekday: time.Weekday(weekday), From: calendar.TimeOfDay(from), To: calendar.TimeOfDay(to)},
					{Weekday: time.Weekday(weekday), From: 60, To: 240, Location: 2},
				},
			}},
		}
		span := calendar.Span{Start: time.Unix(busyAt, 0), End: time.Unix(busyAt, 0).Add(time.Duration(busyFor))}
		busy := []availability.Busy{{Resource: 101, Span: span}}
		first := calendar.NewDate(1970, 1, 1).AddDays(day)
		q := availability.Query{From: first, To: first.AddDays(3), Now: time.Unix(now, 0)}
		wantSound(t, rules, busy, q)
	})
}

// wantSound checks what must hold of the slots of one practitioner with one
// busy row, whatever the rules.
func wantSound(t *testing.T, rules availability.Rules, busy []availability.Busy, q availability.Query) {
	t.Helper()
	slots, span := availability.Slots(rules, busy, q), busy[0].Span
	days := calendar.Span{Start: q.From.At(0, rules.Zone), End: q.To.At(0, rules.Zone)}
	for i, s := range slots {
		taken := calendar.Span{Start: s.Start.Add(-rules.Service.Before), End: s.End.Add(rules.Service.After)}
		switch {
		case i > 0 && s.Start.Before(slots[i-1].Start):
			t.Fatalf("out of order: %+v", slots)
		case !days.Contains(s.Start) || s.Start.Before(q.Now) || s.End.Sub(s.Start) != rules.Service.Duration:
			t.Fatalf("not what was asked: %+v", s)
		case span.Valid() && span.Overlaps(taken):
			t.Fatalf("%+v is taken", s)
		}
	}
	for _, start := range []time.Time{days.Start, q.Now, span.Start, span.End, days.Start.Add(2 * time.Hour)} {
		m := availability.Moment{Start: start, Practitioner: 1, Now: q.Now}
		listed := slices.ContainsFunc(slots, func(s availability.Slot) bool { return s.Start.Equal(start) })
		if offered := len(availability.Explain(rules, busy, m)) == 0; days.Contains(start) && offered != listed {
			t.Fatalf("%s: listed %t, offered %t", start, listed, offered)
		}
	}
	availability.Merge(rules, busy, slots)
}

// FuzzRules lets the fuzzer choose among the worlds of the property tests.
func FuzzRules(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(agree))
}
