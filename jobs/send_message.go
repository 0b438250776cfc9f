package jobs

import (
	"context"
	"errors"
	"time"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/mail"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/sms"
	"smartagenda/tenants"
	"smartagenda/tenants/messages"
)

// Post sends messages and asks what became of them.
type Post struct {
	Control  *postgres.Control
	Registry *tenants.Registry
	Desk     messages.Desk
	Mail     *mail.Sender
	SMS      sms.Provider
}

// Send is the handler of messages.KindSend. The message is claimed in one
// transaction, carried outside any, and settled in another one together with
// its job. Killed in between, it is found claimed: a mail leaves again under
// the same Message-ID, an SMS is asked about and not sent blindly.
func (p Post) Send(ctx context.Context, j jobstore.Job) error {
	t, err := p.Registry.ByID(ctx, j.Tenant)
	if err != nil {
		return err
	}
	var out *messages.Outgoing
	err = p.Control.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) (err error) {
		out, err = p.Desk.Claim(ctx, s, t, j.Ref)
		if err == nil && out == nil {
			return jobstore.Finish(ctx, s, j)
		}
		return err
	})
	if err != nil || out == nil {
		return err
	}
	outcome, again := p.carry(ctx, *out)
	err = p.Control.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) error {
		if err := messages.Settle(ctx, s, j.Ref, outcome); err != nil {
			return err
		}
		if outcome.State == messages.Sent && out.SMS != nil {
			if err := jobstore.Put(ctx, s, messages.KindReceipt, j.Ref, s.Now().Add(firstReceipt)); err != nil {
				return err
			}
		}
		if again != nil {
			return nil //nolint:nilerr // the message is settled; again is the job's outcome
		}
		return jobstore.Finish(ctx, s, j)
	})
	if err != nil {
		return err
	}
	return again
}

// carry hands the message to its carrier; again says when to try once more.
func (p Post) carry(ctx context.Context, out messages.Outgoing) (messages.Outcome, error) {
	switch {
	case out.Mail != nil:
		return p.mail(ctx, out)
	case out.Ask:
		return p.ask(ctx, out)
	}
	return p.text(ctx, out)
}

func (p Post) mail(ctx context.Context, out messages.Outgoing) (messages.Outcome, error) {
	err := p.Mail.Send(ctx, *out.Mail)
	switch {
	case err == nil:
		return messages.Outcome{State: messages.Sent}, nil
	case mail.IsPermanent(err):
		return messages.Outcome{State: messages.Failed, Error: "refused"}, nil
	}
	return p.later(out, "mail_unavailable")
}

func (p Post) text(ctx context.Context, out messages.Outgoing) (messages.Outcome, error) {
	receipt, err := p.SMS.Send(ctx, *out.SMS)
	if err == nil {
		return messages.Outcome{State: messages.Sent, ProviderID: receipt.ID, Parts: receipt.Parts}, nil
	}
	switch sms.ClassOf(err) {
	case sms.Permanent:
		return messages.Outcome{State: messages.Failed, Error: "refused"}, nil
	case sms.Uncertain:
		return messages.Outcome{State: messages.Unknown, Error: "uncertain"}, jobstore.Later(time.Minute, "sms_uncertain")
	}
	return p.later(out, "sms_unavailable")
}

// later lets a message wait for its carrier, as long as it is worth sending.
func (p Post) later(out messages.Outgoing, code string) (messages.Outcome, error) {
	wait := min(time.Minute<<min(out.Message.Attempts, 6), time.Hour)
	expires := out.Expires
	if expires.IsZero() {
		expires = out.Message.DueAt.Add(24 * time.Hour)
	}
	if p.Control.Clock().Now().Add(wait).After(expires) {
		return messages.Outcome{State: messages.Failed, Error: "gave_up"}, nil
	}
	return messages.Outcome{State: messages.Waiting, Error: code}, jobstore.Later(wait, code)
}

// asks is how often a carrier is asked about an SMS that may have left.
const asks = 5

func (p Post) ask(ctx context.Context, out messages.Outgoing) (messages.Outcome, error) {
	state, err := p.SMS.Status(ctx, sent(out.Message, out.SMS))
	if err != nil && !errors.Is(err, context.Canceled) {
		state = sms.Unknown
	}
	o := outcome(state)
	if o.State == messages.Unknown && out.Message.Attempts < asks {
		return o, jobstore.Later(time.Minute, "sms_unknown")
	}
	return o, nil
}

func sent(m messages.Message, out *sms.Message) sms.Sent {
	return sms.Sent{ID: m.ProviderID, Ref: out.Ref, To: out.To, At: m.ClaimedAt}
}

func outcome(s sms.State) messages.Outcome {
	switch s {
	case sms.Delivered:
		return messages.Outcome{State: messages.Delivered}
	case sms.Accepted:
		return messages.Outcome{State: messages.Sent}
	case sms.Failed:
		return messages.Outcome{State: messages.Failed, Error: "not_delivered"}
	}
	return messages.Outcome{State: messages.Unknown, Error: "uncertain"}
}

const (
	firstReceipt = time.Minute      // after sending
	lastReceipt  = 24 * time.Hour   // then nobody asks any more
	receiptPause = 10 * time.Minute // between two questions
)

// Receipt is the handler of messages.KindReceipt: it asks whether an SMS has
// arrived.
func (p Post) Receipt(ctx context.Context, j jobstore.Job) error {
	t, err := p.Registry.ByID(ctx, j.Tenant)
	if err != nil {
		return err
	}
	var m *messages.Message
	var to string
	err = p.Control.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) (err error) {
		m, to, err = p.Desk.Awaiting(ctx, s, t, j.Ref)
		return err
	})
	if err != nil || m == nil {
		return err
	}
	state, err := p.SMS.Status(ctx, sent(*m, &sms.Message{To: to, Ref: messages.Ref(j.Tenant, m.ID)}))
	if err != nil || state == sms.Accepted || state == sms.Unknown {
		if p.Control.Clock().Now().After(m.ClaimedAt.Add(lastReceipt)) {
			return nil
		}
		return jobstore.Later(receiptPause, "no_receipt_yet")
	}
	return p.Control.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) error {
		if err := messages.Settle(ctx, s, j.Ref, outcome(state)); err != nil {
			return err
		}
		return jobstore.Finish(ctx, s, j)
	})
}
