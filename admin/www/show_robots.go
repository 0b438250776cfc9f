package www

import "github.com/gofiber/fiber/v2"

// showRobots tells search engines where they may look: nowhere in the
// demonstration, which is made up.
func (w WWW) showRobots(c *fiber.Ctx) error {
	where := "Allow: /"
	if w.demo() {
		where = "Disallow: /"
	}
	return c.SendString("User-agent: *\n" + where + "\n")
}
