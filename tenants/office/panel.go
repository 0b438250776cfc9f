package office

import (
	"unicode/utf8"

	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/messages"
)

func (p panel) frame() ui.Panel {
	f := ui.Panel{
		Title: p.name, Leaf: leafOf(p.Text, p.Start), Badge: p.badge(p.Status),
		Lines: p.lines(),
		Close: ui.Link{Href: dated(dayPath, calendar.DateOf(p.Start, p.Start.Location())), Text: p.T("office.close")},
	}
	if p.cancel {
		f.Foot = cancelButton(p)
	}
	return f
}

// lines are the time and the service, on one line where both fit.
func (p panel) lines() []string {
	when, what := p.TimeRange(p.Start, p.End), p.Service.Name
	if utf8.RuneCountInString(when+what) > widest {
		return []string{when, what}
	}
	return []string{p.T("office.when_what", "When", when, "What", what)}
}

// widest is what the head of a panel has room for, in characters.
const widest = 32

func (p panel) facts() ui.KV {
	kv := ui.KV{Items: []ui.Fact{{Term: p.T("office.with"), Value: p.Practitioner.Name}, {Term: p.T("office.where"), Value: p.Location.Name}}}
	add := func(key string, f ui.Fact) {
		f.Term = p.T(key)
		kv.Items = append(kv.Items, f)
	}
	if !hidden(p.Patient) {
		for _, n := range []string{p.Patient.Mobile, p.Patient.Phone} {
			if n != "" {
				add("office.phone", ui.Fact{Body: anchor("tel:"+n, phone.Format(n)), Num: true})
			}
		}
		if p.Patient.Email != "" {
			add("office.email", ui.Fact{Body: anchor("mailto:"+p.Patient.Email, p.Patient.Email)})
		}
		if born := p.Patient.BornOn; !born.IsZero() {
			add(p.bornKey(), ui.Fact{Num: true, Value: p.T("office.born_and_age", "Date", p.ShortDate(noon(born)), "Count", age(born, p.today()))})
		}
	}
	if p.reason != "" {
		add("office.reason_left", ui.Fact{Body: lines(p.T("office.quoted", "Text", p.reason))})
	}
	add("office.booked_at", ui.Fact{Value: p.T("office.source_"+string(p.Source), "When", p.moment(p.CreatedAt))})
	if p.Status == booking.Cancelled {
		add("office.cancelled", ui.Fact{Value: p.cancelledBy()})
	}
	return kv
}

func (p panel) cancelledBy() string {
	when := p.moment(p.CancelledAt)
	if p.CancelledBy == "patient" {
		return p.word("office.cancelled_by", "When", when)
	}
	return p.T("office.cancelled_by_"+p.CancelledBy, "When", when)
}

func (p panel) bornKey() string {
	switch p.Patient.Title {
	case "mme":
		return "office.born_f"
	case "m":
		return "office.born_m"
	}
	return "office.born"
}

// rail is what was, is or will be sent about the appointment.
func (p panel) rail() ui.Rail {
	var r ui.Rail
	for _, m := range p.Messages {
		item := ui.RailItem{Mark: ui.Done, Text: p.T("office." + string(m.Channel) + "_" + string(m.Kind)), Note: p.fate(m)}
		switch m.State {
		case messages.Waiting, messages.Sending, messages.Skipped:
			item.Mark = ui.Ahead
		case messages.Failed, messages.Unknown:
			item.Mark = ui.Wrong
		}
		r.Items = append(r.Items, item)
	}
	return r
}

// told are the reasons that a person at the desk can do something about.
var told = map[string]bool{"refused": true, "gave_up": true, "not_delivered": true, "uncertain": true, "interrupted": true,
	"mail_unavailable": true, "sms_unavailable": true, "no_credit": true, "withdrawn": true, "unwanted": true}

// fate says what became of a message, and why where that is known.
func (p panel) fate(m messages.Receipt) string {
	key := "office.message_" + string(m.State)
	if m.State == messages.Waiting && !m.At.After(p.now) {
		key = "office.message_due"
	}
	said := p.T(key, "When", p.moment(m.At))
	if told[m.Error] {
		said = p.T("office.message_why", "State", said, "Why", p.T("office.error_"+m.Error))
	}
	return said
}
