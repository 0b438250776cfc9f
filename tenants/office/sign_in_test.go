package office_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/office"
)

func login(email, password string) url.Values {
	return url.Values{"email": {email}, "password": {password}}
}

func TestSigningInOpensTheAgenda(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.at(s.a)
	b.get("/agenda/connexion").is(200, "Ouvrir l’agenda", "Réservé à l’équipe.", "Mot de passe oublié")
	b.get("/agenda").leads("/agenda/connexion")
	b.post("/agenda/connexion", login(" Owner@Cabinet-A.test ", password)).leads("/agenda")
	b.get("/agenda").is(200, "Lundi 23 novembre")
	b.get("/agenda/connexion").leads("/agenda") // nothing to ask
	if n := s.count(s.a, "SELECT count(*) FROM audit WHERE act = 'member.sign_in' AND actor_id = 1"); n != 1 {
		t.Errorf("%d sign-ins in the audit, want 1", n)
	}
}

func TestAPasswordThatEverybodyKnowsOpensNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.serve(web.Config{Base: base, Texts: texts(t)}, office.Office{Control: s.Control, Refused: password, Limits: web.Limits{Limiter: limiter(t, s)}})
	s.at(s.a).post("/agenda/connexion", login("owner@cabinet-a.test", password)).is(422, "Encore 4 essais")
}

func TestTheSessionCookieIsKeptClose(t *testing.T) {
	t.Parallel()
	for secure, name := range map[bool]string{false: "agenda", true: "__Host-agenda"} {
		s := openWith(t, web.Config{Secure: secure}, web.Limits{})
		got := s.at(s.a).post("/agenda/connexion", login("owner@cabinet-a.test", password))
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
		if n := s.count(s.a, "SELECT count(*) FROM sessions WHERE position('"+kept.Value+"' in encode(token_hash, 'escape')) > 0"); n != 0 {
			t.Error("the token itself is stored")
		}
	}
}

func TestOneGoesWhereOneWanted(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.at(s.a)
	b.get("/agenda/semaine?date=2026-12-01").leads("/agenda/connexion?next=%2Fagenda%2Fsemaine%3Fdate%3D2026-12-01")
	b.get("/agenda/connexion?next=%2Fagenda%2Fsemaine%3Fdate%3D2026-12-01").is(200)
	form := login("owner@cabinet-a.test", password)
	form.Set("next", "/agenda/semaine?date=2026-12-01")
	b.post("/agenda/connexion", form).leads("/agenda/semaine?date=2026-12-01")
	for _, bad := range []string{"https://evil.test/", "//evil.test/agenda", "/agenda/../../evil", "/agenda\\evil", "/autre", "/agenda/deconnexion", ""} {
		form.Set("next", bad)
		s.at(s.a).post("/agenda/connexion", form).leads("/agenda")
	}
}

func TestFiveWrongPasswordsMakeAPause(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.at(s.a)
	for left := 4; left >= 1; left-- {
		got := b.post("/agenda/connexion", login("owner@cabinet-a.test", "faux mot de passe"))
		tries := "essais"
		if left == 1 {
			tries = "essai"
		}
		got.is(422, fmt.Sprintf("Mail ou mot de passe inexact. Encore %d %s avant une pause de 15 minutes.", left, tries)).lacks("faux mot de passe")
		if got.value("email") != "owner@cabinet-a.test" {
			t.Error("the address has to be typed again")
		}
	}
	got := b.post("/agenda/connexion", login("owner@cabinet-a.test", "faux mot de passe")).is(429, "Trop d’essais. Réessayez dans 15 min")
	if got.header.Get("Retry-After") != "900" {
		t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
	}
	s.Clock.Advance(5 * time.Minute)
	got = b.post("/agenda/connexion", login("owner@cabinet-a.test", password)).is(429, "Réessayez dans 10 min")
	if got.header.Get("Retry-After") != "600" || b.cookies["agenda"] != "" {
		t.Errorf("the right password during the pause: Retry-After %q, cookies %v", got.header.Get("Retry-After"), b.cookies)
	}
	s.in(s.b, "owner") // another house's login of the same name is free
	s.Clock.Advance(11 * time.Minute)
	b.post("/agenda/connexion", login("owner@cabinet-a.test", password)).leads("/agenda")
	b.post("/agenda/connexion", login("owner@cabinet-a.test", "faux")).is(422, "Encore 4 essais") // a success forgets the failures
}

