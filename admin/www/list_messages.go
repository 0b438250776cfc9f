package www

import (
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/calendar"
)

// most is how many messages the page shows.
const most = 100

// outbox is the page of the demonstration's messages.
type outbox struct {
	page
	to     string
	list   []catcher.Message
	more   int // older ones that are not shown
	now    time.Time
	offset time.Duration
	zone   *time.Location
}

// listMessages shows caught mails and SMS as a person reads them.
func (w WWW) listMessages(c *fiber.Ctx, box caught) error {
	zone, err := calendar.LoadZone("Europe/Paris")
	if err != nil {
		return err
	}
	clock := w.Control.Clock()
	o := outbox{page: w.page(c), to: c.Query("to"), now: clock.Now().In(zone), offset: clock.Offset(), zone: zone}
	if o.list, err = box.to(c.UserContext(), o.to); err != nil {
		return err
	}
	if len(o.list) > most {
		o.list, o.more = o.list[:most], len(o.list)-most
	}
	return web.Page(c, outboxPage(o))
}

// when is an instant as people say it.
func (o outbox) when(at time.Time) string {
	at = at.In(o.zone)
	return o.T("www.box_at", "Day", o.Relative(at, o.now), "Time", o.Time(at))
}

// title is the subject; an SMS has none, so its number.
func (o outbox) title(m catcher.Message) string {
	if m.Channel == "sms" {
		return o.T("www.box_sms", "Number", phone.Format(m.To))
	}
	return m.Subject
}

func (o outbox) line(m catcher.Message) string {
	if m.Channel == "sms" {
		return o.T("www.box_from", "Tenant", m.Tenant)
	}
	return o.T("www.box_line", "To", m.To, "Tenant", m.Tenant)
}

// piece is a run of text, or a link to what it says.
type piece struct {
	text string
	link bool
}

// paragraphs cuts a text as it was written: at empty lines, at line ends, and
// around the addresses in it.
func paragraphs(text string) (all [][][]piece) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		var lines [][]piece
		for line := range strings.SplitSeq(strings.Trim(paragraph, "\n"), "\n") {
			lines = append(lines, pieces(line))
		}
		all = append(all, lines)
	}
	return all
}

func pieces(line string) (all []piece) {
	for word := range strings.SplitAfterSeq(line, " ") {
		bare := strings.TrimRight(word, " .,;)")
		u, err := url.Parse(bare)
		if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			all = append(all, piece{bare, true}, piece{word[len(bare):], false})
			continue
		}
		all = append(all, piece{word, false})
	}
	return all
}
