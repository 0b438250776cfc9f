package api_test

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"smartagenda/tenants/api"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

// as is the answer in the types that the document is made of.
func as(slots []availability.Slot, next time.Time) api.Slots {
	s := api.Slots{Slots: []api.Slot{}}
	for _, v := range slots {
		s.Slots = append(s.Slots, api.Slot{Start: v.Start, End: v.End, SeatsLeft: v.SeatsLeft,
			Practitioner: strconv.FormatInt(v.Practitioner, 10), Location: strconv.FormatInt(v.Location, 10)})
	}
	if !next.IsZero() {
		s.Next = &next
	}
	return s
}

func TestSlotsAreWrittenAsTheDocumentedTypeWouldBe(t *testing.T) {
	t.Parallel()
	names := calendar.ZoneNames()
	rapid.Check(t, func(t *rapid.T) {
		instant := rapid.Custom(func(t *rapid.T) time.Time {
			zone, err := calendar.LoadZone(rapid.SampledFrom(names).Draw(t, "zone"))
			if err != nil {
				t.Fatal(err)
			}
			return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "unix"), 0).In(zone)
		})
		slots := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) availability.Slot {
			return availability.Slot{Start: instant.Draw(t, "start"), End: instant.Draw(t, "end"), Practitioner: rapid.Int64Min(1).Draw(t, "practitioner"),
				Location: rapid.Int64Min(1).Draw(t, "location"), SeatsLeft: rapid.IntMin(1).Draw(t, "seats")}
		}), 0, 5).Draw(t, "slots")
		next := rapid.OneOf(rapid.Just(time.Time{}), instant).Draw(t, "next")
		want, err := json.Marshal(as(slots, next))
		if err != nil {
			t.Fatal(err)
		}
		if got := api.Encode(slots, next); string(got) != string(want) {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	paris, err := calendar.LoadZone("Europe/Paris")
	if err != nil {
		b.Fatal(err)
	}
	var slots []availability.Slot // a week of two practitioners
	for i := range 210 {
		start := time.Date(2026, 11, 23, 9, 20*i, 0, 0, paris)
		slots = append(slots, availability.Slot{Start: start, End: start.Add(20 * time.Minute), Practitioner: 1, Location: 1, SeatsLeft: 1})
	}
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			api.Encode(slots, time.Time{})
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(as(slots, time.Time{})); err != nil {
				b.Fatal(err)
			}
		}
	})
}
