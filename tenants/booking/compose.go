package booking

import (
	"context"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/messages"
)

// Composer writes the letters about appointments.
type Composer struct {
	Texts *i18n.Bundle
	Sites tenants.Sites
}

var _ messages.Composer = Composer{}

// Compose writes a letter from the appointment as it is now. It returns
// ErrUnwanted for one that no longer takes place, or has begun.
func (c Composer) Compose(ctx context.Context, s postgres.Scope, t tenants.Tenant, m messages.Message) (messages.Letter, error) {
	a, err := Show(ctx, s, m.Participation)
	if fault.Is(err, fault.NotFound) {
		return messages.Letter{}, messages.ErrUnwanted
	}
	if err != nil {
		return messages.Letter{}, err
	}
	if gone := a.Status == Cancelled; gone != (m.Kind == messages.Cancellation) || !s.Now().Before(a.Start) {
		return messages.Letter{}, messages.ErrUnwanted
	}
	house, err := catalog.GetProfile(ctx, s)
	if err != nil {
		return messages.Letter{}, err
	}
	link, err := Link(ctx, s, a)
	if err != nil {
		return messages.Letter{}, err
	}
	w := writer{Text: c.Texts.In(a.Patient.Lang), sites: c.Sites, tenant: t, house: house, a: a, url: c.Sites.URL(t.Slug, "/m/"+link), now: s.Now()}
	switch {
	case m.Channel == messages.SMS:
		return w.sms(m), nil
	case m.Kind == messages.Closing:
		return w.closing(), nil
	}
	return w.mail(m), nil
}

// closing says that the house takes leave of online booking: the appointment
// stands, and is a matter between the two.
func (w writer) closing() messages.Letter {
	l := w.letter(w.a.Patient.Email)
	l.Subject = w.T("booking.mail_closing_subject", "House", w.house.Name)
	l.Heading, l.Lead = w.T("booking.mail_closing_heading", "FirstName", w.a.Patient.FirstName), w.T("booking.mail_closing_lead", "House", w.house.Name)
	l.When = w.when(false)
	if l.Facts = w.facts(); w.house.Phone != "" {
		l.After = w.T("booking.mail_call", "Phone", phone.Format(w.house.Phone))
	}
	l.Small = []string{w.T("booking.mail_why", "House", w.house.Name)}
	return l
}

// writer holds what the sentences of one letter are made of.
type writer struct {
	*i18n.Text
	sites  tenants.Sites
	tenant tenants.Tenant
	house  catalog.Profile
	a      Appointment
	url    string
	now    time.Time
}

func (w writer) letter(to string) messages.Letter {
	return messages.Letter{To: to, Lang: w.Lang(), Expires: w.a.Start, House: w.house.Name, Brand: w.house.Brand,
		ReplyTo: w.house.Email, Sender: w.house.SMSSender}
}

// sms names neither the service nor anything the person wrote: a telephone
// shows it to whoever looks.
func (w writer) sms(m messages.Message) messages.Letter {
	l := w.letter(w.a.Patient.Mobile)
	key := "booking.sms_" + string(m.Kind)
	if m.Kind == messages.Reminder && !w.a.Cancellable(w.now) && w.house.Phone != "" {
		key = "booking.sms_reminder_call"
	}
	l.SMS = w.T(key, "House", w.house.Name, "When", w.shortWhen(), "URL", w.url, "Phone", phone.Format(w.house.Phone))
	return l
}

// shortWhen leaves the year out: an SMS has 160 characters.
func (w writer) shortWhen() string {
	return w.T("booking.day_at", "Day", w.DayMonth(w.a.Start), "Time", w.Time(w.a.Start))
}

func (w writer) mail(m messages.Message) messages.Letter {
	l := w.letter(w.a.Patient.Email)
	key := "booking.mail_" + string(m.Kind)
	l.Subject = w.T(key+"_subject", "When", w.shortWhen())
	l.Heading = w.T(key+"_heading", "FirstName", w.a.Patient.FirstName)
	l.Lead = w.lead(m)
	l.Preheader = w.T("booking.mail_preheader", "House", w.house.Name, "Practitioner", w.a.Practitioner.Name)
	l.When = w.when(m.Kind == messages.Cancellation)
	if m.Kind != messages.Cancellation {
		l.Facts = w.facts()
		l.Action = &messages.Action{Label: w.T("booking.mail_manage"), URL: w.url}
		l.After = w.deadline()
	} else {
		l.Action = &messages.Action{Label: w.T("booking.mail_rebook"), URL: w.sites.URL(w.tenant.Slug, "/")}
	}
	l.Small = []string{
		w.T("booking.mail_why", "House", w.house.Name),
		w.T("booking.mail_sender", "House", w.house.Name, "URL", w.sites.URL(w.tenant.Slug, "/confidentialite")),
	}
	if m.Kind != messages.Reminder {
		l.Calendar, l.CalendarMethod = Calendar(w.a, Event{House: w.house.Name, Tenant: w.tenant, Sites: w.sites,
			Summary: w.T("booking.event", "House", w.house.Name), URL: w.url})
	}
	return l
}

func (w writer) lead(m messages.Message) string {
	if m.Kind == messages.Cancellation && w.a.CancelledBy != "patient" {
		return w.T("booking.mail_cancellation_by_house", "House", w.house.Name)
	}
	return w.T("booking.mail_" + string(m.Kind) + "_lead")
}

func (w writer) when(gone bool) *messages.When {
	day := w.ShortDay(w.a.Start)
	return &messages.When{Weekday: w.Weekday(w.a.Start.Weekday()), Day: day.Day, Month: day.Month, Line: w.LongDateTime(w.a.Start), Gone: gone,
		Details: []string{
			w.T("booking.service_and_length", "Service", w.a.Service.Name, "Length", w.Duration(w.a.End.Sub(w.a.Start))),
			w.a.Practitioner.Name,
		}}
}

func (w writer) facts() []messages.Fact {
	var facts []messages.Fact
	if w.a.Location.Address != "" {
		facts = append(facts, messages.Fact{Label: w.T("booking.where"), Text: w.a.Location.Address})
	}
	if w.a.Service.Instructions != "" {
		facts = append(facts, messages.Fact{Label: w.T("booking.to_bring"), Text: w.a.Service.Instructions})
	}
	return facts
}

// deadline says until when the person can cancel online, and whom to call then.
func (w writer) deadline() string {
	if !w.a.Cancellable(w.now) {
		if w.house.Phone == "" {
			return ""
		}
		return w.T("booking.mail_call", "Phone", phone.Format(w.house.Phone))
	}
	until := w.a.CancelUntil().In(w.a.Start.Location())
	args := []any{"Until", w.T("booking.day_at", "Day", w.DayMonth(until), "Time", w.Time(until)), "Phone", phone.Format(w.house.Phone)}
	if w.house.Phone == "" {
		return w.T("booking.mail_deadline", args[:2]...)
	}
	return w.T("booking.mail_deadline_call", args...)
}
