// Package subscriptions is what a Professional has subscribed to: the plan, its
// limits, and the states that the subscription goes through. It must not know
// what a tenant does inside, nor how anybody pays.
package subscriptions

import (
	"slices"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// Plan is what can be subscribed to. PriceCents is for a month, without VAT.
type Plan struct {
	ID         string
	Name       string
	Limits     tenants.Limits
	PriceCents int
	Offered    bool // to newcomers
}

// First is the plan of whoever chose none.
const First = "solo"

// TrialDays is how long a house is tried for nothing.
const TrialDays = 30

// Grace is how long an unpaid subscription goes on before it is suspended.
const Grace = 15 * 24 * time.Hour

// Subscription is where a tenant stands.
type Subscription struct {
	Tenant     tenants.Tenant
	Plan       Plan
	Since      time.Time // of the present state
	CreatedAt  time.Time
	TrialUntil time.Time // zero: the trial has not begun
}

// Act is something done to a subscription.
type Act string

// The acts. Open is provisioning's own, Terminate, Restore and Purge are parts
// of leaving, which provisioning carries out.
const (
	Open       Act = "open"
	Activate   Act = "activate"
	PastDue    Act = "past_due"
	Suspend    Act = "suspend"
	Reactivate Act = "reactivate"
	Extend     Act = "extend" // of a trial
	ChangePlan Act = "change_plan"
	Terminate  Act = "terminate"
	Restore    Act = "restore" // a termination is taken back
	Purge      Act = "purge"
)

// Acts lists them all.
func Acts() []Act {
	return []Act{Open, Activate, PastDue, Suspend, Reactivate, Extend, ChangePlan, Terminate, Restore, Purge}
}

// move says from where an act may start and where it leads; "" leaves the
// state as it is.
type move struct {
	from []tenants.Status
	to   tenants.Status
}

var moves = map[Act]move{
	Open:       {[]tenants.Status{tenants.Setup}, tenants.Trial},
	Activate:   {[]tenants.Status{tenants.Trial, tenants.PastDue}, tenants.Active},
	PastDue:    {[]tenants.Status{tenants.Trial, tenants.Active}, tenants.PastDue},
	Suspend:    {[]tenants.Status{tenants.Trial, tenants.Active, tenants.PastDue}, tenants.Suspended},
	Reactivate: {[]tenants.Status{tenants.Suspended}, tenants.Active},
	Extend:     {[]tenants.Status{tenants.Trial}, ""},
	ChangePlan: {[]tenants.Status{tenants.Trial, tenants.Active, tenants.PastDue}, ""},
	Terminate:  {[]tenants.Status{tenants.Trial, tenants.Active, tenants.PastDue, tenants.Suspended}, tenants.Terminated},
	Restore:    {[]tenants.Status{tenants.Terminated}, tenants.Active},
	Purge:      {[]tenants.Status{tenants.Terminated}, tenants.Purged},
}

// May tells whether an act is possible in a state.
func May(a Act, s tenants.Status) bool { return slices.Contains(moves[a].from, s) }

// Who is the kind of person behind an act.
type Who string

const (
	ByOwner  Who = "owner"
	ByStaff  Who = "staff"
	BySystem Who = "system"
)

// Actor did it; ID is a member's or a staff's.
type Actor struct {
	Who Who
	ID  int64
}

// Order asks for one act.
type Order struct {
	Tenant postgres.Tenant
	Act    Act
	By     Actor
	Reason string    // asked of staff who suspend, terminate or restore
	Plan   string    // of ChangePlan
	Usage  Usage     // of ChangePlan: what the new plan must have room for
	Until  time.Time // of Extend
}

// Usage is what of the limits is used.
type Usage struct {
	Agendas int
	Members int
	SMS     int // parts sent this month
}

// Event is one act of the past.
type Event struct {
	ID               int64
	At               time.Time
	By               Actor
	Act              Act
	From, To         tenants.Status
	FromPlan, ToPlan string
	Reason           string
}
