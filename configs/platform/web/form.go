package web

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/ui"
)

// Typed is what was sent in the form, so that a page can show it again. Fields
// named in secret (passwords) are left out.
func Typed(c *fiber.Ctx, secret ...string) ui.Form {
	f := ui.Form{Values: map[string][]string{}}
	for k, v := range c.Request().PostArgs().All() {
		f.Values[string(k)] = append(f.Values[string(k)], string(v))
	}
	for _, name := range secret {
		delete(f.Values, name)
	}
	return f
}

// Mark puts the sentences of an error beside the fields of the form and sets
// the answer's status. It gives the error back when it is not one that a form
// can show: those are for the error page.
func Mark(c *fiber.Ctx, f ui.Form, err error) (ui.Form, error) {
	e := Fault(err)
	switch e.Kind {
	case fault.Invalid, fault.Conflict, fault.TooMany, fault.Unavailable:
	default:
		return f, err
	}
	begin(c, e)
	text := Text(c)
	for _, field := range e.Fields {
		f = f.Wrong(field.Name, text.Fill(field.Key, field.Args))
	}
	if len(e.Fields) == 0 {
		f.Message = text.Fill(e.Key, e.Args)
	}
	return f, nil
}
