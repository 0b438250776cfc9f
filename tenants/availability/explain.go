package availability

import (
	"time"

	"smartagenda/tenants/calendar"
)

// Moment is a start with one practitioner, seen from Now.
type Moment struct {
	Start        time.Time
	Practitioner int64
	Now          time.Time
}

// Take is what an appointment takes of a resource, buffers included.
type Take struct {
	Resource int64
	Span     calendar.Span
}

// Booking is what to write when a moment is booked.
type Booking struct {
	Slot
	Takes []Take // by resource
}

// Explain is every reason why a moment is not offered, none when it is. Where
// several openings hold the start, the one with the fewest reasons speaks.
func Explain(rules Rules, busy []Busy, m Moment) []Reason {
	_, _, reasons := judge(&rules, busy, m)
	return reasons
}

// Check is what Explain says, for booking: None and what to write, or the
// first reason why the moment cannot be had.
func Check(rules Rules, busy []Busy, m Moment) (Booking, Reason) {
	e, c, reasons := judge(&rules, busy, m)
	if len(reasons) > 0 {
		return Booking{}, reasons[0]
	}
	slot := e.slot(found{start: c.start, place: c.window.place})
	taken := calendar.Span{
		Start: slot.Start.Add(-rules.Service.Before),
		End:   slot.End.Add(rules.Service.After),
	}
	return Booking{slot, []Take{{c.person.Resource, taken}}}, None
}

// judge puts a moment through the rulebook, once for each opening that holds
// it, and keeps the candidate that it refuses least.
func judge(rules *Rules, busy []Busy, m Moment) (*engine, candidate, []Reason) {
	e := newEngine(rules, m.Now)
	start := m.Start.Unix()
	moment := stretch{start, start + 1}
	e.load(moment, rules.only(m.Practitioner), busy)
	best := candidate{fraction: m.Start.Nanosecond() != 0}
	if len(e.people) == 0 {
		return e, best, e.reasons(&best)
	}
	p := &e.people[0]
	e.at(&best, p, start)
	least := e.reasons(&best)
	for i := range p.windows {
		if !p.windows[i].meets(moment) {
			continue
		}
		c := best
		c.window = &p.windows[i]
		if reasons := e.reasons(&c); best.window == nil || len(reasons) < len(least) {
			best, least = c, reasons
		}
	}
	return e, best, least
}
