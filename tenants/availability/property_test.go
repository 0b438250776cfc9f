package availability_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

func TestSlotsAndExplainAgreeWithTheRulesSaidAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, agree)
}

// agree holds Slots and Explain of some world against the oracle.
func agree(t *rapid.T) {
	w := draw(t)
	slots := availability.Slots(w.rules, w.busy, w.query(0, worldDays))
	for _, m := range w.moments(t) {
		listed := slices.ContainsFunc(slots, func(s availability.Slot) bool {
			return s.Practitioner == m.Practitioner && s.Start.Equal(m.Start)
		})
		why := availability.Explain(w.rules, w.busy, m)
		if want := w.offered(m); listed != want || (len(why) == 0) != want {
			t.Fatalf("%s with %d, seen from %s: listed %t, reasons %v; should be %t", m.Start, m.Practitioner, m.Now, listed, why, want)
		}
	}
}

func TestAnOfferedSlotCanBeBookedAndIsThenTaken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		for _, s := range availability.Slots(w.rules, w.busy, w.query(0, worldDays)) {
			m := availability.Moment{Start: s.Start, Practitioner: s.Practitioner, Now: w.now}
			got, reason := availability.Check(w.rules, w.busy, m)
			if reason != availability.None || !got.Start.Equal(s.Start) || !got.End.Equal(s.End) {
				t.Fatalf("%+v: %s %+v", s, reason, got)
			}
			booked := slices.Clone(w.busy)
			for _, take := range got.Takes {
				booked = append(booked, availability.Busy(take))
			}
			if why := availability.Explain(w.rules, booked, m); !slices.Equal(why, []availability.Reason{availability.Taken}) {
				t.Fatalf("%+v once booked: %v", s, why)
			}
		}
	})
}

func TestNoSlotMeetsWhatBlocksIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		for _, s := range availability.Slots(w.rules, w.busy, w.query(0, worldDays)) {
			p := w.rules.Practitioners[s.Practitioner-1]
			blocks := calendar.NewSpans(slices.Concat(w.rules.Closures, p.Absences)...)
			for _, b := range w.busy {
				if b.Resource == p.Resource {
					blocks = blocks.Union(calendar.NewSpans(b.Span))
				}
			}
			taken := calendar.Span{Start: s.Start.Add(-w.rules.Service.Before), End: s.End.Add(w.rules.Service.After)}
			if blocks.Overlaps(taken) {
				t.Fatalf("%+v with its buffers meets %v", s, blocks)
			}
		}
	})
}

// What blocks more never offers more, and never takes a reason away.
func TestAddingABlockNeverAddsASlot(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		more := w
		extra := spans(t, w.from, "extra", 3)
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			for _, s := range extra {
				more.busy = append(slices.Clone(more.busy), availability.Busy{Resource: 101, Span: s})
			}
		case 1:
			more.rules.Closures = slices.Concat(w.rules.Closures, extra)
		default:
			more.rules.Practitioners = slices.Clone(w.rules.Practitioners)
			more.rules.Practitioners[0].Absences = slices.Concat(w.rules.Practitioners[0].Absences, extra)
		}
		for _, m := range w.moments(t) {
			before := availability.Explain(w.rules, w.busy, m)
			after := availability.Explain(more.rules, more.busy, m)
			for _, reason := range before {
				if !slices.Contains(after, reason) {
					t.Fatalf("%s: %v, with more %v", m.Start, before, after)
				}
			}
		}
	})
}
