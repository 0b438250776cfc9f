package office

import (
	"path"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// cookie is the name of the session's cookie. Where TLS is on, the prefix makes
// browsers refuse one that another host or a plain connection has set.
func (o office) cookie() string {
	if o.secure {
		return "__Host-agenda"
	}
	return "agenda"
}

// keep gives the browser its session, until it is closed: machines at a front
// desk are shared.
func (o office) keep(c *fiber.Ctx, token string) {
	c.Cookie(&fiber.Cookie{Name: o.cookie(), Value: token, Path: "/", HTTPOnly: true, Secure: o.secure, SameSite: fiber.CookieSameSiteLaxMode, SessionOnly: true})
}

func (o office) forget(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{Name: o.cookie(), Path: "/", HTTPOnly: true, Secure: o.secure, SameSite: fiber.CookieSameSiteLaxMode, MaxAge: -1})
}

// said carries the echo of an act over a redirect: one of these words, never
// what it was about.
const (
	said          = "agenda-said"
	saidBooked    = "booked"
	saidCancelled = "cancelled"
	saidPlan      = "plan"
	echoLasts     = 60 // seconds
)

func (o office) say(word, to string) answer {
	return func(c *fiber.Ctx) error {
		c.Cookie(&fiber.Cookie{Name: said, Value: word, Path: home, HTTPOnly: true, Secure: o.secure, SameSite: fiber.CookieSameSiteLaxMode, MaxAge: echoLasts})
		return c.Redirect(to, fiber.StatusSeeOther)
	}
}

// echoes are the words that pages other than the calendar's show as a toast.
var echoes = []string{saidPlan}

// heard is the word that say left, once; "" when it is none of those expected.
func (v *visit) heard(expected ...string) string {
	word := v.c.Cookies(said)
	if !slices.Contains(expected, word) {
		return ""
	}
	v.c.Cookie(&fiber.Cookie{Name: said, Path: home, HTTPOnly: true, Secure: v.secure, SameSite: fiber.CookieSameSiteLaxMode, MaxAge: -1})
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
