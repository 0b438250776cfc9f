package site

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/messages"
)

// ticket is one appointment as whoever holds its link sees it.
type ticket struct {
	page
	a        booking.Appointment
	fresh    bool   // just booked
	sentence string // why an act was refused
}

func (s Site) showAppointment(c *fiber.Ctx) error {
	v, err := s.readAppointment(c)
	if err != nil {
		return err
	}
	v.fresh = c.Query("nouveau") != ""
	return web.Page(c, appointmentPage(v))
}

func (s Site) readAppointment(c *fiber.Ctx) (v ticket, err error) {
	err = s.read(c, func(ctx context.Context, sc postgres.Scope, p page) (err error) {
		v.page = p
		if v.a, err = booking.ByToken(ctx, sc, c.Params("token")); err != nil {
			return err
		}
		v.now = p.now.In(v.a.Start.Location())
		return nil
	})
	return v, err
}

// stage is where the appointment stands, as the person sees it.
func (v ticket) stage() string {
	switch {
	case v.a.Status == booking.Cancelled:
		return "cancelled"
	case v.a.Over(v.now) || v.a.Status == booking.Honoured || v.a.Status == booking.Absent || v.a.Status == booking.Excused:
		return "over"
	case v.a.Status == booking.Pending:
		return "pending"
	}
	return "booked"
}

func (v ticket) badge() ui.Badge {
	signs := map[string]ui.Badge{
		"cancelled": {Tone: ui.Bad, Icon: "calendar-x"}, "over": {Icon: "history"},
		"pending": {Tone: ui.Warn, Icon: "hourglass"}, "booked": {Tone: ui.OK, Icon: "check"},
	}
	b := signs[v.stage()]
	b.Text = v.T("site.badge_" + v.stage())
	return b
}

func (v ticket) title() string {
	if v.fresh && v.open() && v.a.Patient.FirstName != "" {
		return v.T("site.heading_"+v.stage(), "FirstName", v.a.Patient.FirstName)
	}
	return v.T("site.your_appointment")
}

// lead is what happens next, or what became of it.
func (v ticket) lead() string {
	switch stage := v.stage(); {
	case stage == "cancelled" && v.a.CancelledBy == "patient":
		return v.T("site.cancelled_by_you")
	case stage == "cancelled":
		return v.T("site.cancelled_by_house", "House", v.house.Name)
	case stage == "over":
		return v.T("site.lead_over")
	case stage == "pending":
		return list(" ", v.T("site.lead_pending", "House", v.house.Name), v.announced(messages.Received))
	case v.fresh:
		return list(" ", v.T("site.lead_booked", "Day", v.Relative(v.a.Start, v.now)), v.announced(messages.Confirmation))
	}
	return ""
}

// announced says where the first message about a new appointment goes.
func (v ticket) announced(kind messages.Kind) string {
	if !v.fresh {
		return ""
	}
	for _, m := range v.a.Messages {
		if m.Kind == kind && m.Channel == messages.Mail {
			return v.T("site."+string(kind)+"_mail", "To", phone.MaskMail(v.a.Patient.Email))
		}
	}
	for _, m := range v.a.Messages {
		if m.Kind == kind {
			return v.T("site."+string(kind)+"_sms", "To", v.number())
		}
	}
	return v.T("site.no_message")
}

// number is the person's, masked, on one line.
func (v ticket) number() string {
	return strings.ReplaceAll(phone.Mask(v.a.Patient.Mobile), " ", "\u00a0")
}

// reminder says how and when the person will be reminded, "" when nothing is
// planned any more.
func (v ticket) reminder() string {
	for _, m := range v.a.Messages {
		if m.Kind != messages.Reminder || m.State != messages.Waiting {
			continue
		}
		at := m.At.In(v.a.Start.Location())
		day := v.T("site.on_day", "Day", v.DayMonth(at))
		switch calendar.DateOf(at, at.Location()) {
		case calendar.DateOf(v.a.Start, at.Location()):
			day = v.T("site.same_day")
		case calendar.DateOf(v.a.Start, at.Location()).AddDays(-1):
			day = v.T("site.day_before")
		}
		to := v.number()
		if m.Channel == messages.Mail {
			to = phone.MaskMail(v.a.Patient.Email)
		}
		return v.T("site.reminder_"+string(m.Channel), "Day", day, "To", to)
	}
	return ""
}

func (v ticket) lines() []string {
	text := []string{v.a.Service.Name, v.Duration(v.a.End.Sub(v.a.Start))}
	if v.a.PriceCents != nil {
		text = append(text, v.Euros(int64(*v.a.PriceCents)))
	}
	return []string{list(", ", text...), v.a.Practitioner.Name}
}

func (v ticket) leafOf() ui.Leaf {
	leaf := v.leaf(v.a.Start)
	leaf.Off = v.stage() == "cancelled" || v.stage() == "over"
	return leaf
}

func (v ticket) facts() ui.KV {
	facts := []ui.Fact{{Term: v.T("site.where"), Body: whereabouts(v)}}
	if v.a.Service.Instructions != "" {
		facts = append(facts, ui.Fact{Term: v.T("site.before"), Value: v.a.Service.Instructions})
	}
	if text := v.reminder(); text != "" {
		facts = append(facts, ui.Fact{Term: v.T("site.reminder"), Value: text})
	}
	return ui.KV{Items: facts}
}

// until is the last moment to cancel here.
func (v ticket) until() string {
	until := v.a.CancelUntil()
	if !until.Before(v.a.Start) {
		return v.T("site.until_start")
	}
	return v.T("site.until", "When", v.dayTime(until))
}

// open tells whether something is still to come of it.
func (v ticket) open() bool { return v.stage() == "booked" || v.stage() == "pending" }

func (v ticket) path(end string) string { return "/m/" + v.a.Token + end }

// again leads to a new appointment for the same service.
func (v ticket) again() string { return wish{service: v.a.Service.ID}.path(pathSlots) }
