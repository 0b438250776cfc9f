package messages

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/mail"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/sms"
	"smartagenda/tenants"
)

// Desk turns rows into what a carrier takes.
type Desk struct {
	Composers map[Kind]Composer
	Sites     tenants.Sites
	Sender    string // of an SMS, where the house has none of its own
}

// Outgoing is one message ready to leave; one of Mail and SMS is set. Ask says
// that an SMS may have left before: the carrier is to be asked, not handed it
// again.
type Outgoing struct {
	Message Message
	Mail    *mail.Message
	SMS     *sms.Message
	Ask     bool
	Expires time.Time // after this instant it is not worth sending
}

// Outcome is what became of it.
type Outcome struct {
	State      State
	Error      string // a code
	ProviderID string
	Parts      int
}

// Claim takes a message for sending. It gives nil when there is nothing to
// send: it has left, or is no longer wanted. A message that was claimed before
// and not settled belonged to a worker that died. A mail leaves again with the
// same Message-ID, an SMS is asked about.
func (d Desk) Claim(ctx context.Context, s postgres.Scope, t tenants.Tenant, id int64) (*Outgoing, error) {
	m, err := lock(ctx, s, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	switch m.State {
	case Waiting, Sending, Unknown:
	default:
		return nil, nil
	}
	letter, err := d.compose(ctx, s, t, m)
	if errors.Is(err, ErrUnwanted) && m.State == Waiting {
		return nil, settle(ctx, s, id, Outcome{State: Skipped, Error: "unwanted"})
	}
	if errors.Is(err, ErrUnwanted) {
		return nil, settle(ctx, s, id, Outcome{State: Unknown, Error: "interrupted"})
	}
	if err != nil {
		return nil, err
	}
	if m.Channel == SMS && m.State == Waiting {
		if ok, err := credit(ctx, s, t, m); err != nil || !ok {
			return nil, err
		}
	}
	out := &Outgoing{Message: m, Expires: letter.Expires, Ask: m.Channel == SMS && m.State != Waiting}
	if m.Channel == SMS {
		out.SMS = &sms.Message{To: letter.To, Text: letter.SMS, Sender: cmp.Or(letter.Sender, d.Sender), Ref: Ref(t.ID, id)}
	} else if out.Mail, err = d.envelope(t, m, letter); err != nil {
		return nil, err
	}
	return out, claim(ctx, s, id)
}

func (d Desk) compose(ctx context.Context, s postgres.Scope, t tenants.Tenant, m Message) (Letter, error) {
	if t.Status == tenants.Purged || t.Status == tenants.Terminated && m.Kind != Closing && m.Kind != Left && m.Kind != PurgeNear && m.Kind != Reset {
		return Letter{}, ErrUnwanted
	}
	c, ok := d.Composers[m.Kind]
	if !ok {
		return Letter{}, fmt.Errorf("messages: nobody composes %q", m.Kind)
	}
	l, err := c.Compose(ctx, s, t, m)
	if err == nil && l.To == "" {
		return Letter{}, ErrUnwanted // the contact was taken off the file
	}
	return l, err
}

// Ref names the message towards a carrier of SMS, tenant first.
func Ref(t postgres.Tenant, id int64) string { return fmt.Sprintf("%d:%d", t, id) }

// envelope addresses the letter. The Message-ID is made of the row alone, so
// that a repetition is known as such.
func (d Desk) envelope(t tenants.Tenant, m Message, l Letter) (*mail.Message, error) {
	text, html, err := l.render()
	if err != nil {
		return nil, err
	}
	out := &mail.Message{
		From: "rdv@" + d.Sites.MailDomain(), FromName: l.House, ReplyTo: l.ReplyTo, To: l.To, Subject: l.Subject, Text: text, HTML: html,
		MessageID: fmt.Sprintf("m%d.%d@%s", m.ID, t.ID, d.Sites.MailDomain()),
		Headers:   map[string]string{"Auto-Submitted": "auto-generated", "X-Tenant": t.ID.String()},
	}
	if len(l.Calendar) > 0 {
		out.Attachments = []mail.Attachment{{Name: "rendez-vous.ics", Content: l.Calendar,
			Type: `text/calendar; charset=utf-8; method=` + l.CalendarMethod}}
	}
	return out, nil
}

// Settle records what became of a claimed message.
func Settle(ctx context.Context, s postgres.Scope, id int64, o Outcome) error {
	m, err := lock(ctx, s, id)
	if err != nil {
		return err
	}
	if m.State == Delivered || m.State == Skipped { // a receipt was faster
		return nil
	}
	return settle(ctx, s, id, o)
}

// Awaiting reads an SMS that has left and whose fate is not known, and its
// number; nil when it is settled or the number is no longer on file.
func (d Desk) Awaiting(ctx context.Context, s postgres.Scope, t tenants.Tenant, id int64) (*Message, string, error) {
	m, err := lock(ctx, s, id)
	if fault.Is(err, fault.NotFound) || err == nil && m.State != Sent && m.State != Unknown {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	letter, err := d.compose(ctx, s, t, m)
	if errors.Is(err, ErrUnwanted) {
		return &m, "", nil // its reference is enough for most carriers
	}
	return &m, letter.To, err
}
