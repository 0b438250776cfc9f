package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs"
	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/ops"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/queue"
	"smartagenda/configs/platform/queue/redistest"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
	"smartagenda/tenants/tenantstest"
)

const (
	domain   = "smartagenda.localhost"
	password = "une phrase de passe longue"
)

// scene is the program as it is assembled, on a world of the test's own.
type scene struct {
	*tenantstest.World
	t        *testing.T
	program  *program
	a, b     tenants.Tenant
	box      *catcher.Box
	doors    doors
	front    *fiber.App
	listener net.Listener // its address stands in links; listen answers there
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t}
	s.World, s.a, s.b = tenantstest.Pair(t)
	texts, err := i18n.New(texts()...)
	if err != nil {
		t.Fatal(err)
	}
	texts.OnMissing = func(lang, key, why string) { t.Errorf("%s %s: %s", lang, key, why) }
	if s.box, err = catcher.Open(catcher.Config{Clock: s.Clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.box.Close() })
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.listener.Close() })
	_, port, _ := net.SplitHostPort(s.listener.Addr().String())
	r := redistest.Open(t)
	p := &program{control: s.Control, console: s.Console(t), redis: r, queue: queue.New(r), keys: s.Keys, registry: s.Registry, texts: texts, metrics: ops.NewRegistry(),
		sites: tenants.Sites{Scheme: "http", Domain: domain, Port: port}, cfg: configs.Config{Demo: true, BaseDomain: domain,
			Mail: configs.Mail{Addr: s.box.SMTPAddr(), TLS: "none"}, SMS: configs.SMS{Provider: "ovh", URL: s.box.SMSURL(), Sender: "SmartAgenda"}}}
	s.program = p
	cfg := p.web()
	var orphan fiber.ErrorHandler
	s.doors, orphan = p.doors(cfg, []string{"tenants", "www", "console"}, s.box)
	s.front = web.Front(cfg, s.doors.choose, orphan)
	for _, one := range []tenants.Tenant{s.a, s.b} {
		s.employ(one)
	}
	return s
}

// employ gives the house a login for each role, all with the same password.
func (s *scene) employ(one tenants.Tenant) {
	s.t.Helper()
	hash, err := secure.Hash(context.Background(), password)
	if err != nil {
		s.t.Fatal(err)
	}
	s.In(s.t, one, func(ctx context.Context, sc postgres.Scope) error {
		for _, role := range members.Roles() {
			id := int64(1) // the owner is there already
			if role != members.Owner {
				var err error
				if id, err = members.Add(ctx, sc, members.Member{Email: string(role) + "@" + string(one.Slug) + ".test", Name: string(role), Role: role}); err != nil {
					return err
				}
			}
			if err := members.SetPassword(ctx, sc, id, hash); err != nil {
				return err
			}
		}
		return nil
	})
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends one request to a tenant's host, "" for the Site, "admin" for the
// console.
func (s *scene) ask(slug tenants.Slug, method, path, cookie string, form url.Values) reply {
	s.t.Helper()
	host := domain
	if slug != "" {
		host = string(slug) + "." + domain
	}
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req := httptest.NewRequest(method, path, body) // an absolute address would be refused
	req.Host = host
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if raw, ok := strings.CutPrefix(form.Get("json"), "="); ok {
		req.Body = io.NopCloser(strings.NewReader(raw))
		req.ContentLength = int64(len(raw))
		req.Header.Set("Content-Type", "application/json")
	}
	if cookie != "" {
		req.Header.Set("Cookie", cookieOf(slug)+"="+cookie)
	}
	res, err := s.front.Test(req, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	s.listed(slug, path, res.Cookies())
	return reply{res.StatusCode, res.Header, string(content)}
}

// listed checks that nobody is asked to keep what the list of cookies does not
// hold, and that who books is asked to keep nothing.
func (s *scene) listed(slug tenants.Slug, path string, cookies []*http.Cookie) {
	s.t.Helper()
	for _, c := range cookies {
		if !slices.ContainsFunc(web.Cookies, func(k web.Cookie) bool { return k.Sent(false) == c.Name }) {
			s.t.Errorf("%s sets %s, which is not in the list", path, c.Name)
		}
		if slug != consoleHost && path != "/agenda" && !strings.HasPrefix(path, "/agenda/") {
			s.t.Errorf("%s, a public page, sets %s", path, c.Name)
		}
	}
}

// cookieOf is the name of the session's cookie on a host.
func cookieOf(slug tenants.Slug) string {
	if slug == consoleHost {
		return "console"
	}
	return "agenda"
}

// signIn gives the session cookie of a role.
func (s *scene) signIn(one tenants.Tenant, role members.Role) string {
	s.t.Helper()
	r := s.ask(one.Slug, "POST", "/agenda/connexion", "", url.Values{"email": {string(role) + "@" + string(one.Slug) + ".test"}, "password": {password}})
	for _, c := range (&http.Response{Header: r.header}).Cookies() {
		if c.Name == "agenda" {
			return c.Value
		}
	}
	s.t.Fatalf("%s cannot sign in: %d %.300s", role, r.status, r.body)
	return ""
}
