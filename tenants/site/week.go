package site

import (
	"slices"
	"time"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
)

// state says why a part of a day has nothing free; the words are keys.
type state string

const (
	closed state = "closed" // nobody is there
	full   state = "full"
	late   state = "late"  // it is past, or too near
	early  state = "early" // beyond the horizon
)

// parts of a day, by the time they begin: a morning runs into the lunch hour.
var parts = [...]struct {
	key      string
	from, to calendar.TimeOfDay
}{
	{"site.morning", calendar.Midnight, calendar.HourMinute(13, 0)},
	{"site.afternoon", calendar.HourMinute(13, 0), calendar.HourMinute(19, 0)},
	{"site.evening", calendar.HourMinute(19, 0), calendar.EndOfDay},
}

// day is one day of an offer.
type day struct {
	date  calendar.Date
	parts [len(parts)]part
}

type part struct {
	works bool // somebody is usually there
	slots []availability.Slot
	state state // when there are none
}

func (d day) free() (n int) {
	for _, p := range d.parts {
		n += len(p.slots)
	}
	return n
}

// state of a whole day is that of its most hopeful part.
func (d day) state() state {
	for _, s := range []state{full, early, late} {
		if slices.ContainsFunc(d.parts[:], func(p part) bool { return p.state == s }) {
			return s
		}
	}
	return closed
}

// days are those of an offer on which somebody is usually there, n of them at
// most counted from one; each start stands once.
func days(o booking.Offer, practitioner int64, now time.Time, from calendar.Date, n int) []day {
	slots := o.Merged()
	var list []day
	for i := range n {
		d := day{date: from.AddDays(i)}
		shown := false
		for j := range parts {
			d.parts[j] = newPart(o, practitioner, now, d.date, j)
			for _, s := range slots {
				if d.date == calendar.DateOf(s.Start, o.Zone) && within(calendar.TimeOfDayOf(s.Start, s.Start.Location()), j) {
					d.parts[j].slots = append(d.parts[j].slots, s)
				}
			}
			if len(d.parts[j].slots) > 0 {
				d.parts[j].works, d.parts[j].state = true, ""
			}
			shown = shown || d.parts[j].works
		}
		if shown {
			list = append(list, d)
		}
	}
	return list
}

func within(m calendar.TimeOfDay, j int) bool { return m >= parts[j].from && m < parts[j].to }

// newPart says who is there in a part of a day, and why it could have no slot.
func newPart(o booking.Offer, practitioner int64, now time.Time, d calendar.Date, j int) part {
	p := part{state: closed}
	window := d.Between(parts[j].from, parts[j].to, o.Zone)
	var there calendar.Spans
	for _, one := range o.Rules.Practitioners {
		if practitioner != 0 && one.ID != practitioner || !performs(one, o.Rules.Service.ID) {
			continue
		}
		usual := openings(one, o, d).Intersect(window)
		p.works = p.works || len(usual) > 0
		there = there.Union(usual.Subtract(calendar.NewSpans(one.Absences...)))
	}
	there = there.Subtract(calendar.NewSpans(o.Rules.Closures...))
	switch {
	case len(there) == 0:
	case d.After(calendar.DateOf(now, o.Zone).AddDays(o.Rules.Service.Horizon)):
		p.state = early
	case !there[len(there)-1].End.After(now.Add(o.Rules.Service.Notice)):
		p.state = late
	default:
		p.state = full
	}
	return p
}

func performs(one availability.Practitioner, service int64) bool {
	return slices.ContainsFunc(one.Offers, func(o availability.Offer) bool { return o.Service == service })
}

// openings are when a practitioner is usually there on a day, for the service.
func openings(one availability.Practitioner, o booking.Offer, d calendar.Date) calendar.Spans {
	var all calendar.Spans
	for _, w := range one.Openings {
		if w.Weekday == d.Weekday() && inForce(w.ValidFrom, w.ValidUntil, d) &&
			(len(w.Services) == 0 || slices.Contains(w.Services, o.Rules.Service.ID)) {
			all = all.Union(d.Between(w.From, w.To, zoneOf(o, w.Location)))
		}
	}
	return all
}

func zoneOf(o booking.Offer, location int64) *time.Location {
	for _, l := range o.Rules.Locations {
		if l.ID == location && l.Zone != nil {
			return l.Zone
		}
	}
	return o.Zone
}
