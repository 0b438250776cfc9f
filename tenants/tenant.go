// Package tenants is the vocabulary that every room on the Professional's side
// shares: what a tenant is, its address, its state, and who holds a patient's
// data. It must not know how anything is booked, sent or shown.
package tenants

import (
	"time"

	"smartagenda/configs/platform/postgres"
)

// Tenant is one Professional who subscribes, as far as SmartAgenda knows it:
// values read from the registry, at most five seconds old. A tenant's own
// transaction gets them from here, because it reads nothing outside its schema.
type Tenant struct {
	ID     postgres.Tenant
	Slug   Slug
	Name   string
	Phone  string // E.164 or "", for the pause page
	Status Status
	Since  time.Time // of this status
	Plan   string    // its name, as screens say it
	Limits Limits
	Policy int // version of the privacy policy in force

	TrialUntil time.Time // zero before the trial has begun
}

// Limits are what the plan allows.
type Limits struct {
	Agendas int
	Members int
	SMS     int // a month
}

// Status is where the subscription stands.
type Status string

const (
	Setup      Status = "setup" // claimed, the owner's account is being written
	Trial      Status = "trial"
	Active     Status = "active"
	PastDue    Status = "past_due"
	Suspended  Status = "suspended"
	Terminated Status = "terminated"
	Purged     Status = "purged"
)

// Bookable tells whether patients can book on the SiteRDV.
func (s Status) Bookable() bool { return s == Trial || s == Active || s == PastDue }

// Writable tells whether the Agenda can change anything.
func (s Status) Writable() bool { return s.Bookable() }

// Reachable tells whether the address answers at all.
func (s Status) Reachable() bool { return s != Purged && s != Setup }
