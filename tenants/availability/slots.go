package availability

import (
	"slices"
	"time"

	"smartagenda/tenants/calendar"
)

// Query asks for the slots that start on the days from From to the day before
// To, in the tenant's zone.
type Query struct {
	From, To     calendar.Date
	Practitioner int64 // 0: any
	Now          time.Time
}

// Slot is a moment at which one practitioner can be booked. Start and End are
// in the zone of the location.
type Slot struct {
	Start, End   time.Time
	Practitioner int64
	Location     int64
	SeatsLeft    int
}

// found is a Slot before it is written out.
type found struct {
	start  int64
	person int32 // index in engine.people, thus in the order of the rules
	place  int32 // index in engine.places
}

// Slots lists what is offered, by start, then by practitioner in the order of
// the rules. Its cost grows with the days asked for that lie between now and
// the horizon; the caller limits them.
func Slots(rules Rules, busy []Busy, q Query) []Slot {
	e := newEngine(&rules, q.Now)
	// Days that are wholly refused need no candidates to find that out.
	asked := stretch{
		max(q.From.At(calendar.Midnight, rules.zone()).Unix(), e.now),
		min(q.To.At(calendar.Midnight, rules.zone()).Unix(), e.tooFar),
	}
	if asked.from >= asked.to {
		return nil
	}
	people := rules.Practitioners
	if q.Practitioner != 0 {
		people = rules.only(q.Practitioner)
	}
	e.load(asked, people, busy)
	var all []found
	for i := range e.people {
		all = e.offered(all, int32(i), asked)
	}
	return e.slots(slices.Compact(sortRuns(all))) // openings that overlap give a start twice
}

// offered appends the starts within asked at which no rule refuses a person.
func (e *engine) offered(all []found, i int32, asked stretch) []found {
	p := &e.people[i]
	var c candidate
	for j := range p.windows {
		w := &p.windows[j]
		c.window = w
		start := w.from
		if late := asked.from - start; late > 0 {
			start += (late + e.grid - 1) / e.grid * e.grid
		}
		for ; start < min(w.to, asked.to); start += e.grid {
			if e.at(&c, p, start); e.refusal(&c, 0) == len(rulebook) {
				all = append(all, found{start, i, w.place})
			}
		}
	}
	return all
}

// sortRuns sorts by start and keeps the order of equals. What comes in is few
// long runs already sorted, one a practitioner as a rule; merging them is
// several times as fast as sorting anew.
func sortRuns(all []found) []found {
	var spare []found
	for sorted(all) < len(all) {
		out := slices.Grow(spare[:0], len(all))
		for rest := all; len(rest) > 0; {
			n := sorted(rest)
			m := n + sorted(rest[n:])
			out = mergeRuns(out, rest[:n], rest[n:m])
			rest = rest[m:]
		}
		all, spare = out, all
	}
	return all
}

// sorted is how many at the head of all are in order.
func sorted(all []found) int {
	for i := 1; i < len(all); i++ {
		if all[i].start < all[i-1].start {
			return i
		}
	}
	return len(all)
}

func mergeRuns(out, a, b []found) []found {
	for len(a) > 0 && len(b) > 0 {
		if b[0].start < a[0].start {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	return append(append(out, a...), b...)
}

func (e *engine) slots(all []found) []Slot {
	slots := make([]Slot, len(all))
	for i, f := range all {
		slots[i] = e.slot(f)
	}
	return slots
}

func (e *engine) slot(f found) Slot {
	p, here := &e.people[f.person], &e.places[f.place]
	return Slot{
		Start:        time.Unix(f.start, 0).In(here.zone),
		End:          time.Unix(f.start+p.length, 0).In(here.zone),
		Practitioner: p.ID,
		Location:     here.id,
		SeatsLeft:    max(e.rules.Service.Capacity, 1),
	}
}
