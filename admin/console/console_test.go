package console_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/net/html"

	"smartagenda/admin/console"
	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/queue/redistest"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/signin"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/instructions"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
	"smartagenda/tenants/tenantstest"
)

const (
	base     = "smartagenda.test"
	password = "trois lapins bleus en gare"
)

// hash is password's, made once: each costs tens of milliseconds.
var hash = sync.OnceValue(func() string {
	h, err := secure.Hash(context.Background(), password)
	if err != nil {
		panic(err)
	}
	return h
})

// scene is two houses, four people of ours (nour is admin, then one of each
// role) and the console as it is served, with its own database login.
type scene struct {
	*tenantstest.World
	t       testing.TB
	a, b    tenants.Tenant
	console *postgres.Control
	staff   map[staff.Role]int64
	front   *fiber.App
}

func open(t testing.TB) *scene { return openWith(t, web.Config{}, "") }

func openWith(t testing.TB, cfg web.Config, refused string) *scene {
	t.Helper()
	s := &scene{t: t, staff: map[staff.Role]int64{}}
	s.World, s.a, s.b = tenantstest.Pair(t)
	s.console = s.Console(t)
	for _, r := range staff.Roles() {
		s.staff[r] = s.hire(string(r)+"@smartagenda.test", "Nour "+string(r), r)
	}
	cfg.Base, cfg.Texts = base, texts(t)
	app := console.Console{Control: s.console, Sites: tenants.Sites{Scheme: "https", Domain: base}, Refused: refused,
		Limits: web.Limits{Limiter: limit.New(redistest.Open(t), "console-test:", s.Clock)}}.App(cfg)
	s.front = web.Front(cfg, func(*fiber.Ctx, web.Host) (*fiber.App, error) { return app, nil }, web.Problems)
	return s
}

func (s *scene) hire(email, name string, role staff.Role) int64 {
	s.t.Helper()
	id, err := staff.Add(context.Background(), s.Control, staff.Person{Email: email, Name: name, Role: role})
	if err == nil {
		err = staff.SetPassword(context.Background(), s.Control, id, hash())
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// texts are the sentences of every room that the console speaks for; a missing
// one fails the test.
func texts(t testing.TB) *i18n.Bundle {
	t.Helper()
	b, err := i18n.New(phone.Messages, secure.Messages, session.Messages, signin.Messages, web.Messages, tenants.Messages,
		console.Messages, professionals.Messages, subscriptions.Messages, provisioning.Messages, staff.Messages, catalog.Messages, patients.Messages, instructions.Messages, booking.Messages)
	if err != nil {
		t.Fatal(err)
	}
	b.OnMissing = func(lang, key, why string) { t.Errorf("%s: %s: %s", lang, key, why) }
	return b
}

// link writes a person's link, as the worker does.
func (s *scene) link(id int64) string {
	s.t.Helper()
	key, err := s.Keys.Own(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	_, token, err := staff.Link(context.Background(), s.Control, key, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return token
}

// sql runs a statement as the superuser.
func (s *scene) sql(statement string, args ...any) {
	s.t.Helper()
	if _, err := postgrestest.Super(s.t, s.Address).Exec(statement, args...); err != nil {
		s.t.Fatal(err)
	}
}

// count is the number that a query gives, asked in the same way.
func (s *scene) count(query string, args ...any) (n int) {
	s.t.Helper()
	if err := postgrestest.Super(s.t, s.Address).QueryRow(query, args...).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// browser keeps cookies, as one does.
type browser struct {
	*scene
	cookies map[string]string
}

func (s *scene) browse() *browser { return &browser{s, map[string]string{}} }

// in is a browser in which somebody of that role has signed in.
func (s *scene) in(role staff.Role) *browser {
	s.t.Helper()
	b := s.browse()
	b.post("/connexion", login(string(role)+"@smartagenda.test", password)).leads("/")
	return b
}

func login(email, password string) url.Values {
	return url.Values{"email": {email}, "password": {password}}
}

func (b *browser) get(path string, headers ...string) reply {
	b.t.Helper()
	return b.send(http.MethodGet, path, nil, headers...)
}

func (b *browser) post(path string, form url.Values, headers ...string) reply {
	b.t.Helper()
	return b.send(http.MethodPost, path, form, headers...)
}

// send asks as a browser in French would; headers are name, value pairs.
func (b *browser) send(method, path string, form url.Values, headers ...string) reply {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Host = "admin." + base
	r.Header.Set("Accept-Language", "fr")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := b.front.Test(r, -1)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range answer.Cookies() {
		if c.MaxAge < 0 || c.Value == "" {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	if answer.StatusCode >= 500 {
		b.t.Errorf("%s %s: %d %s", method, path, answer.StatusCode, body)
	}
	return reply{b.t, answer.StatusCode, answer.Header, string(body)}
}

// reply is what came back.
type reply struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

// text is what a person reads, without tags, single-spaced.
func (r reply) text() string {
	var words []string
	for z := html.NewTokenizer(strings.NewReader(r.body)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.ReplaceAll(strings.Join(strings.Fields(strings.Join(words, " ")), " "), "\u00a0", " ")
		case html.TextToken:
			words = append(words, string(z.Text()))
		}
	}
}

// is checks the status, and that the page says each sentence.
func (r reply) is(status int, says ...string) reply {
	r.t.Helper()
	if r.status != status {
		r.t.Errorf("status %d, want %d: %.300s", r.status, status, r.text())
	}
	for _, s := range says {
		if !strings.Contains(r.text(), s) {
			r.t.Errorf("it does not say %q: %.2000s", s, r.text())
		}
	}
	return r
}

// has checks that the text stands somewhere in the answer.
func (r reply) has(text string) {
	r.t.Helper()
	if !strings.Contains(r.body, text) {
		r.t.Errorf("it does not hold %q", text)
	}
}

// lacks checks that none of the texts stands anywhere in the answer.
func (r reply) lacks(texts ...string) {
	r.t.Helper()
	for _, s := range texts {
		if strings.Contains(r.body, s) {
			r.t.Errorf("it holds %q", s)
		}
	}
}

// leads checks a redirection.
func (r reply) leads(to string) {
	r.t.Helper()
	if got := r.header.Get("Location"); r.status != http.StatusSeeOther || got != to {
		r.t.Errorf("status %d to %q, want 303 to %q: %.300s", r.status, got, to, r.text())
	}
}