func TestAnUnknownLoginIsAnsweredLikeAKnownOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	said := func(email string) (all []string) {
		b := s.at(s.a)
		for range 6 {
			got := b.post("/agenda/connexion", login(email, "faux"))
			all = append(all, fmt.Sprint(got.status, got.header.Get("Retry-After"), strings.ReplaceAll(got.body, email, "@")))
		}
		return all
	}
	known, unknown := said("owner@cabinet-a.test"), said("nobody@cabinet-a.test")
	for i := range known {
		if known[i] != unknown[i] {
			t.Errorf("try %d differs", i+1)
		}
	}
	for _, who := range []string{"owner@cabinet-b.test", ""} { // of the other house; nobody at all
		s.at(s.a).post("/agenda/connexion", login(who, password)).is(422, "Mail ou mot de passe inexact.")
	}
}

func TestALoginWithoutAPasswordCannotSignIn(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.sql(s.a, "UPDATE members SET password_hash = '' WHERE id = 1")
	s.at(s.a).post("/agenda/connexion", login("owner@cabinet-a.test", "")).is(422, "Mail ou mot de passe inexact.")
}

func TestAWeakerHashIsMadeAgain(t *testing.T) {
	t.Parallel()
	s := open(t)
	salt := []byte("0123456789abcdef")
	encode := base64.RawStdEncoding.EncodeToString
	weak := fmt.Sprintf("$argon2id$v=%d$m=8192,t=1,p=1$%s$%s", argon2.Version, encode(salt), encode(argon2.IDKey([]byte(password), salt, 1, 8192, 1, 32)))
	if !secure.NeedsRehash(weak) {
		t.Fatal("the test's hash is not weak")
	}
	s.sql(s.a, "UPDATE members SET password_hash = $1 WHERE id = 1", weak)
	s.at(s.a).post("/agenda/connexion", login("owner@cabinet-a.test", "faux")).is(422)
	if n := s.count(s.a, "SELECT count(*) FROM members WHERE id = 1 AND password_hash LIKE '%m=8192%'"); n != 1 {
		t.Error("a wrong password changed the hash")
	}
	s.in(s.a, "owner")
	s.in(s.a, "owner")
	if n := s.count(s.a, "SELECT count(*) FROM members WHERE id = 1 AND password_hash LIKE '%m=19456,t=2,p=1%'"); n != 1 {
		t.Error("the hash was not made again")
	}
}

func TestASessionOpensNothingInAnotherHouse(t *testing.T) {
	t.Parallel()
	s := open(t)
	ours, theirs := s.in(s.a, "owner"), s.at(s.b)
	theirs.cookies["agenda"] = ours.cookies["agenda"]
	theirs.get("/agenda/jour").leads("/agenda/connexion?next=%2Fagenda%2Fjour")
	// even if the row itself were copied
	s.sql(s.b, "INSERT INTO sessions SELECT * FROM "+s.a.ID.Schema()+".sessions")
	theirs.cookies["agenda"] = ours.cookies["agenda"]
	theirs.get("/agenda/jour").leads("/agenda/connexion?next=%2Fagenda%2Fjour")
	ours.get("/agenda/jour").is(200)
}

func TestADisabledMemberIsOut(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	s.sql(s.a, "UPDATE members SET disabled_at = now() WHERE id = 1")
	b.get("/agenda").leads("/agenda/connexion")
	b.get("/agenda/connexion").is(200, "Votre session est terminée. Connectez-vous à nouveau.")
	if b.cookies["agenda"] != "" {
		t.Error("the dead cookie stays")
	}
	s.at(s.a).post("/agenda/connexion", login("owner@cabinet-a.test", password)).is(422)
}

func TestSigningInAgainEndsTheSessionBefore(t *testing.T) {
	t.Parallel()
	s := open(t)
	b, old := s.in(s.a, "owner"), s.at(s.a)
	old.cookies["agenda"] = b.cookies["agenda"]
	b.post("/agenda/connexion", login("owner@cabinet-a.test", password)).leads("/agenda")
	if b.cookies["agenda"] == old.cookies["agenda"] {
		t.Error("the session kept its id")
	}
	old.get("/agenda").leads("/agenda/connexion")
	b.get("/agenda").is(200)
}

