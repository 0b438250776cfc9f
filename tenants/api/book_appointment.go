package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
)

const (
	keyHeader  = "Idempotency-Key"
	longestKey = 200
)

// Appointment is one person's appointment.
type Appointment struct {
	ID           string    `json:"id" format:"uuid" doc:"Never changes"`
	Status       string    `json:"status" enum:"pending,booked,arrived,honoured,absent,excused,cancelled" doc:"pending: waits for the Professional's word"`
	Start        time.Time `json:"start" doc:"With the offset of the location's zone"`
	End          time.Time `json:"end"`
	Service      string    `json:"service" doc:"Id"`
	Practitioner string    `json:"practitioner" doc:"Id"`
	Location     string    `json:"location" doc:"Id"`
	ManageURL    string    `json:"manage_url" format:"uri" doc:"The person's page; its last part is the token"`
}

func (p *pages) bookAppointment() *huma.Operation {
	return &huma.Operation{
		OperationID: "bookAppointment", Summary: "Book a moment for a person",
		Description: "A moment is never sold twice: of two requests for it one gets 201, the other 409 `booking.slot_taken`.",
		Parameters: []*huma.Param{{
			Name: keyHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[!-~]{1,200}$"},
			Description: "Recommended: text of your own for this booking, such as a UUID. For 48 hours the same key and body again " +
				"get the same answer; the same key with another body gets 422. Failures are not remembered.",
		}},
		RequestBody: p.body(Request{}),
		Responses: p.answers(http.StatusCreated, Appointment{}, http.StatusConflict, http.StatusRequestEntityTooLarge,
			http.StatusUnprocessableEntity),
	}
}

func (a API) bookAppointment(c *fiber.Ctx) error {
	r, bad, err := reservation(c)
	if err != nil {
		return err
	}
	var made booking.Appointment
	err = a.act(c, func(ctx context.Context, s postgres.Scope) (err error) {
		made, err = reserve(ctx, s, r, bad)
		return err
	})
	if f, ok := errors.AsType[*fault.Error](err); ok {
		f.Fields = placed(f.Fields)
	}
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(a.appointment(tenants.From(c.UserContext()), made))
}

// reserve books. What cannot be taken any more, since the privacy policy has
// changed say, was perhaps booked before: then that is the answer.
func reserve(ctx context.Context, s postgres.Scope, r booking.Request, bad []fault.Field) (booking.Appointment, error) {
	if len(bad) == 0 {
		return booking.Reserve(ctx, s, r)
	}
	if r.Key != "" {
		if made, known, err := booking.Repeat(ctx, s, r); known || err != nil {
			return made, err
		}
	}
	return booking.Appointment{}, fault.Wrong(bad...)
}

// reservation reads the request; bad are its fields that cannot be taken.
func reservation(c *fiber.Ctx) (r booking.Request, bad []fault.Field, err error) {
	if mime, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";"); !strings.EqualFold(strings.TrimSpace(mime), fiber.MIMEApplicationJSON) {
		return r, nil, fault.New(fault.Invalid, "api.content_type")
	}
	body, err := read(c.Body())
	if err != nil {
		return r, nil, err
	}
	t, key := tenants.From(c.UserContext()), c.Get(keyHeader)
	if len(key) > longestKey || strings.ContainsFunc(key, func(c rune) bool { return c < '!' || c > '~' }) {
		return r, nil, fault.Wrong(fault.On(keyHeader, "api.key", "Most", longestKey))
	}
	bad = body.wrong(t.Policy)
	r = booking.Request{
		Actor: booking.Visitor, Source: booking.FromAPI, Start: body.Start.value, Reason: body.Reason.value, Policy: t.Policy,
		Person: body.Patient.value.draft(web.Text(c).Lang()), Key: key, Body: c.Body(),
	}
	var ok bool
	if r.Service, ok = id(body.Service.value); !ok {
		bad = add(bad, fault.On("service", "booking.service_unknown"))
	}
	if r.Practitioner, ok = id(body.Practitioner.value); !ok && body.Practitioner.value != "" {
		bad = add(bad, fault.On("practitioner", "booking.practitioner_unknown"))
	}
	if len(bad) > 0 {
		bad = add(bad, placed(r.Check())...)
	}
	return r, bad, nil
}

// add appends the fields of which nothing was said yet, nor of what they are
// part of.
func add(bad []fault.Field, more ...fault.Field) []fault.Field {
	for _, m := range more {
		if !slices.ContainsFunc(bad, func(f fault.Field) bool { return f.Name == m.Name || strings.HasPrefix(m.Name, f.Name+".") }) {
			bad = append(bad, m)
		}
	}
	return bad
}

// appointment is what the outside sees of one, whose token is known.
func (a API) appointment(t tenants.Tenant, b booking.Appointment) Appointment {
	return Appointment{
		ID: b.Ref.String(), Status: string(b.Status), Start: b.Start, End: b.End,
		Service: written(b.Service.ID), Practitioner: written(b.Practitioner.ID), Location: written(b.Location.ID),
		ManageURL: a.Sites.URL(t.Slug, "/m/"+b.Token),
	}
}
