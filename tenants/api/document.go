package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/web"
)

// pages write the OpenAPI document (version 3.1) from the types that the
// handlers answer with.
type pages struct {
	*huma.OpenAPI
	bytes func() ([]byte, error)
}

const about = "Services, free moments and appointments of one Professional. Instants are RFC 3339 with the offset of the location's zone, " +
	"days are YYYY-MM-DD, ids are text. Names that are not known are ignored in what is sent, and may be added to what is answered. " +
	"Errors are RFC 9457 problem documents in French or English, as Accept-Language asks; `code` never changes. " +
	"No cookie is read or set, so any origin may call this from a browser."

func newPages() *pages {
	p := &pages{OpenAPI: &huma.OpenAPI{
		OpenAPI:    "3.1.0",
		Info:       &huma.Info{Title: "SmartAgenda", Version: "1", Description: about},
		Servers:    []*huma.Server{{URL: Prefix}},
		Components: &huma.Components{Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)},
	}}
	p.bytes = sync.OnceValues(func() ([]byte, error) {
		for _, s := range p.Components.Schemas.Map() {
			s.AdditionalProperties = nil // we ignore unknown names, and so should others
		}
		return json.Marshal(p.OpenAPI)
	})
	return p
}

func (p *pages) add(r route) {
	r.says.Method, r.says.Path = r.method, r.path
	p.AddOperation(r.says)
}

func (p *pages) schema(v any) *huma.Schema {
	return p.Components.Schemas.Schema(reflect.TypeOf(v), true, "")
}

// body describes what is sent.
func (p *pages) body(v any) *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{fiber.MIMEApplicationJSON: {Schema: p.schema(v)}}}
}

// why says what each status means here.
var why = map[int]string{
	http.StatusOK:                    "As asked.",
	http.StatusCreated:               "Booked, or waiting for the Professional's word.",
	http.StatusNotFound:              "No such thing, or not here.",
	http.StatusConflict:              "Not possible any more, as `code` says; `booking.paused` while the Professional takes no bookings.",
	http.StatusRequestEntityTooLarge: "More than 1 MB.",
	http.StatusUnprocessableEntity:   "Something in the request is wrong: one entry of `errors` for each field.",
	http.StatusTooManyRequests:       "Too many requests from this client; Retry-After says when to come back.",
	http.StatusInternalServerError:   "A mistake of ours.",
	http.StatusServiceUnavailable:    "A part we need is down.",
}

// answers describes what comes back: the good answer, and the problems beside
// those that any operation may have.
func (p *pages) answers(status int, v any, problems ...int) map[string]*huma.Response {
	all := map[string]*huma.Response{
		strconv.Itoa(status): {Description: why[status], Content: map[string]*huma.MediaType{fiber.MIMEApplicationJSON: {Schema: p.schema(v)}}},
	}
	for _, s := range append(problems, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable) {
		all[strconv.Itoa(s)] = &huma.Response{
			Description: why[s], Content: map[string]*huma.MediaType{"application/problem+json": {Schema: p.schema(web.Problem{})}},
		}
	}
	return all
}

func (p *pages) itself() *huma.Operation {
	return &huma.Operation{
		OperationID: "describe", Summary: "This document",
		Responses: p.answers(http.StatusOK, map[string]any{}),
	}
}

func (p *pages) serve(c *fiber.Ctx) error {
	body, err := p.bytes()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(body)
}
