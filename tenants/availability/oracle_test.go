package availability_test

import (
	"slices"
	"time"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

// offered says the rules again, minute by minute from what the clocks show,
// with nothing of the engine: whether a moment is offered.
func (w world) offered(m availability.Moment) bool {
	s := w.rules.Service
	i := slices.IndexFunc(w.rules.Practitioners, func(p availability.Practitioner) bool { return p.ID == m.Practitioner })
	if i < 0 {
		return false
	}
	p := w.rules.Practitioners[i]
	does := slices.IndexFunc(p.Offers, func(o availability.Offer) bool { return o.Service == s.ID })
	if does < 0 {
		return false
	}
	length := s.Duration
	if p.Offers[does].Duration > 0 {
		length = p.Offers[does].Duration
	}
	last := calendar.DateOf(m.Now, w.rules.Zone).AddDays(s.Horizon)
	if length == 0 || m.Start.Before(m.Now.Add(s.Notice)) || calendar.DateOf(m.Start, w.rules.Zone).After(last) {
		return false
	}
	taken := calendar.Span{Start: m.Start.Add(-s.Before), End: m.Start.Add(length + s.After)}
	blocks := slices.Concat(w.rules.Closures, p.Absences)
	for _, b := range w.busy {
		if b.Resource == p.Resource {
			blocks = append(blocks, b.Span)
		}
	}
	if slices.ContainsFunc(blocks, func(b calendar.Span) bool { return b.Valid() && b.Overlaps(taken) }) {
		return false
	}
	return slices.ContainsFunc(p.Openings, func(o availability.Opening) bool {
		return w.startsIn(o, m.Start) && w.openThrough(p, o.Location, m.Start, length)
	})
}

// open tells whether the clocks of its location show a time of an opening.
func (w world) open(o availability.Opening, t time.Time) bool {
	zone := w.rules.Zone
	for _, l := range w.rules.Locations {
		if l.ID == o.Location {
			zone = l.Zone
		}
	}
	day, tod := calendar.DateOf(t, zone), calendar.TimeOfDayOf(t, zone)
	return day.Weekday() == o.Weekday && tod >= o.From && tod < o.To &&
		!day.Before(o.ValidFrom) && (o.ValidUntil.IsZero() || !day.After(o.ValidUntil)) &&
		(o.Services == nil || slices.Contains(o.Services, w.rules.Service.ID))
}

// startsIn tells whether start is a whole number of steps after o opened.
func (w world) startsIn(o availability.Opening, start time.Time) bool {
	if !w.open(o, start) {
		return false
	}
	opened := start
	for w.open(o, opened.Add(-time.Minute)) {
		opened = opened.Add(-time.Minute)
	}
	return start.Sub(opened)%w.rules.Service.Grid == 0
}

// openThrough tells whether some opening of the location holds each minute.
func (w world) openThrough(p availability.Practitioner, location int64, start time.Time, length time.Duration) bool {
	for t := start; t.Before(start.Add(length)); t = t.Add(time.Minute) {
		if !slices.ContainsFunc(p.Openings, func(o availability.Opening) bool { return o.Location == location && w.open(o, t) }) {
			return false
		}
	}
	return true
}
