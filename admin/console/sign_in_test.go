package console_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/web"
)

func TestSigningInOpensTheConsole(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.browse()
	b.get("/").leads("/connexion")
	b.get("/connexion").is(200, "Ouvrir la console", "Réservée à l’équipe de SmartAgenda.", "Mot de passe oublié")
	b.post("/connexion", login(" Admin@SmartAgenda.test ", password)).leads("/")
	b.get("/").is(200, "Lundi 23 novembre 2026", "À traiter", "Abonnés à suivre")
	b.get("/connexion").leads("/") // nothing to ask
	if n := s.count("SELECT count(*) FROM control.audit WHERE act = 'staff.sign_in' AND staff_id = $1", s.staff[staff.Admin]); n != 1 {
		t.Errorf("%d sign-ins in the journal, want 1", n)
	}
	b.post("/deconnexion", nil).leads("/connexion")
	b.get("/").leads("/connexion")
	if n := s.count("SELECT count(*) FROM control.sessions"); n != 0 {
		t.Errorf("%d sessions are left", n)
	}
}

func TestAPasswordThatEverybodyKnowsOpensNothing(t *testing.T) {
	t.Parallel()
	s := openWith(t, web.Config{}, password)
	s.browse().post("/connexion", login("admin@smartagenda.test", password)).is(422, "Encore 4 essais")
}

func TestTheSessionCookieIsKeptClose(t *testing.T) {
	t.Parallel()
	for secure, name := range map[bool]string{false: "console", true: "__Host-console"} {
		s := openWith(t, web.Config{Secure: secure}, "")
		got := s.browse().post("/connexion", login("admin@smartagenda.test", password))
		var kept *http.Cookie
		for _, c := range (&http.Response{Header: got.header}).Cookies() {
			if c.Name == name {
				kept = c
			}
		}
		if kept == nil {
			t.Fatalf("no cookie %q: %v", name, got.header["Set-Cookie"])
		}
		if !kept.HttpOnly || kept.SameSite != http.SameSiteLaxMode || kept.Path != "/" || kept.Domain != "" || kept.Secure != secure || kept.MaxAge != 0 || !kept.Expires.IsZero() {
			t.Errorf("the cookie is %s", kept.Raw)
		}
		if n := s.count("SELECT count(*) FROM control.sessions WHERE position($1 in encode(token_hash, 'escape')) > 0", kept.Value); n != 0 {
			t.Error("the token itself is stored")
		}
	}
}

func TestOneGoesWhereOneWanted(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.browse()
	b.get("/abonnes?q=sève").leads("/connexion") // not ASCII: not gone back to
	b.get("/abonnes?q=cabinet").leads("/connexion?next=%2Fabonnes%3Fq%3Dcabinet")
	form := login("admin@smartagenda.test", password)
	form.Set("next", "/abonnes?q=cabinet")
	b.post("/connexion", form).leads("/abonnes?q=cabinet")
	for _, bad := range []string{"https://evil.test/", "//evil.test/", "/../evil", "/\\evil", "autre", "/deconnexion", "/mot-de-passe/x", ""} {
		form.Set("next", bad)
		s.browse().post("/connexion", form).leads("/")
	}
}

func TestFiveWrongPasswordsMakeAPause(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.browse()
	for left := 4; left >= 1; left-- {
		b.post("/connexion", login("admin@smartagenda.test", "faux mot de passe")).is(422, "Mail ou mot de passe inexact.").lacks("faux mot de passe")
	}
	got := b.post("/connexion", login("admin@smartagenda.test", "faux")).is(429, "Trop d’essais. Réessayez dans 15 min")
	if got.header.Get("Retry-After") != "900" {
		t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
	}
	b.post("/connexion", login("admin@smartagenda.test", password)).is(429)
	s.in(staff.Billing) // another login is free
	s.Clock.Advance(16 * time.Minute)
	b.post("/connexion", login("admin@smartagenda.test", password)).leads("/")
}

