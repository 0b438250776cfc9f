package site

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/tenants/calendar"
)

// wish is what a link of the booking asks for.
type wish struct {
	service      int64
	practitioner int64     // 0: whoever is free; nobody where it is no number
	start        time.Time // zero: none
}

// The pages of a booking, by the end of their paths.
const (
	pathSlots   = ""
	pathDetails = "/coordonnees"
	pathOther   = "/autre-creneau"
)

const nobody = -1

// readWish reads ?avec= and ?debut=. It returns a NotFound fault for a service
// that cannot be one.
func readWish(c *fiber.Ctx) (wish, error) {
	service, err := strconv.ParseInt(c.Params("service"), 10, 64)
	if err != nil || service < 1 {
		return wish{}, fault.New(fault.NotFound, "booking.service_unknown")
	}
	w := wish{service: service, start: readStart(c.Query("debut"))}
	if with := c.Query("avec"); with != "" {
		if w.practitioner, err = strconv.ParseInt(with, 10, 64); err != nil || w.practitioner < 1 {
			w.practitioner = nobody
		}
	}
	return w, nil
}

// readDay gives no date for what is none.
func readDay(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// readStart gives the zero time for what is no instant.
func readStart(s string) time.Time {
	start, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return start.UTC()
}

// path leads to a page of the booking, with further query pairs.
func (w wish) path(page string, pairs ...string) string {
	q := url.Values{}
	if w.practitioner != 0 {
		q.Set("avec", strconv.FormatInt(w.practitioner, 10))
	}
	if !w.start.IsZero() {
		q.Set("debut", w.start.UTC().Format(time.RFC3339))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	path := "/rdv/" + strconv.FormatInt(w.service, 10) + page
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// at is the same wish for another moment.
func (w wish) at(start time.Time) wish { w.start = start; return w }

// with is the same wish for another practitioner.
func (w wish) with(practitioner int64) wish { w.practitioner = practitioner; return w }
