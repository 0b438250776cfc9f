package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"smartagenda/admin/staff"
	"smartagenda/configs"
	"smartagenda/configs/platform/web"
	"smartagenda/migrations/migrationstest"
	"smartagenda/tenants/tenantstest"
)

func TestTheConsoleIsServedWhereItsLoginIsGiven(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		asked []string
		url   string
		want  []string
	}{
		{nil, "", []string{"tenants", "www"}},
		{nil, "postgres://x", []string{"tenants", "www", "console"}},
		{[]string{"console"}, "postgres://x", []string{"console"}},
		{[]string{"www"}, "postgres://x", []string{"www"}},
	} {
		if got := (serveCommand{Audience: c.asked}).audiences(configs.Config{ConsoleURL: c.url}); !slices.Equal(got, c.want) {
			t.Errorf("asked %v with %q: %v, want %v", c.asked, c.url, got, c.want)
		}
	}
}

// On a machine of its own the console has neither the tenants' login nor a key.
func TestTheConsoleAloneNeedsItsOwnLoginOnly(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	w.Tenant(t, "maison")
	cfg := configs.Config{BaseDomain: domain, PublicURL: "http://" + domain, ConsoleURL: migrationstest.Logins(w.Address).Console, RedisURL: os.Getenv("SMARTAGENDA_TEST_REDIS_URL")}
	p, err := openFor(t.Context(), cfg, []string{"console"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	settings := p.web()
	d, orphan := p.doors(settings, []string{"console"}, nil)
	front := web.Front(settings, d.choose, orphan)
	for host, want := range map[string]int{"admin." + domain: 200, domain: 404, "maison." + domain: 404, "admin.elsewhere.fr": 404, "x.admin." + domain: 404} {
		req := httptest.NewRequest(http.MethodGet, "/connexion", nil)
		req.Host = host
		res, err := front.Test(req, -1)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, res.StatusCode, want)
		}
	}
	if _, err := openFor(t.Context(), configs.Config{BaseDomain: domain, RedisURL: cfg.RedisURL}, []string{"console"}); err == nil {
		t.Error("without its login it starts")
	}
}

// The first administrator comes from the command line: nobody is there yet to
// invite them.
func TestAnOperatorLetsTheFirstAdministratorIn(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	in := install(t, w.Address)
	code, words := in.run("staff", "create", "nour@smartagenda.test", "--name=Nour Belkacem")
	_, link, found := strings.Cut(strings.TrimSpace(words), "http://admin."+domain)
	if code != 0 || !found {
		t.Fatalf("%d %s", code, words)
	}
	_, token, _ := strings.Cut(link, "/mot-de-passe/")
	if p, err := staff.ByReset(t.Context(), w.Console(t), token); err != nil || p.Email != "nour@smartagenda.test" || p.Role != staff.Admin {
		t.Errorf("the printed link: %+v, %v", p, err)
	}
	in.says(1, "staff create nour@smartagenda.test --name=Nour", "email: This address has a login already.")
	in.says(1, "staff create nobody --name=Nour", "email: ")
	in.says(0, "staff list", "nour@smartagenda.test  admin  invited  Nour Belkacem")
	in.says(1, "staff disable nour@smartagenda.test", "This is the last administrator.")
	in.says(0, "staff create paul@smartagenda.test --name=Paul --role=admin")
	in.says(0, "staff disable nour@smartagenda.test")
	in.says(0, "staff list", "disabled")
	in.says(1, "staff disable nour@smartagenda.test", "This login does not exist.")
}
