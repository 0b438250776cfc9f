package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
)

func (p *pages) cancelAppointment() *huma.Operation {
	return &huma.Operation{
		OperationID: "cancelAppointment", Summary: "Cancel an appointment", Parameters: []*huma.Param{token},
		Description: "Takes no body. 409 when it is cancelled already, or when the time to cancel online has passed.",
		Responses:   p.answers(http.StatusOK, Standing{}, http.StatusNotFound, http.StatusConflict),
	}
}

func (a API) cancelAppointment(c *fiber.Ctx) error {
	var b booking.Appointment
	token := c.Params("token")
	err := a.act(c, func(ctx context.Context, s postgres.Scope) error {
		found, err := booking.ByToken(ctx, s, token)
		if err != nil {
			return err
		}
		b, err = booking.Cancel(ctx, s, booking.Cancellation{Actor: booking.Visitor, Participation: found.Participation})
		return err
	})
	if err != nil {
		return err
	}
	b.Token = token
	return c.JSON(a.standing(c, b))
}
