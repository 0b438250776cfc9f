package availability_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"smartagenda/tenants/availability"
)

func TestSlotsOfSeveralDaysAreThoseOfEachDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		var each []availability.Slot
		for day := range worldDays {
			each = append(each, availability.Slots(w.rules, w.busy, w.query(day, day+1))...)
		}
		if all := availability.Slots(w.rules, w.busy, w.query(0, worldDays)); !slices.Equal(all, each) {
			t.Fatalf("together %v, one by one %v", all, each)
		}
	})
}

func TestSlotsOfAllAreThoseOfEachPractitioner(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		q := w.query(0, worldDays)
		all := availability.Slots(w.rules, w.busy, q)
		for _, q.Practitioner = range []int64{1, 2, 3} {
			mine := slices.DeleteFunc(slices.Clone(all), func(s availability.Slot) bool { return s.Practitioner != q.Practitioner })
			only := availability.Slots(w.rules, w.busy, q)
			less := func(a, b availability.Slot) int {
				return a.Start.Compare(b.Start)*2 + int(min(max(a.Location-b.Location, -1), 1))
			}
			slices.SortFunc(mine, less)
			slices.SortFunc(only, less)
			if !slices.Equal(mine, only) {
				t.Fatalf("of all %v, alone %v", mine, only)
			}
		}
	})
}

func TestTheOrderOfBusyRowsDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		q := w.query(0, worldDays)
		slots := availability.Slots(w.rules, w.busy, q)
		shuffled := rapid.Permutation(w.busy).Draw(t, "shuffled")
		if again := availability.Slots(w.rules, shuffled, q); !slices.Equal(slots, again) {
			t.Fatalf("%v, shuffled %v", slots, again)
		}
	})
}

func TestMergeKeepsEveryStartOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		slots := availability.Slots(w.rules, w.busy, w.query(0, worldDays))
		merged := availability.Merge(w.rules, w.busy, slots)
		var want []int64
		for _, s := range slots {
			want = append(want, s.Start.Unix())
		}
		var got []int64
		for _, s := range merged {
			got = append(got, s.Start.Unix())
			if !slices.Contains(slots, s) {
				t.Fatalf("%+v is made up", s)
			}
		}
		if !slices.Equal(got, slices.Compact(want)) {
			t.Fatalf("%v of %v", got, want)
		}
	})
}
