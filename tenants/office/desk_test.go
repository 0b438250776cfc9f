package office_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/tenantstest"
)

func TestTheDayHasAColumnForEachPractitioner(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	s.book(s.b, func(r *booking.Request) { r.Person.LastName = "Secret" })
	b := s.in(s.a, "owner")
	got := b.get("/agenda/jour?date=2026-11-24").is(200, "Mardi 24 novembre", "10h20 – 10h40 Camille Roussel Consultation Dr Ada Martin Réservé").lacks("Secret")
	grid := map[string]string{}
	got.elements(func(n *html.Node) {
		if attr(n, "id") == "calendar" {
			for _, at := range n.Attr {
				grid[at.Key] = at.Val
			}
		}
	})
	for name, want := range map[string]string{
		"data-view": "day", "data-date": "2026-11-24", "data-feed": "/agenda/flux", "data-href": "/agenda", "data-zone": "Europe/Paris",
		"data-new": "/agenda/rendez-vous/nouveau", "data-from": "08:00", "data-to": "18:00", "data-hidden": "[0,6]",
		"data-resources": `[{"id":"1","title":"Dr Ada Martin"},{"id":"2","title":"Dr Basile Petit"}]`,
	} {
		if grid[name] != want {
			t.Errorf("%s is %q, want %q", name, grid[name], want)
		}
	}
	if !strings.Contains(got.body, fmt.Sprintf(`href="/agenda/rendez-vous/%d"`, a.Participation)) {
		t.Error("without scripts nothing leads to the appointment")
	}
	for _, sayings := range []string{"Novembre 2026", "Aujourd’hui", "Agendas"} {
		got.is(200, sayings)
	}
	b.get("/agenda/jour?date=2026-11-25").is(200, "Mercredi 25 novembre", "Aucun rendez-vous").lacks("Roussel")
	b.get("/agenda/jour?date=2026-11-24", "Accept-Language", "en").is(200, "Tuesday 24 November", "10:20–10:40")
}

func TestTheWeekGoesFromMondayToSunday(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.book(s.a, nil)
	b := s.in(s.a, "owner")
	b.get("/agenda/semaine?date=2026-11-29").is(200, "23 – 29 novembre 2026", "Mardi 24 novembre 2026", "Camille Roussel")
	b.get("/agenda/semaine?date=2026-11-30").is(200, "30 novembre – 6 décembre 2026").lacks("Roussel")
	b.get("/agenda/semaine?date=2026-12-31").is(200, "28 décembre 2026 – 3 janvier 2027")
	b.get("/agenda?view=week&date=2026-11-25").is(200, "23 – 29 novembre 2026")
	b.get("/agenda?view=day&date=2026-12-01").is(200, "Mardi 1er décembre")
}

func TestADateThatIsNoneIsToday(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	for _, date := range []string{"", "2026-02-30", "demain", "0001-01-01", "9999-12-31", "1999-12-31", "2101-01-01", "%00", "%ff", "2026-11-24%27--"} {
		b.get("/agenda/jour?date="+date).is(200, "Lundi 23 novembre")
		b.get("/agenda/semaine?date="+date).is(200, "23 – 29 novembre 2026")
	}
}

func TestADayOnWhichSomethingStandsIsNotLeftOut(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.get("/agenda/semaine").is(200)
	hides := func(path, want string) {
		t.Helper()
		if got := b.get(path); !strings.Contains(got.body, `data-hidden="`+want+`"`) {
			t.Errorf("%s does not hide %s", path, want)
		}
	}
	hides("/agenda/semaine", "[0,6]")
	hides("/agenda/jour?date=2026-11-28", "[0]") // a Saturday, asked for
	s.book(s.a, func(r *booking.Request) {
		r.Actor, r.Start = booking.Member(owner), tuesday("10:20").AddDate(0, 0, 4)
	})
	hides("/agenda/semaine", "[0]")
}

func TestTheDeskCountsToday(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.get("/agenda").is(200, "Aucun rendez-vous.").lacks("À confirmer", "Non remis")
	for _, clock := range []string{"07:00", "09:20", "10:20"} {
		s.book(s.a, func(r *booking.Request) {
			r.Actor, r.Start = booking.Member(owner), tuesday(clock).AddDate(0, 0, -1)
		})
	}
	first := s.book(s.a, func(r *booking.Request) { r.Service, r.Start = tenantstest.Exam, tuesday("14:00") })
	s.book(s.a, func(r *booking.Request) { r.Service, r.Start = tenantstest.Exam, tuesday("16:00") })
	s.sql(s.a, "UPDATE messages SET state = 'failed' WHERE participation_id = $1", first.Participation)
	s.sql(s.a, "INSERT INTO messages (kind, channel, state, due_at, created_at) VALUES ('reminder', 'sms', 'failed', '2026-11-15 08:00Z', '2026-11-15 08:00Z')") // too long ago
	failed := s.count(s.a, "SELECT count(*) FROM messages WHERE state = 'failed'") - 1
	got := b.get("/agenda").is(200, "1 sur 3 passés", "2 demandes", fmt.Sprintf("%d en 7 jours", failed))
	if !strings.Contains(got.body, fmt.Sprintf(`href="/agenda/rendez-vous/%d">2 demandes`, first.Participation)) {
		t.Error("the requests do not lead to the first")
	}
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	s.book(s.a, func(r *booking.Request) { r.Service, r.Start = tenantstest.Exam, tuesday("14:00") })
	for _, who := range []string{"owner", "reader"} {
		b := s.in(s.a, who)
		seen := map[string]bool{}
		todo := []string{"/agenda", "/agenda/semaine", fmt.Sprintf("/agenda/rendez-vous/%d", a.Participation)}
		for len(todo) > 0 && len(seen) < 80 {
			path := todo[0]
			todo = todo[1:]
			if path == "/" || strings.HasPrefix(path, "#") || strings.Contains(path, ":") || seen[path] {
				continue
			}
			seen[path] = true
			got := b.get(path)
			if got.status != 200 {
				t.Errorf("%s: %s answers %d", who, path, got.status)
			}
			got.elements(func(n *html.Node) {
				if to := attr(n, "href"); to != "" && (n.Data == "a" || n.Data == "link") {
					todo = append(todo, to)
				}
			})
		}
		if len(seen) < 20 {
			t.Errorf("only %d pages were found", len(seen))
		}
	}
}

