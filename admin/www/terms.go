package www

import (
	"embed"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
)

// terms are the versions of the terms of use, one file each. What somebody has
// accepted is never edited: it is followed.
//
//go:embed terms/*.md
var terms embed.FS

// termsVersion is the one in force.
const termsVersion = 1

// showTerms shows the terms in force, or the version that the address names.
func (w WWW) showTerms(c *fiber.Ctx) error {
	version, err := c.ParamsInt("version", termsVersion)
	if err != nil {
		return fault.New(fault.NotFound, "web.not_found")
	}
	text, err := terms.ReadFile("terms/" + strconv.Itoa(version) + ".md")
	if err != nil {
		return fault.New(fault.NotFound, "web.not_found")
	}
	body, err := ui.Prose(string(text))
	if err != nil {
		return err
	}
	return web.Page(c, termsPage(w.page(c), version, body))
}
