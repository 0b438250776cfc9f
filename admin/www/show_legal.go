package www

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/web"
)

func (w WWW) showLegal(c *fiber.Ctx) error { return web.Page(c, legalPage(w.page(c))) }

func (w WWW) showAccess(c *fiber.Ctx) error { return web.Page(c, accessPage(w.page(c))) }
