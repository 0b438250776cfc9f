package web

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Cookie is one thing that our pages may ask a browser to keep. All are needed
// for what the person asked for, so none asks for consent (CNIL, deliberation
// 2020-091, article 5: strictly necessary trackers).
type Cookie struct {
	Name    string        // without the prefix that TLS brings
	Purpose string        // message key, for the page that lists cookies
	Setter  string        // message key: which of our pages sets it
	Path    string        // where the browser sends it
	Lasts   time.Duration // 0: until the browser is closed
	Script  bool          // a script of ours writes it too, so it is not HttpOnly
	Secret  bool          // it opens something: __Host- where TLS is on
}

// The cookies of every page there is.
var (
	AgendaSession  = Cookie{Name: "agenda", Purpose: "web.cookie_session", Setter: "web.cookie_agenda", Path: "/", Secret: true}
	AgendaSaid     = Cookie{Name: "agenda-said", Purpose: "web.cookie_said", Setter: "web.cookie_agenda", Path: "/agenda", Lasts: time.Minute}
	ConsoleSession = Cookie{Name: "console", Purpose: "web.cookie_session", Setter: "web.cookie_console", Path: "/", Secret: true}
	ConsoleSaid    = Cookie{Name: "console-said", Purpose: "web.cookie_said", Setter: "web.cookie_console", Path: "/", Lasts: time.Minute}
	ThemeChoice    = Cookie{Name: "theme", Purpose: "web.cookie_theme", Setter: "web.cookie_both", Path: "/", Lasts: 365 * 24 * time.Hour, Script: true}
)

// Cookies lists them all. What is not here cannot be set: Keep panics, and the
// linter forbids every other way.
var Cookies = []Cookie{AgendaSession, AgendaSaid, ConsoleSession, ConsoleSaid, ThemeChoice}

// Sent is the name under which it travels. Where TLS is on, the prefix makes
// browsers refuse a secret that another host or a plain connection has set.
func (k Cookie) Sent(secure bool) string {
	if k.Secret && secure {
		return "__Host-" + k.Name
	}
	return k.Name
}

// Read gives what the browser kept, "" for nothing.
func (k Cookie) Read(c *fiber.Ctx, secure bool) string { return c.Cookies(k.Sent(secure)) }

// Keep asks the browser to keep a value; secure tells that TLS is on.
func (k Cookie) Keep(c *fiber.Ctx, secure bool, value string) {
	k.set(c, fiber.Cookie{Value: value, MaxAge: int(k.Lasts.Seconds()), SessionOnly: k.Lasts == 0}, secure)
}

// Forget asks the browser to keep it no longer.
func (k Cookie) Forget(c *fiber.Ctx, secure bool) {
	k.set(c, fiber.Cookie{MaxAge: -1}, secure)
}

func (k Cookie) set(c *fiber.Ctx, f fiber.Cookie, secure bool) {
	if !slices.Contains(Cookies, k) {
		panic("web: a cookie that is not in the list: " + k.Name)
	}
	f.Name, f.Path, f.Secure, f.HTTPOnly, f.SameSite = k.Sent(secure), k.Path, secure, !k.Script, fiber.CookieSameSiteLaxMode
	c.Cookie(&f)
}
