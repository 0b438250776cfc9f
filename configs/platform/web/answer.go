package web

import (
	"context"
	"errors"
	"math"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
)

var statuses = map[fault.Kind]int{
	fault.Internal: 500, fault.Invalid: 422, fault.NotFound: 404, fault.Conflict: 409, fault.SignedOut: 401,
	fault.Denied: 403, fault.TooMany: 429, fault.TooLarge: 413, fault.Unavailable: 503,
}

// Status is the HTTP status of a fault.
func Status(e *fault.Error) int { return statuses[e.Kind] }

// Fault classes any error, Fiber's own among them.
func Fault(err error) *fault.Error {
	if f, ok := errors.AsType[*fiber.Error](err); ok {
		switch {
		case f.Code == fiber.StatusNotFound:
			return fault.New(fault.NotFound, "web.not_found")
		case f.Code == fiber.StatusRequestEntityTooLarge:
			return fault.New(fault.TooLarge, "web.too_large")
		case f.Code == fiber.StatusMethodNotAllowed:
			return fault.New(fault.NotFound, "web.not_found")
		case f.Code < 500:
			return fault.New(fault.Invalid, "web.bad_request").Because(err)
		}
	}
	e := fault.As(err)
	if e != nil && e.Kind == fault.Internal && errors.Is(err, context.DeadlineExceeded) {
		return fault.New(fault.Unavailable, "fault.unavailable").Because(err)
	}
	return e
}

// begin sets what every answer to an error has: its status, and when to come
// back where that is known. A page that failed half way leaves nothing.
func begin(c *fiber.Ctx, e *fault.Error) int {
	status := Status(e)
	c.Status(status).Response().ResetBody()
	if e.After > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(e.After.Seconds()))))
	}
	if status >= 400 {
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	return status
}

// Page sends a component as a page. The status is the one set before, 200
// else.
func Page(c *fiber.Ctx, page templ.Component) error {
	c.Type("html", "utf-8")
	return page.Render(c.UserContext(), c.Response().BodyWriter())
}

// ErrorPage answers errors with pages that draw makes.
func ErrorPage(draw func(c *fiber.Ctx, status int, sentence string) templ.Component) fiber.ErrorHandler {
	return func(c *fiber.Ctx, err error) error {
		e := Fault(err)
		status := begin(c, e)
		return Page(c, draw(c, status, Text(c).Fill(e.Key, e.Args)))
	}
}

// Problem is an error as a document of RFC 9457.
type Problem struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail"`
	Code   string         `json:"code" doc:"Message key, stable: booking.slot_taken"`
	Errors []ProblemField `json:"errors,omitempty" nullable:"false"`
}

// ProblemField is one field that is wrong.
type ProblemField struct {
	Field  string `json:"field"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Problems answers errors with problem documents.
func Problems(c *fiber.Ctx, err error) error {
	e := Fault(err)
	status := begin(c, e)
	text := Text(c)
	p := Problem{
		Type: "about:blank", Title: text.T("web.title_" + strconv.Itoa(status)), Status: status,
		Detail: text.Fill(e.Key, e.Args), Code: e.Key, Errors: fields(text, e),
	}
	return c.JSON(p, "application/problem+json")
}

func fields(text *i18n.Text, e *fault.Error) []ProblemField {
	var all []ProblemField
	for _, f := range e.Fields {
		all = append(all, ProblemField{f.Name, f.Key, text.Fill(f.Key, f.Args)})
	}
	return all
}
