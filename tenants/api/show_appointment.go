package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
)

// Standing is an appointment as it stands.
type Standing struct {
	Appointment
	CancelUntil *time.Time `json:"cancel_until" doc:"Until when it can be cancelled here, null when it cannot any more"`
}

// token is the parameter of a manage link.
var token = &huma.Param{
	Name: "token", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString},
	Description: "The last part of manage_url. Whoever has it may see and cancel the appointment.",
}

func (p *pages) showAppointment() *huma.Operation {
	return &huma.Operation{
		OperationID: "showAppointment", Summary: "Show an appointment", Parameters: []*huma.Param{token},
		Responses: p.answers(http.StatusOK, Standing{}, http.StatusNotFound),
	}
}

func (a API) showAppointment(c *fiber.Ctx) error {
	var b booking.Appointment
	err := a.look(c, func(ctx context.Context, s postgres.Scope) (err error) {
		b, err = booking.ByToken(ctx, s, c.Params("token"))
		return err
	})
	if err != nil {
		return err
	}
	return c.JSON(a.standing(c, b))
}

func (a API) standing(c *fiber.Ctx, b booking.Appointment) Standing {
	s := Standing{Appointment: a.appointment(tenants.From(c.UserContext()), b)}
	if b.Cancellable(a.Control.Clock().Now()) {
		until := b.CancelUntil()
		s.CancelUntil = &until
	}
	return s
}
