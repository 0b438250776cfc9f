package availability

import (
	"slices"
	"time"

	"smartagenda/tenants/calendar"
)

// engine is Rules and Busy made ready for one question. Instants and lengths
// are in Unix seconds.
type engine struct {
	rules    *Rules
	now      int64
	soonest  int64 // the first start that the notice leaves
	tooFar   int64 // the first start that the horizon does not leave
	grid     int64
	before   int64
	after    int64
	span     stretch // from the first start asked about to the last end
	people   []person
	places   []place
	closures []stretch
}

// person is a practitioner made ready.
type person struct {
	*Practitioner
	does     bool
	length   int64 // of the service; 0 when the service makes no sense
	windows  []window
	absences []stretch
	busy     []stretch
}

// candidate is one start at which one practitioner might be booked.
type candidate struct {
	person     *person // nil: unknown
	window     *window // the opening that holds start; nil: none
	start, end int64
	taken      stretch // with the buffers
	fraction   bool    // start is not a whole second
}

func newEngine(rules *Rules, now time.Time) *engine {
	s := &rules.Service
	last := calendar.DateOf(now, rules.zone()).AddDays(s.Horizon)
	return &engine{
		rules:   rules,
		now:     ceil(now),
		soonest: ceil(now.Add(s.Notice)),
		tooFar:  last.AddDays(1).At(calendar.Midnight, rules.zone()).Unix(),
		grid:    seconds(s.Grid),
		before:  seconds(s.Before),
		after:   seconds(s.After),
	}
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// load makes ready what decides about starts of these people within asked.
func (e *engine) load(asked stretch, people []Practitioner, busy []Busy) {
	e.people = make([]person, len(people))
	e.span = asked
	for i := range people {
		does, length := e.rules.Service.of(&people[i])
		e.people[i] = person{Practitioner: &people[i], does: does, length: length}
		e.span.to = max(e.span.to, asked.to+length)
	}
	around := stretch{e.span.from - e.before, e.span.to + e.after}
	e.closures = around.near(e.rules.Closures)
	for i := range e.people {
		p := &e.people[i]
		p.absences = around.near(p.Absences)
		if p.length > 0 {
			p.windows = e.windows(p.Practitioner)
		}
	}
	e.occupy(busy, around)
}

// occupy gives each practitioner the busy rows of their resource that meet
// around. Two practitioners may share one resource.
func (e *engine) occupy(busy []Busy, around stretch) {
	index := make(map[int64]int, len(e.people))
	for i := range e.people {
		if _, ok := index[e.people[i].Resource]; !ok {
			index[e.people[i].Resource] = len(index)
		}
	}
	rows := make([][]stretch, len(index))
	for i := range busy {
		r, ok := index[busy[i].Resource]
		if !ok || !busy[i].Span.Valid() {
			continue
		}
		if s := stretchOf(busy[i].Span); s.meets(around) {
			if rows[r] == nil {
				rows[r] = make([]stretch, 0, len(busy)/len(rows)+16)
			}
			rows[r] = append(rows[r], s)
		}
	}
	for r := range rows {
		rows[r] = join(rows[r])
	}
	for i := range e.people {
		e.people[i].busy = rows[index[e.people[i].Resource]]
	}
}

// of tells whether p does the service, and how long it then lasts in seconds:
// 0 when the service makes no sense.
func (s *Service) of(p *Practitioner) (does bool, length int64) {
	d := s.Duration
	if i := slices.IndexFunc(p.Offers, func(o Offer) bool { return o.Service == s.ID }); i >= 0 {
		does = true
		if own := p.Offers[i].Duration; own != 0 {
			d = own
		}
	}
	if d <= 0 || d > MaxDuration || s.Grid <= 0 || s.Before < 0 || s.After < 0 {
		return does, 0
	}
	for _, part := range []time.Duration{d, s.Grid, s.Before, s.After} {
		if part%time.Minute != 0 {
			return does, 0
		}
	}
	return does, seconds(d)
}

// at makes c the candidate of p at start; the window is the caller's to set.
func (e *engine) at(c *candidate, p *person, start int64) {
	c.person, c.start, c.end = p, start, start+p.length
	c.taken = stretch{c.start - e.before, c.end + e.after}
}
