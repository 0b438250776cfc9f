package site_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/queue/redistest"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/tenantstest"
)

// shown are the pages of a house that anyone may open.
func shown(s *stage) []string {
	link := s.book(tenantstest.Ada, "10:20")
	return []string{"/", "/rdv/1", "/rdv/2?avec=1", "/rdv/1?du=2026-11-30&jour=2026-12-01", form(1, "11:00"), "/rdv/1/coordonnees",
		link, link + "?nouveau=1", link + "/annuler", link + "/rendez-vous.ics",
		"/confidentialite", "/confidentialite?version=1", "/mentions-legales", "/accessibilite", "/theme.css", "/robots.txt", "/nulle-part"}
}

func TestLookingChangesNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	pages := shown(s)
	before := s.print()
	for _, path := range pages {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			s.send(method, path, nil)
		}
	}
	if after := s.print(); after != before {
		t.Errorf("rows changed: %s, then %s", before, after)
	}
	s.post(pages[6]+"/annuler", nil)
	if s.print() == before {
		t.Error("the fingerprint does not see a change")
	}
}

func TestEveryPageIsGuarded(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, path := range shown(s) {
		a := s.get(path)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
		} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if got := a.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'") {
			t.Errorf("%s: Content-Security-Policy is %q", path, got)
		}
		if got := a.Header.Values("Set-Cookie"); len(got) > 0 {
			t.Errorf("%s sets cookies: %v", path, got)
		}
		for _, word := range []string{"Consultation", "Bilan", "Camille", "Roussel"} {
			if strings.Contains(a.title(), word) {
				t.Errorf("%s: the title %q tells %q", path, a.title(), word)
			}
		}
		a.each(func(n *html.Node, attrs map[string]string) {
			if attrs["style"] != "" || n.Data == "style" || n.Data == "script" && attrs["src"] == "" {
				t.Errorf("%s: <%s> is inline, which the policy refuses", path, n.Data)
			}
			if src := attrs["src"]; strings.Contains(src, "//") {
				t.Errorf("%s fetches %s", path, src)
			}
		})
	}
}

func TestTheLinkOfAnAppointmentStaysSecret(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(0, "10:20")
	for _, path := range []string{link, link + "/rendez-vous.ics", "/m/invented"} {
		if got := s.get(path).Header.Get("Referrer-Policy"); got != "no-referrer" {
			t.Errorf("%s: Referrer-Policy is %q", path, got)
		}
	}
	// Else the form would come with "Origin: null".
	if got := s.get(link + "/annuler").Header.Get("Referrer-Policy"); got != "same-origin" {
		t.Errorf("Referrer-Policy of the form is %q", got)
	}
	for _, path := range []string{link, link + "/annuler", form(1, "11:00"), "/rdv/1"} {
		if !strings.Contains(s.get(path).body, `<meta name="robots" content="noindex"`) {
			t.Errorf("%s may be indexed", path)
		}
	}
	if strings.Contains(s.get("/").body, "noindex") {
		t.Error("the home page is hidden from search engines")
	}
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, path := range []string{"/nulle-part", "/rdv", "/rdv/", "/rdv/0", "/rdv/-1", "/rdv/x", "/rdv/99", "/rdv/1e30", "/rdv/3", "/rdv/1/x",
		"/rdv/99999999999999999999999999", "/rdv/99/coordonnees", "/rdv/3/coordonnees?debut=2026-11-24T10:00:00Z",
		"/m/", "/m/x", "/m/AAAAAAAAAAAAAAAAAAAAAA", "/m/%00", "/confidentialite?version=2", "/confidentialite?version=-1",
		"/confidentialite?version=1e30", "/confidentialite?version=x"} {
		s.get(path).wants(404, "Cette adresse ne mène nulle part", "Maison cabinet-a")
	}
	s.post("/rdv/99/coordonnees?debut=2026-11-24T10:00:00Z", s.get(form(1, "11:00")).filled()).wants(404)
	s.post("/", nil).wants(404)
	s.get("/nulle-part", "Accept-Language", "en").wants(404, "leads nowhere")
}

func TestAHouseDoesNotAnswerForAnother(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(0, "10:20")
	before := s.print()
	for _, path := range []string{link, link + "/annuler", link + "/rendez-vous.ics"} {
		s.get(s.url(s.b, path)).wants(404)
	}
	s.post(s.url(s.b, link+"/annuler"), nil).wants(404)
	s.change(func(ctx context.Context, sc postgres.Scope) error {
		_, err := catalog.AddService(ctx, sc, catalog.Service{Name: "Ici seulement", Mode: catalog.Online, Reason: catalog.NoReason, Minutes: 20,
			GridMinutes: 20, HorizonDays: 30, Capacity: 1, Hue: 1})
		return err
	})
	s.get("/rdv/4").wants(200, "Ici seulement")
	s.get(s.url(s.b, "/rdv/4")).wants(404)
	if before == s.print() {
		t.Error("the new service was not seen")
	}
	if n := s.count(s.b, "SELECT count(*) FROM participations"); n != 0 {
		t.Errorf("the other house has %d appointments", n)
	}
}

func TestTooFast(t *testing.T) {
	t.Parallel()
	s := openWith(t, web.Limits{Limiter: limit.New(redistest.Open(t), "test:", clock.Fixed(tenantstest.Now)),
		Reads: limit.Rule{Count: 100, Per: time.Minute}, Writes: limit.Rule{Count: 2, Per: time.Minute}})
	for range 2 {
		s.post("/rdv/1/autre-creneau", nil).wants(200)
	}
	a := s.post("/rdv/1/autre-creneau", nil).wants(429, "Trop de demandes")
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	s.get("/").wants(200)
	s.post(s.url(s.b, "/rdv/1/autre-creneau"), nil).wants(200)
}

func TestAnotherSiteCannotAct(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(0, "10:20")
	typed := s.get(form(1, "11:00")).filled()
	for _, path := range []string{form(1, "11:00"), "/rdv/1/autre-creneau", link + "/annuler"} {
		s.post(path, typed, "Sec-Fetch-Site", "cross-site").wants(403)
		s.post(path, typed, "Origin", s.url(s.b, "")).wants(403)
	}
	s.post(link+"/annuler", nil, "Origin", s.url(s.a, "")).wants(303)
}
