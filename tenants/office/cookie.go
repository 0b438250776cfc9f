package office

import (
	"path"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/web"
)

// token is that of the session that the browser keeps.
func (o office) token(c *fiber.Ctx) string { return web.AgendaSession.Read(c, o.secure) }

// keep gives the browser its session, until it is closed: machines at a front
// desk are shared.
func (o office) keep(c *fiber.Ctx, token string) {
	web.AgendaSession.Keep(c, o.secure, token)
}

func (o office) forget(c *fiber.Ctx) { web.AgendaSession.Forget(c, o.secure) }

// The words of say: the echo of an act over a redirect, never what it was
// about.
const (
	saidBooked    = "booked"
	saidCancelled = "cancelled"
	saidPlan      = "plan"
	saidOpened    = "opened"
	saidClosed    = "closed"
)

func (o office) say(word, to string) answer {
	return func(c *fiber.Ctx) error {
		web.AgendaSaid.Keep(c, o.secure, word)
		return c.Redirect(to, fiber.StatusSeeOther)
	}
}

// echoes are the words that pages other than the calendar's show as a toast.
var echoes = []string{saidPlan, saidOpened, saidClosed}

// heard is the word that say left, once; "" when it is none of those expected.
func (v *visit) heard(expected ...string) string {
	word := web.AgendaSaid.Read(v.c, v.secure)
	if !slices.Contains(expected, word) {
		return ""
	}
	web.AgendaSaid.Forget(v.c, v.secure)
	return word
}

// local is where to go after signing in: the page asked for when it is one of
// the Agenda on this host, else its first page. Anything that a browser might
// read as another host is not.
func local(next string) string {
	where, _, _ := strings.Cut(next, "?")
	if strings.ContainsFunc(next, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' || r == '#' }) ||
		strings.Contains(where, "%") || path.Clean(where) != where || where != home && !strings.HasPrefix(where, home+"/") {
		return home
	}
	for _, gate := range []string{doorPath, outPath, passwordPath} {
		if where == gate || strings.HasPrefix(where, gate+"/") {
			return home
		}
	}
	return next
}
