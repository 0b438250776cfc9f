// Package availability decides when somebody can come: which moments are
// offered, and why another is not. It computes with the values it is given; it
// must not know a database, a clock, a screen or who is asking.
//
// Every candidate start passes through one list of rules (rulebook). Slots
// keeps the candidates that no rule refuses, Explain and Check put one moment
// through the same list, so they cannot contradict each other.
package availability

import (
	"time"

	"smartagenda/tenants/calendar"
)

// Rules is all that decides about one service of a tenant, except what is
// already taken.
type Rules struct {
	Zone          *time.Location  // the tenant's; nil is UTC
	Service       Service         // what is to be booked
	Practitioners []Practitioner  // in the order in which to show them
	Locations     []Location      // those with a zone of their own
	Closures      []calendar.Span // of the whole tenant, in any order
}

// Service is what is to be booked. Durations are real time, in whole minutes:
// 20 minutes are 20 minutes on the day of a clock change too. A service with
// no duration, one longer than MaxDuration, no grid, a negative buffer or a
// fraction of a minute is offered at no moment (BadService).
type Service struct {
	ID       int64
	Duration time.Duration
	Before   time.Duration // kept free before the start; may lie outside the opening
	After    time.Duration // kept free after the end; may lie outside the opening
	Grid     time.Duration // from one candidate start to the next, counted from the start of the opening
	Notice   time.Duration // least time between now and the start
	Horizon  int           // days ahead of today, in the tenant's zone, that can be booked; 0 is today only
	Capacity int           // how many can come at once; less than 1 is 1
}

// MaxDuration is the longest that an appointment may last.
const MaxDuration = 31 * 24 * time.Hour

// Practitioner is a person (or thing) with an agenda.
type Practitioner struct {
	ID       int64
	Resource int64           // what an appointment takes up, as Busy names it
	Offers   []Offer         // the services that this practitioner does
	Openings []Opening       // in any order; they may overlap
	Absences []calendar.Span // in any order; they may overlap
}

// Offer says that a practitioner does a service.
type Offer struct {
	Service  int64
	Duration time.Duration // the practitioner's own; 0 is the service's
}

// Opening is a range of local time that comes back every week. A start is
// counted on the grid from the beginning of its own opening, but the slot may
// run on into an opening of the same location that overlaps or touches it,
// over midnight too. An opening whose To is not after its From is never.
type Opening struct {
	Weekday    time.Weekday
	From, To   calendar.TimeOfDay
	ValidFrom  calendar.Date // first day, no date: since always
	ValidUntil calendar.Date // last day, no date: for ever
	Location   int64
	Services   []int64 // only these; none: all
}

// Location is a place with a zone of its own, in which its openings are read.
// A location that is not listed has the tenant's zone.
type Location struct {
	ID   int64
	Zone *time.Location // nil is the tenant's
}

// Busy is a span that something has already taken of a resource, its own
// buffers included. Rows may come in any order, overlap, and be of resources
// that nobody asks about; those that are not valid count for nothing.
type Busy struct {
	Resource int64
	Span     calendar.Span
}

func (r *Rules) zone() *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}

// only is the practitioner with that id alone, nobody when there is none.
func (r *Rules) only(id int64) []Practitioner {
	for i := range r.Practitioners {
		if r.Practitioners[i].ID == id {
			return r.Practitioners[i : i+1]
		}
	}
	return nil
}
