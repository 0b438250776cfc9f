package web

import (
	"testing"

	"github.com/gofiber/fiber/v2"
)

func TestOnlyOurOwnPagesMakeABrowserChangeSomething(t *testing.T) {
	t.Parallel()
	guarded := func(cfg Config) *fiber.App {
		app := Audience(cfg, "test", Problems)
		app.Use(SameOrigin)
		app.All("/", func(c *fiber.Ctx) error { return c.SendString("done") })
		return Front(cfg, func(*fiber.Ctx, Host) (*fiber.App, error) { return app, nil }, Problems)
	}
	app, behind := guarded(plain(t)), guarded(trusting(t))
	const fetch, origin = "Sec-Fetch-Site", "Origin"
	for name, c := range map[string]struct {
		app     *fiber.App
		method  string
		headers []string
		want    int
	}{
		"no browser":                     {app, "POST", nil, 200},
		"our page":                       {app, "POST", []string{fetch, "same-origin", origin, "https://cabinet.smartagenda.fr"}, 200},
		"typed by hand":                  {app, "POST", []string{fetch, "none"}, 200},
		"another site":                   {app, "POST", []string{fetch, "cross-site", origin, "https://evil.fr"}, 403},
		"another tenant":                 {app, "POST", []string{fetch, "same-site", origin, "https://other.smartagenda.fr"}, 403},
		"no such word":                   {app, "POST", []string{fetch, "SAME-ORIGIN"}, 403},
		"another site, as if ours":       {app, "POST", []string{fetch, "cross-site", origin, "https://cabinet.smartagenda.fr"}, 403},
		"old browser":                    {app, "POST", []string{origin, "http://cabinet.smartagenda.fr"}, 200},
		"old browser, upper case":        {app, "POST", []string{origin, "http://CABINET.smartagenda.fr"}, 200},
		"old browser, another site":      {app, "POST", []string{origin, "https://evil.fr"}, 403},
		"old browser, another tenant":    {app, "POST", []string{origin, "https://other.smartagenda.fr"}, 403},
		"old browser, another port":      {app, "POST", []string{origin, "http://cabinet.smartagenda.fr:81"}, 403},
		"old browser, longer name":       {app, "POST", []string{origin, "https://cabinet.smartagenda.fr.evil.fr"}, 403},
		"old browser, opaque":            {app, "POST", []string{origin, "null"}, 403},
		"old browser, rubbish":           {app, "POST", []string{origin, "http://[:"}, 403},
		"delete of another site":         {app, "DELETE", []string{fetch, "cross-site"}, 403},
		"reading from another site":      {app, "GET", []string{fetch, "cross-site", origin, "https://evil.fr"}, 200},
		"head from another site":         {app, "HEAD", []string{fetch, "cross-site"}, 200},
		"preflight of another site":      {app, "OPTIONS", []string{fetch, "cross-site", origin, "https://evil.fr"}, 200},
		"behind a proxy, old browser":    {behind, "POST", []string{"X-Forwarded-Host", "rdv.cabinet.fr", origin, "https://rdv.cabinet.fr"}, 200},
		"behind a proxy, inner name":     {behind, "POST", []string{"X-Forwarded-Host", "rdv.cabinet.fr", origin, "https://cabinet.smartagenda.fr"}, 403},
		"no proxy, forged forwarded":     {app, "POST", []string{"X-Forwarded-Host", "evil.fr", origin, "https://evil.fr"}, 403},
		"our page of a host with a port": {app, "POST", []string{"Host", "cabinet.smartagenda.fr:8080", origin, "http://cabinet.smartagenda.fr:8080"}, 200},
	} {
		res, _ := ask(t, c.app, c.method, "/", append([]string{"Host", "cabinet.smartagenda.fr"}, c.headers...)...)
		if res.status != c.want {
			t.Errorf("%s: %d, want %d", name, res.status, c.want)
		}
	}
}
