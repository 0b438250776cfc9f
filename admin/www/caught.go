package www

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// caught is what the demonstration sent, with tenants by their addresses.
type caught struct {
	box   *catcher.Box
	slugs *slugs
}

// to lists what was sent to somebody, newest first; a number may be written as
// people do.
func (b caught) to(ctx context.Context, to string) ([]catcher.Message, error) {
	if number, err := phone.Parse(to); err == nil {
		to = string(number)
	}
	list := b.box.List(to)
	for i := range list {
		slug, err := b.slugs.of(ctx, list[i].Tenant)
		if err != nil {
			return nil, err
		}
		list[i].Tenant = slug
	}
	return list, nil
}

// list is the same for programs.
func (b caught) list(c *fiber.Ctx) error {
	list, err := b.to(c.UserContext(), c.Query("to"))
	if err != nil {
		return err
	}
	return c.JSON(list)
}

func (b caught) find(id string) (catcher.Message, error) {
	for _, m := range b.box.List("") {
		if m.ID == id {
			return m, nil
		}
	}
	return catcher.Message{}, fault.New(fault.NotFound, "web.not_found")
}

// mailPolicy lets a mail have its inline styles, and nothing else: what the
// browser shows came from a message.
const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

// show gives a mail as a mail program would.
func (b caught) show(c *fiber.Ctx) error {
	m, err := b.find(c.Params("id"))
	if err != nil {
		return err
	}
	if m.HTML == "" {
		return fault.New(fault.NotFound, "web.not_found")
	}
	c.Set(fiber.HeaderContentSecurityPolicy, mailPolicy)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.SendString(m.HTML)
}

// download gives a file of a mail, never to be opened by the browser itself.
func (b caught) download(c *fiber.Ctx) error {
	m, err := b.find(c.Params("id"))
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.Params("number"))
	if err != nil || n < 0 || n >= len(m.Attachments) {
		return fault.New(fault.NotFound, "web.not_found")
	}
	file := m.Attachments[n]
	content := []byte(file.Content)
	if !strings.HasPrefix(file.Type, "text/calendar") {
		if content, err = base64.StdEncoding.DecodeString(file.Content); err != nil {
			return err
		}
	}
	c.Attachment(file.Name)
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	if kind, _, _ := strings.Cut(file.Type, ";"); kind == "text/calendar" {
		c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	}
	return c.Send(content)
}

// slugs finds tenants' addresses by number; an address never changes.
type slugs struct {
	registry *tenants.Registry
	known    sync.Map
}

// of leaves a text that is no tenant's number as it is.
func (s *slugs) of(ctx context.Context, tenant string) (string, error) {
	if slug, ok := s.known.Load(tenant); ok {
		return slug.(string), nil
	}
	n, _ := strconv.ParseInt(tenant, 10, 64) // else 0, which is no tenant's
	if !postgres.Tenant(n).Valid() {
		return tenant, nil
	}
	t, err := s.registry.ByID(ctx, postgres.Tenant(n))
	if fault.Is(err, fault.NotFound) {
		return tenant, nil
	}
	if err != nil {
		return "", err
	}
	s.known.Store(tenant, string(t.Slug))
	return string(t.Slug), nil
}
