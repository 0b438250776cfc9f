package office

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/patients"
)

// clockFace is a time as people write it: 10h20, 10:20, 10.20, 10 h 20, 1020, 10h, 9.
var clockFace = regexp.MustCompile(`^(\d{1,2})\s*(?:[hH:.]\s*(\d{1,2})?|(\d\d))?$`)

// parseClock reads a time of day as typed.
func parseClock(typed string) (m calendar.TimeOfDay, ok bool) {
	parts := clockFace.FindStringSubmatch(strings.TrimSpace(strings.ReplaceAll(typed, "\u00a0", " ")))
	if parts == nil {
		return 0, false
	}
	hour, _ := strconv.Atoi(parts[1]) // digits, at most two
	minute, _ := strconv.Atoi(parts[2] + parts[3])
	return calendar.HourMinute(hour, minute), hour < 24 && minute < 60
}

// request reads the form of a new appointment. Its own errors are those of the
// date and the time; the others are booking's.
func (v *visit) request(form ui.Form, h hours) (booking.Request, []fault.Field) {
	r := booking.Request{
		Actor: booking.Member(v.member.ID), Source: booking.FromAgenda, Policy: v.tenant.Policy,
		Service: id(form, "service"), Practitioner: id(form, "practitioner"), Patient: id(form, "patient"),
		Person: patients.Draft{FirstName: form.Value("first_name", ""), LastName: form.Value("last_name", ""),
			Email: form.Value("email", ""), Phone: form.Value("phone", "")},
		Reason: form.Value("reason", ""), Note: form.Value("note", ""), Key: key(form), Body: v.c.Body(),
	}
	var bad []fault.Field
	if r.Practitioner == 0 { // members choose: "whoever is free" is for visitors
		bad = append(bad, fault.On("practitioner", "office.practitioner_missing"))
	}
	date, dated := parseDay(form.Date("date"))
	if !dated {
		bad = append(bad, fault.On("date", "office.date_form"))
	}
	typed := form.Value("time", "")
	if chosen := form.Value("at", ""); chosen != "" {
		typed = chosen
	}
	clock, timed := parseClock(typed)
	if !timed {
		bad = append(bad, fault.On("time", "office.time_form"))
	}
	if dated && timed {
		r.Start = date.At(clock, h.place(r.Practitioner, date))
	}
	return r, bad
}

// id is the row that a choice names, 0 when it is none.
func id(form ui.Form, name string) int64 {
	n, err := strconv.ParseInt(form.Value(name, ""), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// key makes the form sent twice one appointment.
func key(form ui.Form) string {
	if k, err := uuid.Parse(form.Value("key", "")); err == nil {
		return "agenda:" + k.String()
	}
	return ""
}

// order is that of the fields on the page.
var order = []string{"patient", "last_name", "first_name", "phone", "email", "reason", "note", "service", "practitioner", "date", "time"}

// places moves booking's errors to the fields of this form, in their order.
func places(bad []fault.Field) []fault.Field {
	var all []fault.Field
	for _, f := range bad {
		switch {
		case f.Key == "booking.start_missing":
			continue // the date or the time says so already
		case f.Key == "booking.why_does_not_do_service":
			f.Name = "practitioner"
		case f.Name == "start":
			f.Name = "time"
		case f.Name == "idempotency_key":
			continue
		}
		all = append(all, f)
	}
	slices.SortStableFunc(all, func(a, b fault.Field) int { return slices.Index(order, a.Name) - slices.Index(order, b.Name) })
	return all
}
