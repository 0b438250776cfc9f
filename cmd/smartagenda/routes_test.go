package main

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/members"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/tenantstest"
)

// answers are the statuses that a route owes to each kind of visitor, in the
// order of actors; a single one is for all.
type answers []int

// actors ask in this order: nobody signed in, each role of the house, and the
// owner of the other house with the cookie of there.
var actors = []string{"nobody", "owner", "manager", "practitioner", "assistant", "reader", "the other house's owner"}

// An Agenda's route shows the door to whoever has no session here; a change is
// refused to readers.
var (
	all     = func(status int) answers { return answers{status} }
	inside  = answers{303, 200, 200, 200, 200, 200, 303}
	fetched = answers{401, 200, 200, 200, 200, 200, 401}
	owner   = func(status int) answers { return answers{303, status, 403, 403, 403, 403, 303} }
	changes = func(status int) answers { return answers{303, status, status, status, status, 403, 303} }
)

// listed is one route: how it is asked, and what it answers. {token} and the
// like are filled with what exists in the house; foreign is the same question
// about what exists in the other house only, and elsewhere its answer to the
// owner (or to nobody, outside the Agenda).
type listed struct {
	route     string
	ask       string
	form      url.Values
	want      answers
	foreign   string
	elsewhere int
}

var routes = map[string][]listed{
	"site": {
		{route: "GET /", want: all(200)},
		{route: "GET /rdv/:service", ask: "/rdv/1", want: all(200), foreign: "/rdv/{their service}", elsewhere: 404},
		{route: "GET /rdv/:service/coordonnees", ask: "/rdv/1/coordonnees?debut={start}", want: all(200), foreign: "/rdv/{their service}/coordonnees?debut={start}", elsewhere: 404},
		{route: "POST /rdv/:service/coordonnees", ask: "/rdv/1/coordonnees?debut={start}", form: url.Values{"x": {""}}, want: all(422), foreign: "/rdv/{their service}/coordonnees?debut={start}", elsewhere: 404},
		{route: "POST /rdv/:service/autre-creneau", ask: "/rdv/1/autre-creneau", form: url.Values{"x": {""}}, want: all(200), foreign: "/rdv/{their service}/autre-creneau", elsewhere: 404},
		{route: "GET /m/:token", ask: "/m/{token}", want: all(200), foreign: "/m/{their token}", elsewhere: 404},
		{route: "GET /m/:token/rendez-vous.ics", ask: "/m/{token}/rendez-vous.ics", want: all(200), foreign: "/m/{their token}/rendez-vous.ics", elsewhere: 404},
		{route: "GET /m/:token/annuler", ask: "/m/{token}/annuler", want: all(200), foreign: "/m/{their token}/annuler", elsewhere: 404},
		{route: "POST /m/:token/annuler", ask: "/m/{spare}/annuler", form: url.Values{"x": {""}}, want: all(303), foreign: "/m/{their token}/annuler", elsewhere: 404},
		{route: "GET /theme.css", want: all(200)},
		{route: "GET /robots.txt", want: all(200)},
		{route: "GET /confidentialite", want: all(200), foreign: "/confidentialite?version=99", elsewhere: 404},
		{route: "GET /mentions-legales", want: all(200)},
		{route: "GET /accessibilite", want: all(200)},
	},
	"api": {
		{route: "GET /api/v1/services", want: all(200)},
		{route: "GET /api/v1/slots", ask: "/api/v1/slots?service=1&from=2026-11-24&to=2026-11-25", want: all(200), foreign: "/api/v1/slots?service={their service}&from=2026-11-24&to=2026-11-25", elsewhere: 404},
		{route: "POST /api/v1/appointments", form: url.Values{"json": {"={}"}}, want: all(422)},
		{route: "GET /api/v1/appointments/:token", ask: "/api/v1/appointments/{token}", want: all(200), foreign: "/api/v1/appointments/{their token}", elsewhere: 404},
		{route: "POST /api/v1/appointments/:token/cancel", ask: "/api/v1/appointments/{gone}/cancel", form: url.Values{"json": {"={}"}}, want: all(409), foreign: "/api/v1/appointments/{their token}/cancel", elsewhere: 404},
		{route: "GET /api/v1/openapi.json", want: all(200)},
	},
	"office": {
		{route: "GET /agenda/connexion", want: answers{200, 303, 303, 303, 303, 303, 200}},
		{route: "POST /agenda/connexion", form: url.Values{"email": {"x@exemple.fr"}, "password": {"x"}}, want: answers{422, 422, 422, 422, 429, 429, 429}}, // the fifth wrong password in a row
		{route: "POST /agenda/deconnexion", form: url.Values{"x": {""}}, want: all(303)},
		{route: "GET /agenda/mot-de-passe", want: all(200)},
		{route: "POST /agenda/mot-de-passe", form: url.Values{"email": {""}}, want: all(422)},
		{route: "GET /agenda/mot-de-passe/:token", ask: "/agenda/mot-de-passe/{reset}", want: all(200), foreign: "/agenda/mot-de-passe/{their reset}", elsewhere: 404},
		{route: "POST /agenda/mot-de-passe/:token", ask: "/agenda/mot-de-passe/{reset}", form: url.Values{"password": {"court"}}, want: all(422), foreign: "/agenda/mot-de-passe/{their reset}", elsewhere: 404},
		{route: "GET /agenda", want: inside},
		{route: "GET /agenda/jour", want: inside},
		{route: "GET /agenda/semaine", want: inside},
		{route: "GET /agenda/flux", ask: "/agenda/flux?start=2026-11-23&end=2026-11-24", want: fetched},
		{route: "GET /agenda/rendez-vous/nouveau", want: answers{303, 200, 200, 200, 200, 403, 303}},
		{route: "POST /agenda/rendez-vous", form: url.Values{"x": {""}}, want: changes(422)},
		{route: "GET /agenda/rendez-vous/:id<int>", ask: "/agenda/rendez-vous/{id}", want: inside, foreign: "/agenda/rendez-vous/{their id}", elsewhere: 404},
		{route: "GET /agenda/rendez-vous/:id<int>/annuler", ask: "/agenda/rendez-vous/{id}/annuler", want: answers{303, 200, 200, 200, 200, 403, 303}, foreign: "/agenda/rendez-vous/{their id}/annuler", elsewhere: 404},
		{route: "POST /agenda/rendez-vous/:id<int>/annuler", ask: "/agenda/rendez-vous/{gone id}/annuler", form: url.Values{"x": {""}}, want: changes(409), foreign: "/agenda/rendez-vous/{their id}/annuler", elsewhere: 404},
		{route: "GET /agenda/patients", ask: "/agenda/patients?q=roussel", want: answers{303, 303, 303, 303, 303, 403, 303}},
		{route: "GET /agenda/compte", want: inside},
		{route: "POST /agenda/compte", form: url.Values{"theme": {"dark"}}, want: all(303)},
		{route: "GET /agenda/abonnement", want: owner(200)},
		{route: "GET /agenda/resiliation", want: owner(200)},
		{route: "POST /agenda/resiliation", form: url.Values{"password": {"faux"}}, want: owner(422)},
		{route: "GET /agenda/export", want: owner(200)},
		{route: "POST /agenda/export", form: url.Values{"password": {"faux"}}, want: owner(422)},
		{route: "GET /agenda/demarrage", want: answers{303, 200, 200, 403, 403, 403, 303}},
		{route: "POST /agenda/demarrage", form: url.Values{"x": {""}}, want: answers{303, 303, 303, 403, 403, 403, 303}},
		{route: "POST /agenda/abonnement", form: url.Values{"plan": {"luxe"}}, want: owner(422)},
		{route: "GET /agenda/instruction", want: owner(200)},
		{route: "POST /agenda/instruction", form: url.Values{"password": {"faux"}}, want: owner(422)},
		{route: "POST /agenda/instruction/fin", form: url.Values{"x": {""}}, want: owner(303)},
	},
	"www": {
		{route: "GET /", want: all(200)},
		{route: "GET /mentions-legales", want: all(200)},
		{route: "GET /confidentialite", want: all(200)},
		{route: "GET /accessibilite", want: all(200)},
		{route: "GET /conditions/:version<int>?", ask: "/conditions/1", want: all(200)},
		{route: "GET /inscription", want: all(200)},
		{route: "POST /inscription", form: url.Values{"x": {""}}, want: all(422)},
		{route: "GET /inscription/adresse", want: all(200)},
		{route: "GET /robots.txt", want: all(200)},
		{route: "GET /dev/messages", want: all(200)},
		{route: "GET /dev/messages.json", want: all(200)},
		{route: "GET /dev/messages/:id", ask: "/dev/messages/99", want: all(404)},
		{route: "GET /dev/messages/:id/files/:number", ask: "/dev/messages/99/files/0", want: all(404)},
		{route: "GET /dev/clock", want: all(200)},
		{route: "POST /dev/clock", form: url.Values{"json": {"={}"}}, want: all(422)},
	},
}

