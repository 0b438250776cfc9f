// Package practitioners holds the people (or things) with a column in the
// Agenda: what they do, when they are usually there, when they are away. It
// must not know who has booked them.
package practitioners

import (
	"time"

	"smartagenda/tenants/calendar"
)

// Practitioner has an agenda. ResourceID is the row that an appointment takes
// up so that nobody else gets the same time.
type Practitioner struct {
	ID         int64 `bun:",pk,autoincrement"`
	ResourceID int64
	Name       string // "Dr Hélène Marchand"
	ShortName  string // "Dr Marchand"
	Speciality string
	Position   int
	ArchivedAt time.Time `bun:",nullzero"`
}

// Skill says that a practitioner performs a service, perhaps at their own pace
// or price.
type Skill struct {
	ServiceID      int64
	PractitionerID int64
	Minutes        *int // nil: the service's
	PriceCents     *int // nil: the service's
}

// Opening is a weekly range in local time of the location. Zero dates leave
// its validity open.
type Opening struct {
	ID             int64 `bun:",pk,autoincrement"`
	PractitionerID int64
	LocationID     int64
	Weekday        int // 1 Monday to 7 Sunday
	Opens          calendar.TimeOfDay
	Closes         calendar.TimeOfDay
	ValidFrom      calendar.Date
	ValidUntil     calendar.Date
}

// Absence is a time when a practitioner is away; PractitionerID 0 means that
// the whole house is closed.
type Absence struct {
	ID             int64 `bun:",pk,autoincrement"`
	PractitionerID int64 `bun:",nullzero"`
	StartsAt       time.Time
	EndsAt         time.Time
	Label          string
}
