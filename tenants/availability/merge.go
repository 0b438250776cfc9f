package availability

import (
	"slices"
	"time"

	"smartagenda/tenants/calendar"
)

// Merge keeps one slot for each start, for whoever has no preference: that of
// the practitioner with the fewest busy rows beginning that day, in the
// tenant's zone. Between equals the first in the order of the slots wins, which
// from Slots is the order of the rules. The slots must be sorted by start.
func Merge(rules Rules, busy []Busy, slots []Slot) []Slot {
	if len(slots) == 0 {
		return nil
	}
	t := count(&rules, busy, slots[0].Start, slots[len(slots)-1].Start)
	merged := make([]Slot, 0, len(slots))
	var least int
	for _, s := range slots {
		n := t.of(s)
		last := len(merged) - 1
		switch {
		case last < 0 || !merged[last].Start.Equal(s.Start):
			merged, least = append(merged, s), n
		case n < least:
			merged[last], least = s, n
		}
	}
	return merged
}

// tally is how many busy rows begin on each day, for each practitioner.
type tally struct {
	midnights []int64         // in Unix seconds; one day lies between two
	columns   map[int64][]int // by practitioner, a count for each day
}

// count makes the tally of the days from that of first to that of last.
func count(rules *Rules, busy []Busy, first, last time.Time) tally {
	zone := rules.zone()
	t := tally{columns: make(map[int64][]int, len(rules.Practitioners))}
	for d := calendar.DateOf(first, zone); ; d = d.AddDays(1) {
		midnight := d.At(calendar.Midnight, zone)
		t.midnights = append(t.midnights, midnight.Unix())
		if midnight.After(last) || !d.Before(d.AddDays(1)) {
			break
		}
	}
	resources := make(map[int64][]int, len(rules.Practitioners))
	for i := range rules.Practitioners {
		p := &rules.Practitioners[i]
		if resources[p.Resource] == nil {
			resources[p.Resource] = make([]int, len(t.midnights))
		}
		t.columns[p.ID] = resources[p.Resource]
	}
	for i := range busy {
		if column, ok := resources[busy[i].Resource]; ok && busy[i].Span.Valid() {
			if day := t.day(busy[i].Span.Start); day >= 0 {
				column[day]++
			}
		}
	}
	return t
}

// day is the index of the last midnight not after an instant, -1 before the
// first. The last day has no end, but no slot of it is looked up.
func (t tally) day(at time.Time) int {
	i, found := slices.BinarySearch(t.midnights, at.Unix())
	if found {
		return i
	}
	return i - 1
}

func (t tally) of(s Slot) int {
	if column, day := t.columns[s.Practitioner], t.day(s.Start); column != nil && day >= 0 {
		return column[day]
	}
	return 0
}
