package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// Services is what can be booked, and the privacy policy to show beside the
// form.
type Services struct {
	Policy   Policy    `json:"policy"`
	Services []Service `json:"services" nullable:"false"`
}

// Policy is the privacy policy in force.
type Policy struct {
	Version int    `json:"version" doc:"Send it back as policy_version" example:"1"`
	URL     string `json:"url" format:"uri"`
}

// Service is one thing that can be booked online.
type Service struct {
	ID              string         `json:"id" example:"1"`
	Name            string         `json:"name" example:"Consultation"`
	DurationMinutes int            `json:"duration_minutes" minimum:"1" example:"20"`
	PriceCents      *int           `json:"price_cents" minimum:"0" doc:"Euro cents, null where no price is shown" example:"3000"`
	Capacity        int            `json:"capacity" minimum:"1" doc:"Seats of one appointment" example:"1"`
	Practitioners   []Practitioner `json:"practitioners" nullable:"false"`
	Fields          []Field        `json:"fields" nullable:"false" doc:"Questions that the Professional adds to the form"`
}

// Practitioner is a person with an agenda.
type Practitioner struct {
	ID   string `json:"id" example:"1"`
	Name string `json:"name" example:"Dr Hélène Marchand"`
}

// Field is a question of the Professional's own.
type Field struct {
	Key      string `json:"key"`
	Label    string `json:"label"`
	Type     string `json:"type"`
	Required bool   `json:"required"`
}

func (p *pages) listServices() *huma.Operation {
	return &huma.Operation{
		OperationID: "listServices", Summary: "List what can be booked",
		Responses: p.answers(http.StatusOK, Services{}, http.StatusConflict),
	}
}

func (a API) listServices(c *fiber.Ctx) error {
	var list []catalog.Service
	var people []practitioners.Practitioner
	var skills []practitioners.Skill
	err := a.look(c, func(ctx context.Context, s postgres.Scope) (err error) {
		if list, err = catalog.Services(ctx, s, true); err != nil {
			return err
		}
		if people, err = practitioners.List(ctx, s); err != nil {
			return err
		}
		skills, err = practitioners.Skills(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	t := tenants.From(c.UserContext())
	answer := Services{Policy: Policy{t.Policy, a.Sites.URL(t.Slug, "/confidentialite")}, Services: []Service{}}
	for _, v := range list {
		answer.Services = append(answer.Services, Service{
			ID: written(v.ID), Name: v.Name, DurationMinutes: v.Minutes, PriceCents: v.PriceCents, Capacity: v.Capacity,
			Practitioners: who(v, people, skills), Fields: []Field{},
		})
	}
	return c.JSON(answer)
}

// who performs the service, in the house's order.
func who(v catalog.Service, people []practitioners.Practitioner, skills []practitioners.Skill) []Practitioner {
	able := map[int64]bool{}
	for _, k := range skills {
		able[k.PractitionerID] = able[k.PractitionerID] || k.ServiceID == v.ID
	}
	list := []Practitioner{}
	for _, p := range people {
		if able[p.ID] {
			list = append(list, Practitioner{written(p.ID), p.Name})
		}
	}
	return list
}