func TestSigningOutEndsTheRowAndTheCookie(t *testing.T) {
	t.Parallel()
	s := open(t)
	b, copied := s.in(s.a, "owner"), s.at(s.a)
	copied.cookies["agenda"] = b.cookies["agenda"]
	b.post("/agenda/deconnexion", nil).leads("/agenda/connexion")
	if b.cookies["agenda"] != "" {
		t.Error("the browser keeps the cookie")
	}
	copied.get("/agenda").leads("/agenda/connexion")
	s.at(s.a).post("/agenda/deconnexion", nil).leads("/agenda/connexion") // who is out may ask too
	if got := s.in(s.a, "owner").get("/agenda/deconnexion"); got.status != 404 {
		t.Errorf("GET signs out: %d", got.status)
	}
}

func TestASessionThatIsUsedLivesOn(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	for range 3 {
		s.Clock.Advance(11 * time.Hour)
		b.get("/agenda/compte").is(200)
	}
	s.Clock.Advance(13 * time.Hour)
	b.get("/agenda/compte").leads("/agenda/connexion?next=%2Fagenda%2Fcompte")
}

func TestWhoIsSignedOutIsToldInTheirOwnWay(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.at(s.a)
	b.get("/agenda/rendez-vous/1").leads("/agenda/connexion?next=%2Fagenda%2Frendez-vous%2F1")
	b.post("/agenda/rendez-vous", url.Values{}).leads("/agenda/connexion")
	got := b.get("/agenda/flux?start=2026-11-23&end=2026-11-24", "Accept", "application/json")
	if got.is(401).header.Get("Content-Type") != "application/problem+json" || !strings.Contains(got.body, `"code":"session.ended"`) {
		t.Errorf("the feed answers %s %s", got.header.Get("Content-Type"), got.body)
	}
	got = b.get("/agenda/patients?q=camille", "HX-Request", "true", "HX-Current-URL", "http://"+b.host+"/agenda/rendez-vous/nouveau?start=2026-11-24T10:20")
	if to := got.is(401).header.Get("HX-Redirect"); to != "/agenda/connexion?next=%2Fagenda%2Frendez-vous%2Fnouveau%3Fstart%3D2026-11-24T10%3A20" {
		t.Errorf("a script is sent to %q", to)
	}
	got = b.get("/agenda/patients", "HX-Request", "true", "HX-Current-URL", "https://evil.test/agenda")
	if to := got.header.Get("HX-Redirect"); strings.Contains(to, "evil") {
		t.Errorf("a script is sent to %q", to)
	}
}

func TestOtherSitesCannotAct(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "owner")
	for _, path := range []string{"/agenda/connexion", "/agenda/deconnexion", "/agenda/mot-de-passe", "/agenda/mot-de-passe/x", "/agenda/rendez-vous",
		fmt.Sprintf("/agenda/rendez-vous/%d/annuler", a.Participation), "/agenda/compte"} {
		for _, from := range []string{"cross-site", "same-site"} {
			b.post(path, login("owner@cabinet-a.test", password), "Sec-Fetch-Site", from).is(403, "Cette demande vient d’un autre site.")
		}
		b.post(path, login("owner@cabinet-a.test", password), "Sec-Fetch-Site", "", "Origin", "https://cabinet-b."+base).is(403)
	}
	if n := s.count(s.a, "SELECT count(*) FROM participations WHERE status = 'booked'"); n != 1 {
		t.Error("it was cancelled from another site")
	}
	b.get("/agenda").is(200) // still signed in
}

func TestTheDoorTellsTheDayOfTheHouse(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.book(s.a, nil)
	got := s.at(s.a).get("/agenda/connexion").is(200, "Lundi 23 novembre", "8h Maintenant 9h Ouverture 12h Pause 14h Reprise 18h Fermeture")
	got.lacks("Roussel", "Camille")
	s.Clock.Advance(5 * time.Hour) // 13h
	s.at(s.a).get("/agenda/connexion").is(200, "9h Ouverture 12h Pause 13h Maintenant 14h Reprise 18h Fermeture")
	s.sql(s.a, "INSERT INTO absences (starts_at, ends_at) VALUES ('2026-11-23 15:00Z', '2026-11-24 09:00Z')")
	s.at(s.a).get("/agenda/connexion").is(200, "14h Reprise 16h Fermeture")
	s.Clock.Advance(24 * time.Hour)
	s.at(s.a).get("/agenda/connexion").is(200, "10h Ouverture")
	s.Clock.Advance(5 * 24 * time.Hour) // Sunday
	s.at(s.a).get("/agenda/connexion", "Accept-Language", "en").is(200, "Sunday 29 November", "13:00 Closed today")
}
