package www

import (
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/settings"
)

// farthest is how far ahead of the machine the demonstration's clock may be.
const farthest = 10 * 365 * 24 * time.Hour

// showClock tells the program's time and how far ahead of the machine's it is.
func (w WWW) showClock(c *fiber.Ctx) error {
	clock := w.Control.Clock()
	return c.JSON(fiber.Map{"now": clock.Now().Format(time.RFC3339), "offset": clock.Offset().String()})
}

// advanceClock moves the program's time for every process. A form goes back to
// its page.
func (w WWW) advanceClock(c *fiber.Ctx) error {
	typed := c.FormValue("advance")
	form := typed != ""
	if !form {
		var body struct{ Advance string }
		if err := json.Unmarshal(c.Body(), &body); err != nil {
			return fault.New(fault.Invalid, "www.clock_json")
		}
		typed = body.Advance
	}
	d, err := time.ParseDuration(typed)
	if err != nil || d <= 0 || d > farthest-w.Control.Clock().Offset() {
		return fault.Wrong(fault.On("advance", "www.clock_wrong", "Most", int(farthest.Hours())))
	}
	if err := settings.AdvanceClock(c.UserContext(), w.Control, d); err != nil {
		return err
	}
	if form {
		return c.Redirect("/dev/messages", fiber.StatusSeeOther)
	}
	return w.showClock(c)
}
