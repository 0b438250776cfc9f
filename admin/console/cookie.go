package console

import (
	"slices"

	"github.com/gofiber/fiber/v2"
)

// cookie is the name of the session's cookie. Where TLS is on, the prefix makes
// browsers refuse one that another host or a plain connection has set.
func (o console) cookie() string {
	if o.secure {
		return "__Host-console"
	}
	return "console"
}

// keep gives the browser its session, until it is closed.
func (o console) keep(c *fiber.Ctx, token string) {
	c.Cookie(&fiber.Cookie{Name: o.cookie(), Value: token, Path: "/", HTTPOnly: true, Secure: o.secure, SameSite: fiber.CookieSameSiteLaxMode, SessionOnly: true})
}

func (o console) forget(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{Name: o.cookie(), Path: "/", HTTPOnly: true, Secure: o.secure, SameSite: fiber.CookieSameSiteLaxMode, MaxAge: -1})
}

// said carries the echo of an act over a redirect: one of these words, never
// what it was about. Each has its sentence, "console.said_" before it.
const (
	said      = "console-said"
	echoLasts = 60 // seconds
)

var echoes = []string{"invited", "role", "disabled", "enabled", "linked", "password", "recount", "subscription"}

// say answers with a page and, on it, the echo of the act.
func (o console) say(word, to string) answer {
	return func(c *fiber.Ctx) error {
		c.Cookie(&fiber.Cookie{Name: said, Value: word, Path: "/", HTTPOnly: true, Secure: o.secure, SameSite: fiber.CookieSameSiteLaxMode, MaxAge: echoLasts})
		return c.Redirect(to, fiber.StatusSeeOther)
	}
}

// heard is the word that say left, once.
func (v *visit) heard() (string, bool) {
	word := v.c.Cookies(said)
	if !slices.Contains(echoes, word) {
		return "", false
	}
	v.c.Cookie(&fiber.Cookie{Name: said, Path: "/", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, MaxAge: -1})
	return word, true
}