func TestAReaderSeesNoAct(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "reader")
	for _, path := range []string{"/agenda/jour?date=2026-11-24", "/agenda/semaine", fmt.Sprintf("/agenda/rendez-vous/%d", a.Participation)} {
		b.get(path).is(200).lacks("/agenda/rendez-vous/nouveau", "/annuler", "Nouveau")
	}
	b.get("/agenda/compte").is(200, "Rita Lise", "Lecture seule")
}

func TestASuspendedHouseIsRead(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "owner")
	s.suspend(s.a)
	for _, path := range []string{"/agenda/jour?date=2026-11-24", fmt.Sprintf("/agenda/rendez-vous/%d", a.Participation)} {
		b.get(path).is(200, "Camille Roussel", "L’abonnement est suspendu").lacks("/agenda/rendez-vous/nouveau", "/annuler")
	}
	b.get("/agenda/compte").is(200, "L’abonnement est suspendu")
	refused := "L’abonnement est suspendu : l’agenda se consulte, mais rien ne peut y être changé."
	b.get("/agenda/rendez-vous/nouveau").is(403, refused)
	b.get("/agenda/patients?q=camille", "HX-Request", "true").is(403, refused)
	b.post("/agenda/rendez-vous", s.form(b)).is(403, refused)
	b.get(fmt.Sprintf("/agenda/rendez-vous/%d/annuler", a.Participation)).is(403, refused)
	b.post(fmt.Sprintf("/agenda/rendez-vous/%d/annuler", a.Participation), nil).is(403, refused)
	if n := s.count(s.a, "SELECT count(*) FROM participations WHERE status = 'booked'"); n != 1 {
		t.Error("something changed")
	}
	b.post("/agenda/deconnexion", nil).leads("/agenda/connexion")
}

func TestAThemeIsKeptWithoutScripts(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.get("/agenda/compte").is(200, "Ada Martin", "owner@cabinet-a.test", "Responsable", "Se déconnecter")
	b.post("/agenda/compte", map[string][]string{"theme": {"dark"}}).leads("/agenda/compte")
	if got := b.get("/agenda/compte"); got.value("theme") != "dark" || !strings.Contains(got.body, `data-theme="dark"`) {
		t.Error("the choice was not kept")
	}
	b.post("/agenda/compte", map[string][]string{"theme": {`"><script>`}}).leads("/agenda/compte")
	if b.cookies["theme"] != "dark" {
		t.Errorf("the cookie holds %q", b.cookies["theme"])
	}
}

func TestEachZoneHasItsOwnToday(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.In(t, s.a, func(ctx context.Context, sc postgres.Scope) error {
		p, err := catalog.GetProfile(ctx, sc)
		if err != nil {
			return err
		}
		p.Zone = "Pacific/Tahiti" // ten hours behind UTC: still Sunday
		return catalog.SaveProfile(ctx, sc, p)
	})
	s.in(s.a, "owner").get("/agenda").is(200, "Dimanche 22 novembre")
	s.at(s.a).get("/agenda/connexion").is(200, "Dimanche 22 novembre", "21h")
}

func TestTooFastIsTold(t *testing.T) {
	t.Parallel()
	s := openLimited(t, 3, 2)
	b := s.at(s.a)
	for range 2 {
		b.post("/agenda/deconnexion", nil).leads("/agenda/connexion")
	}
	got := b.post("/agenda/deconnexion", nil).is(429, "Trop de demandes en peu de temps.")
	if got.header.Get("Retry-After") == "" {
		t.Error("it does not say when to come back")
	}
	for range 3 {
		b.get("/agenda/connexion").is(200)
	}
	b.get("/agenda/connexion").is(429)
	s.at(s.b).get("/agenda/connexion").is(200) // each house counts for itself
	s.Clock.Advance(time.Minute)
}

func TestPagesAreKeptFromOthers(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	for _, got := range []reply{b.get("/agenda"), b.get("/agenda/flux?start=2026-11-23&end=2026-11-24"), s.at(s.a).get("/agenda/connexion"), b.get("/agenda/rien")} {
		for name, want := range map[string]string{"Cache-Control": "no-store", "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff"} {
			if got.header.Get(name) != want {
				t.Errorf("%s is %q, want %q", name, got.header.Get(name), want)
			}
		}
		if !strings.Contains(got.header.Get("Content-Security-Policy"), "script-src 'self'") {
			t.Error("scripts may come from anywhere")
		}
	}
	b.get("/agenda/rien").is(404, "Introuvable", "Cette page n’existe pas.", "Retour à l’agenda")
}

// absent keeps an absence, or with 0 a closure.
func (s *scene) absent(who int64, from, to time.Time, label string) {
	s.t.Helper()
	s.In(s.t, s.a, func(ctx context.Context, sc postgres.Scope) error {
		return practitioners.AddAbsence(ctx, sc, practitioners.Absence{PractitionerID: who, StartsAt: from, EndsAt: to, Label: label})
	})
}
