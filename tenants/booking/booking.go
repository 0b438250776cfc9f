// Package booking gives moments to people: it offers them, books them without
// ever selling one twice, shows and cancels what was booked. It must not know
// how a page or a message looks.
package booking

import (
	"time"

	"github.com/google/uuid"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/secure"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/patients"
)

// Status is where one person's appointment stands.
type Status string

const (
	Pending   Status = "pending" // held until the Professional confirms
	Booked    Status = "booked"
	Arrived   Status = "arrived"
	Honoured  Status = "honoured"
	Absent    Status = "absent"
	Excused   Status = "excused" // absent, and said so
	Cancelled Status = "cancelled"
)

// Statuses lists them all, in the order of an appointment's life.
func Statuses() []Status {
	return []Status{Pending, Booked, Arrived, Honoured, Absent, Excused, Cancelled}
}

// Source is where an appointment was made.
type Source string

const (
	FromSite   Source = "site"
	FromAgenda Source = "agenda"
	FromAPI    Source = "api"
)

// Actor is who asks: a visitor has no id.
type Actor struct {
	Kind audit.Actor
	ID   int64
}

// Visitor is a person without a login.
var Visitor = Actor{Kind: audit.ByPatient}

// Member is a login of the Agenda.
func Member(id int64) Actor { return Actor{audit.ByMember, id} }

// free tells whether the rules for visitors do not bind the actor: a secretary
// may book at any moment that is not taken and cancel until the last minute.
func (a Actor) free() bool { return a.Kind == audit.ByMember }

// Request asks for one appointment.
type Request struct {
	Actor        Actor
	Source       Source
	Service      int64
	Practitioner int64 // 0: whoever is free, the least busy first
	Start        time.Time
	Person       patients.Draft
	Patient      int64 // an existing file, for members; then Person is not read
	Reason       string
	Note         string // the house's own word, of members only
	Policy       int    // version of the privacy policy the person was shown
	Key          string // makes a repeated request give the first answer; may be empty
	Body         []byte // what Key stands for, compared by hash
}

// Appointment is one person's part in an appointment, as just booked or as it
// stands. Instants are in the zone of the location.
type Appointment struct {
	ID            int64 // the appointment's
	Participation int64
	Ref           uuid.UUID // how the outside names it
	Token         string    // of the manage link, when just booked; it is not stored
	Status        Status
	Start, End    time.Time
	Sequence      int // of RFC 5545
	Source        Source
	CreatedAt     time.Time
	PriceCents    *int

	Service      Service
	Practitioner Practitioner
	Location     Location
	Patient      patients.Patient
	Reason, Note secure.Sealed // opened only for the Professional

	CancelledBy string // "patient", "member" or "system"
	CancelledAt time.Time
	Messages    []messages.Receipt // read by Show only

	generation int // of the manage link
}

// Service is what an appointment shows of one.
type Service struct {
	ID                         int64
	Name, Instructions         string
	CancelMinutes, MoveMinutes int
	Hue                        int
}

// Practitioner is what an appointment shows of one.
type Practitioner struct {
	ID              int64
	Name, ShortName string
}

// Location is what an appointment shows of one.
type Location struct {
	ID                     int64
	Name, Address, Details string
	Zone                   *time.Location
}

// Over tells whether nothing can change any more for whoever holds the link.
func (a Appointment) Over(now time.Time) bool { return !now.Before(a.End) }

// CancelUntil is the last instant at which the person may cancel online.
func (a Appointment) CancelUntil() time.Time {
	return a.Start.Add(-time.Duration(a.Service.CancelMinutes) * time.Minute)
}

// Cancellable tells whether the person may still cancel online.
func (a Appointment) Cancellable(now time.Time) bool {
	return (a.Status == Pending || a.Status == Booked) && !now.After(a.CancelUntil()) && now.Before(a.Start)
}

const (
	reasonColumn = "participations.reason" // what sealed text is bound to
	noteColumn   = "participations.note"
	linkKind     = "participation"
)
