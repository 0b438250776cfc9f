// Package messages decides what is to be sent to whom and when, and keeps what
// became of it. Texts are composed when they leave, from the rows as they are
// then. It must not know how an appointment is made: whoever knows composes,
// behind Composer.
package messages

import (
	"context"
	"errors"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// Jobs that this room puts; the ref is a message's id.
const (
	KindSend    = "messages.send"
	KindReceipt = "messages.receipt"
)

// Kind is what a message is about.
type Kind string

const (
	Confirmation Kind = "confirmation"
	Received     Kind = "received" // a request that the Professional must confirm
	Cancellation Kind = "cancellation"
	Reminder     Kind = "reminder"
	Reset        Kind = "reset"   // a member chooses a new password
	Welcome      Kind = "welcome" // the owner's first link

	// To the owner, about the subscription.
	TrialEnding   Kind = "trial_ending"
	TrialExtended Kind = "trial_extended"
	PastDue       Kind = "past_due"
	Paused        Kind = "paused"
	InOrder       Kind = "in_order"
	PlanChanged   Kind = "plan_changed"
	CreditLow     Kind = "credit_low"
	CreditEmpty   Kind = "credit_empty"
	Left          Kind = "left"       // the contract has ended
	PurgeNear     Kind = "purge_near" // the space will be erased

	// To those who have an appointment with a house that leaves.
	Closing Kind = "closing"
)

// Channel is how it travels.
type Channel string

const (
	Mail Channel = "mail"
	SMS  Channel = "sms"
)

// State is what became of it.
type State string

const (
	Waiting   State = "waiting"
	Sending   State = "sending"
	Sent      State = "sent"      // accepted by the carrier
	Delivered State = "delivered" // the carrier says it arrived
	Failed    State = "failed"
	Unknown   State = "unknown" // it may have left; it is not sent again blindly
	Skipped   State = "skipped" // no longer wanted when its time came
)

// Message is one row.
type Message struct {
	ID            int64
	Kind          Kind
	Channel       Channel
	Participation int64 // 0: not about an appointment
	Member        int64 // 0: not to a member
	Sequence      int   // of the appointment, when the message was planned
	State         State
	DueAt         time.Time
	Attempts      int
	ProviderID    string
	CreatedAt     time.Time
	ClaimedAt     time.Time // when it first may have left
}

// About says whom or what a new message is about.
type About struct {
	Participation int64
	Member        int64
	Sequence      int
}

// Planned is a message that does not exist yet.
type Planned struct {
	Kind    Kind
	Channel Channel
	Due     time.Time
}

// Receipt is a message as the Agenda shows it.
type Receipt struct {
	ID      int64
	Kind    Kind
	Channel Channel
	State   State
	At      time.Time // when it was settled, or is due
	Error   string    // a code
}

// ErrUnwanted is a Composer's word that the message has no sense any more, as
// a reminder of an appointment that was cancelled.
var ErrUnwanted = errors.New("messages: no longer wanted")

// Composer writes the letter of a message as things stand now.
type Composer interface {
	Compose(ctx context.Context, s postgres.Scope, t tenants.Tenant, m Message) (Letter, error)
}

// Contact says how a person can be reached.
type Contact struct{ Mail, Mobile bool }

// Wishes are the house's.
type Wishes struct {
	Pending bool          // the appointment waits for the Professional's word
	BySMS   bool          // confirm by SMS beside the mail
	Remind  time.Duration // before the start
}

// ForBooking plans what follows from a booking: a confirmation by mail, by SMS
// where the house wishes it or there is no mail, and one reminder, by SMS
// rather than mail, unless its time has passed already.
func ForBooking(c Contact, w Wishes, now, start time.Time) []Planned {
	if !start.After(now) {
		return nil // written down afterwards: nothing to announce
	}
	kind := Confirmation
	if w.Pending {
		kind = Received
	}
	plan := both(c, kind, now, w.BySMS)
	if remind := start.Add(-w.Remind); remind.After(now) {
		plan = append(plan, one(c, Reminder, remind)...)
	}
	return plan
}

// ForCancellation plans the word that an appointment is cancelled: a person
// who might set out is told on every way there is.
func ForCancellation(c Contact, now time.Time) []Planned {
	return both(c, Cancellation, now, true)
}

func both(c Contact, kind Kind, due time.Time, sms bool) []Planned {
	var plan []Planned
	if c.Mail {
		plan = append(plan, Planned{kind, Mail, due})
	}
	if c.Mobile && (sms || !c.Mail) {
		plan = append(plan, Planned{kind, SMS, due})
	}
	return plan
}

func one(c Contact, kind Kind, due time.Time) []Planned {
	switch {
	case c.Mobile:
		return []Planned{{kind, SMS, due}}
	case c.Mail:
		return []Planned{{kind, Mail, due}}
	}
	return nil
}