func (s *scene) audiences() map[string]*fiber.App {
	return map[string]*fiber.App{"site": s.doors.site, "api": s.doors.api, "office": s.doors.office, "www": s.doors.www, "console": s.doors.console}
}

func TestEveryRouteIsListed(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for audience, app := range s.audiences() {
		known := map[string]bool{}
		for _, r := range routes[audience] {
			known[r.route] = true
		}
		if audience == "console" {
			for _, r := range consoleRoutes {
				known[r.route] = true
			}
		}
		for _, r := range app.GetRoutes(true) {
			if route := r.Method + " " + r.Path; r.Method != fiber.MethodHead && !known[route] {
				t.Errorf("%s %s has no expected answer", audience, route)
			} else {
				delete(known, route)
			}
		}
		for route := range known {
			t.Errorf("%s %s is listed and does not exist", audience, route)
		}
	}
}

func TestEveryRouteAnswersEveryoneAsExpected(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	fill := s.things()
	for audience, list := range routes {
		for _, r := range list {
			method, pattern, _ := strings.Cut(r.route, " ")
			path := fill.Replace(first(r.ask, pattern))
			for i, actor := range actors {
				if audience != "office" && i > 0 {
					break
				}
				if got := s.ask(s.slug(audience), method, path, s.cookie(i), r.form); got.status != r.want.of(i) {
					t.Errorf("%s %s as %s: %d, want %d\n%.300s", method, path, actor, got.status, r.want.of(i), got.body)
				}
			}
		}
	}
}

