package web

import (
	"testing"

	"github.com/gofiber/fiber/v2"
)

func TestAClientCannotChooseItsAddress(t *testing.T) {
	t.Parallel()
	say := func(c *fiber.Ctx) error { return c.SendString(Client(c)) }
	anybody, behind := speaking(plain(t), say), speaking(trusting(t), say)
	for name, c := range map[string]struct {
		app  *fiber.App
		sent []string // one X-Forwarded-For header each
		want string
	}{
		"no proxy":                         {anybody, nil, peer},
		"no proxy, forged":                 {anybody, []string{"203.0.113.9"}, peer},
		"proxy":                            {behind, []string{"203.0.113.9"}, "203.0.113.9"},
		"proxy, nothing sent":              {behind, nil, peer},
		"proxy, empty":                     {behind, []string{""}, peer},
		"forged on the left":               {behind, []string{"198.51.100.1, 203.0.113.9"}, "203.0.113.9"},
		"forged in a header of its own":    {behind, []string{"198.51.100.1", "203.0.113.9"}, "203.0.113.9"},
		"two proxies":                      {behind, []string{"198.51.100.1, 203.0.113.9, 10.1.2.3"}, "203.0.113.9"},
		"two proxies, one written as IPv6": {behind, []string{"203.0.113.9, ::ffff:10.1.2.3"}, "203.0.113.9"},
		"only proxies":                     {behind, []string{"10.1.2.4, 10.1.2.3"}, "10.1.2.4"},
		"rubbish on the left":              {behind, []string{"<script>, 203.0.113.9"}, "203.0.113.9"},
		"rubbish behind a proxy":           {behind, []string{"<script>, 10.1.2.3"}, "10.1.2.3"},
		"rubbish on the right":             {behind, []string{"203.0.113.9, unknown"}, peer},
		"IPv6":                             {behind, []string{"2001:DB8::1"}, "2001:db8::1"},
		"IPv4 written as IPv6":             {behind, []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
	} {
		headers := []string{"Host", "cabinet.smartagenda.fr"}
		for _, v := range c.sent {
			headers = append(headers, "X-Forwarded-For", v)
		}
		if _, got := ask(t, c.app, "GET", "/", headers...); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