func TestAnUnknownLoginIsAnsweredLikeAKnownOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	said := func(email string) (all []string) {
		b := s.browse()
		for range 6 {
			got := b.post("/connexion", login(email, "faux"))
			all = append(all, fmt.Sprint(got.status, got.header.Get("Retry-After"), strings.ReplaceAll(got.body, email, "@")))
		}
		return all
	}
	known, unknown := said("admin@smartagenda.test"), said("nobody@smartagenda.test")
	for i := range known {
		if known[i] != unknown[i] {
			t.Errorf("try %d differs", i+1)
		}
	}
	// An owner of a house is nobody here.
	s.browse().post("/connexion", login("owner@cabinet-a.test", password)).is(422, "Mail ou mot de passe inexact.")
}

func TestAnotherSiteCannotAct(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(staff.Admin)
	form := url.Values{"role": {"admin"}}
	path := fmt.Sprintf("/equipe/%d/role", s.staff[staff.Support])
	for name, headers := range map[string][]string{
		"another site":      {"Sec-Fetch-Site", "cross-site"},
		"a house of ours":   {"Sec-Fetch-Site", "same-site"},
		"an older browser":  {"Sec-Fetch-Site", "", "Origin", "https://cabinet-a." + base},
		"without an origin": {"Sec-Fetch-Site", "", "Origin", "null"},
	} {
		if got := b.post(path, form, headers...); got.status != 403 {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	b.get(path).is(404) // GET only shows
	if n := s.count("SELECT count(*) FROM control.staff WHERE role = 'admin'"); n != 1 {
		t.Errorf("%d administrators: another site made one", n)
	}
}

func TestASessionEndsByItselfAndWithTheLogin(t *testing.T) {
	t.Parallel()
	s := open(t)
	b, c := s.in(staff.Support), s.in(staff.Billing)
	s.in(staff.Admin).post(fmt.Sprintf("/equipe/%d/desactiver", s.staff[staff.Support]), nil).leads(fmt.Sprintf("/equipe/%d", s.staff[staff.Support]))
	b.get("/").leads("/connexion")
	s.browse().post("/connexion", login("support@smartagenda.test", password)).is(422)
	c.get("/").is(200)
	s.Clock.Advance(session.Idle + time.Second)
	c.get("/").leads("/connexion")
}

func TestALinkChoosesAPasswordOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	id, err := staff.Add(t.Context(), s.Control, staff.Person{Email: "zoe@smartagenda.test", Name: "Zoé", Role: staff.Privacy})
	if err != nil {
		t.Fatal(err)
	}
	path := "/mot-de-passe/" + s.link(id)
	b := s.browse()
	if got := b.get(path).is(200, "Choisissez le mot de passe de votre accès."); got.header.Get("Referrer-Policy") != "no-referrer" {
		t.Error("the next page would learn the link")
	}
	b.post(path, url.Values{"password": {"court"}}).is(422)
	b.post(path, url.Values{"password": {"une phrase de passe longue"}}).leads("/")
	b.get("/compte").is(200, "Zoé", "Données personnelles")
	s.browse().get(path).is(404, "Ce lien ne fonctionne plus")
	s.browse().post("/connexion", login("zoe@smartagenda.test", "une phrase de passe longue")).leads("/")
}

func TestAForgottenPasswordIsAnsweredTheSameForAll(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.browse()
	b.get("/mot-de-passe").is(200, "Mot de passe oublié")
	for _, email := range []string{"admin@smartagenda.test", "nobody@smartagenda.test"} {
		b.post("/mot-de-passe", url.Values{"email": {email}}).leads("/mot-de-passe?envoye=1")
	}
	b.get("/mot-de-passe?envoye=1").is(200, "Si cette adresse a un accès")
	b.post("/mot-de-passe", url.Values{"email": {"x"}}).is(422)
	if n := s.count("SELECT count(*) FROM platform.jobs WHERE kind = 'staff.link'"); n != 1 {
		t.Errorf("%d links are to be sent, want 1", n)
	}
	for range 5 {
		b.post("/mot-de-passe", url.Values{"email": {"nobody@smartagenda.test"}})
	}
	b.post("/mot-de-passe", url.Values{"email": {"nobody@smartagenda.test"}}).is(429)
}
