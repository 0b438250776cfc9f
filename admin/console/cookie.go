package console

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/web"
)

// token is that of the session that the browser keeps.
func (o console) token(c *fiber.Ctx) string { return web.ConsoleSession.Read(c, o.secure) }

// keep gives the browser its session, until it is closed.
func (o console) keep(c *fiber.Ctx, token string) {
	web.ConsoleSession.Keep(c, o.secure, token)
}

func (o console) forget(c *fiber.Ctx) { web.ConsoleSession.Forget(c, o.secure) }

// echoes are the words that say carries the echo of an act over a redirect, never what it was
// about. Each has its sentence, "console.said_" before it.
var echoes = []string{"invited", "role", "disabled", "enabled", "linked", "password", "recount", "subscription", "approved"}

// say answers with a page and, on it, the echo of the act.
func (o console) say(word, to string) answer {
	return func(c *fiber.Ctx) error {
		web.ConsoleSaid.Keep(c, o.secure, word)
		return c.Redirect(to, fiber.StatusSeeOther)
	}
}

// heard is the word that say left, once.
func (v *visit) heard() (string, bool) {
	word := web.ConsoleSaid.Read(v.c, v.secure)
	if !slices.Contains(echoes, word) {
		return "", false
	}
	web.ConsoleSaid.Forget(v.c, v.secure)
	return word, true
}