func TestNothingOfTheOtherHouseIsFoundHere(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	fill := s.things()
	for audience, list := range routes {
		for _, r := range list {
			method, pattern, _ := strings.Cut(r.route, " ")
			if strings.ContainsAny(pattern, ":") && r.foreign == "" && audience != "www" {
				t.Errorf("%s %s takes an id, and nobody tried the other house's", audience, r.route)
			}
			if r.foreign == "" {
				continue
			}
			path, cookie := fill.Replace(r.foreign), ""
			if audience == "office" {
				cookie = s.cookie(1)
			}
			got := s.ask(s.slug(audience), method, path, cookie, r.form)
			if got.status != r.elsewhere || strings.Contains(got.body, "Autreville") {
				t.Errorf("%s %s: %d, want %d\n%.300s", method, path, got.status, r.elsewhere, got.body)
			}
		}
	}
}

func (a answers) of(i int) int {
	if len(a) == 1 {
		return a[0]
	}
	return a[i]
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (s *scene) slug(audience string) tenants.Slug {
	if audience == "www" {
		return ""
	}
	return s.a.Slug
}

// cookie signs the actor in anew, because some routes end the session.
func (s *scene) cookie(actor int) string {
	switch {
	case actor == 0:
		return ""
	case actor == len(actors)-1:
		return s.signIn(s.b, members.Owner)
	}
	return s.signIn(s.a, members.Roles()[actor-1])
}

// things makes what routes are asked about: an appointment to see, one to
// cancel, one that is gone, in each house, and more of each in the other.
func (s *scene) things() *strings.Replacer {
	s.t.Helper()
	paris, _ := calendar.LoadZone("Europe/Paris")
	start := calendar.NewDate(2026, 12, 1).At(calendar.HourMinute(9, 0), paris)
	book := func(one tenants.Tenant, n int, city string) (a booking.Appointment) {
		s.In(s.t, one, func(ctx context.Context, sc postgres.Scope) (err error) {
			a, err = booking.Reserve(ctx, sc, booking.Request{Actor: booking.Visitor, Source: booking.FromSite, Service: tenantstest.Consult, Practitioner: tenantstest.Ada,
				Policy: 1, Start: start.Add(time.Duration(n) * 20 * time.Minute), Person: patients.Draft{FirstName: "Camille", LastName: "Roussel", Email: "c@exemple.fr", City: city}})
			return err
		})
		return a
	}
	seen, gone, spare := book(s.a, 0, "Lyon"), book(s.a, 1, "Lyon"), book(s.a, 2, "Lyon")
	s.In(s.t, s.a, func(ctx context.Context, sc postgres.Scope) error {
		_, err := booking.Cancel(ctx, sc, booking.Cancellation{Actor: booking.Visitor, Participation: gone.Participation})
		return err
	})
	var theirs booking.Appointment
	for n := range 5 { // more than here, so that the last id exists there alone
		theirs = book(s.b, n, "Autreville")
	}
	s.In(s.t, s.b, func(ctx context.Context, sc postgres.Scope) error {
		_, err := sc.DB().ExecContext(ctx, `INSERT INTO services (id, name, minutes) VALUES (77, 'Autreville', 20);
			INSERT INTO service_practitioners VALUES (77, 1)`)
		return err
	})
	return strings.NewReplacer("{start}", url.QueryEscape(start.Add(time.Hour).Format(time.RFC3339)),
		"{token}", seen.Token, "{gone}", gone.Token, "{spare}", spare.Token, "{their token}", theirs.Token,
		"{id}", strconv.FormatInt(seen.Participation, 10), "{gone id}", strconv.FormatInt(gone.Participation, 10), "{their id}", strconv.FormatInt(theirs.Participation, 10),
		"{their service}", "77", "{reset}", s.reset(s.a), "{their reset}", s.reset(s.b))
}

func (s *scene) reset(one tenants.Tenant) (token string) {
	s.t.Helper()
	s.In(s.t, one, func(ctx context.Context, sc postgres.Scope) error {
		id, _, err := members.BeginReset(ctx, sc, "owner@"+string(one.Slug)+".test")
		if err != nil {
			return err
		}
		m, err := members.Get(ctx, sc, id)
		if err != nil {
			return err
		}
		token, err = members.ResetToken(ctx, sc, m)
		return err
	})
	return token
}
