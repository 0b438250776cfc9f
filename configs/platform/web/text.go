package web

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/i18n"
)

type textKey struct{}

// withText chooses the language that the browser prefers.
func withText(b *i18n.Bundle) fiber.Handler {
	return func(c *fiber.Ctx) error {
		speak(c, b)
		return c.Next()
	}
}

func speak(c *fiber.Ctx, b *i18n.Bundle) {
	c.Vary(fiber.HeaderAcceptLanguage)
	c.Locals(textKey{}, b.In(i18n.Match(c.Get(fiber.HeaderAcceptLanguage))))
}

// Text speaks the reader's language.
func Text(c *fiber.Ctx) *i18n.Text {
	t, _ := c.Locals(textKey{}).(*i18n.Text)
	return t
}
