package main

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/secure"
)

// consoleHost is the label of the console, as scene.ask takes it.
const consoleHost = "admin"

// roled is one route of the console: how it is asked, and what it answers to
// nobody, then to each role in the order of staff.Roles (admin, support,
// billing, privacy). {staff}, {reset} and {tenant} are filled in.
type roled struct {
	route string
	ask   string
	form  url.Values
	want  answers
}

var (
	everybody = answers{303, 200, 200, 200, 200}
	looks     = answers{303, 403, 403, 403, 403} // to everybody, while the owner has given no instruction
	adminOnly = func(status int) answers { return answers{303, status, 403, 403, 403} }
	typed     = url.Values{"x": {""}}
)

var consoleRoutes = []roled{
	{route: "GET /connexion", want: answers{200, 303, 303, 303, 303}},
	{route: "POST /connexion", form: url.Values{"email": {"x@exemple.fr"}, "password": {"x"}}, want: answers{422, 422, 422, 422, 429}}, // the fifth wrong password in a row
	{route: "POST /deconnexion", form: typed, want: all(303)},
	{route: "GET /mot-de-passe", want: all(200)},
	{route: "POST /mot-de-passe", form: url.Values{"email": {""}}, want: all(422)},
	{route: "GET /mot-de-passe/:token", ask: "/mot-de-passe/{reset}", want: all(200)},
	{route: "POST /mot-de-passe/:token", ask: "/mot-de-passe/{reset}", form: url.Values{"password": {"court"}}, want: all(422)},
	{route: "GET /", want: everybody},
	{route: "GET /abonnes", ask: "/abonnes?q=cabinet", want: everybody},
	{route: "GET /abonnes/:id<int>", ask: "/abonnes/{tenant}", want: everybody},
	{route: "POST /abonnes/:id<int>/compter", ask: "/abonnes/{tenant}/compter", form: typed, want: all(303)},
	{route: "GET /abonnes/:id<int>/abonnement/:act", ask: "/abonnes/{tenant}/abonnement/suspendre", want: answers{303, 200, 403, 200, 403}},
	{route: "POST /abonnes/:id<int>/abonnement/:act", ask: "/abonnes/{tenant}/abonnement/suspendre", form: typed, want: answers{303, 422, 403, 422, 403}},
	{route: "POST /abonnes/:id<int>/effacement", ask: "/abonnes/{tenant}/effacement", form: typed, want: answers{303, 404, 403, 403, 404}}, // it does not leave
	{route: "GET /abonnes/:id<int>/support", ask: "/abonnes/{tenant}/support", want: looks},
	{route: "GET /abonnes/:id<int>/support/patients", ask: "/abonnes/{tenant}/support/patients?q=roussel", want: looks},
	{route: "GET /abonnes/:id<int>/support/patients/:patient<int>", ask: "/abonnes/{tenant}/support/patients/1", want: looks},
	{route: "GET /abonnes/:id<int>/support/rendez-vous/:visit<int>", ask: "/abonnes/{tenant}/support/rendez-vous/1", want: looks},
	{route: "GET /equipe", want: adminOnly(200)},
	{route: "GET /equipe/nouveau", want: adminOnly(200)},
	{route: "POST /equipe", form: typed, want: adminOnly(422)},
	{route: "GET /equipe/:id<int>", ask: "/equipe/{staff}", want: adminOnly(200)},
	{route: "POST /equipe/:id<int>/role", ask: "/equipe/{staff}/role", form: url.Values{"role": {"support"}}, want: adminOnly(303)},
	{route: "POST /equipe/:id<int>/desactiver", ask: "/equipe/{staff}/desactiver", form: typed, want: adminOnly(303)},
	{route: "POST /equipe/:id<int>/reactiver", ask: "/equipe/{staff}/reactiver", form: typed, want: adminOnly(303)},
	{route: "POST /equipe/:id<int>/lien", ask: "/equipe/{staff}/lien", form: typed, want: adminOnly(303)},
	{route: "GET /journal", want: answers{303, 200, 403, 403, 200}},
	{route: "GET /compte", want: everybody},
	{route: "POST /compte/theme", form: url.Values{"theme": {"dark"}}, want: all(303)},
	{route: "POST /compte/mot-de-passe", form: url.Values{"old": {"faux"}, "password": {"faux"}}, want: answers{303, 422, 422, 422, 422}},
}

func TestEveryRouteOfTheConsoleAnswersEachRoleAsExpected(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.hire()
	fill := s.consoleThings()
	for _, r := range consoleRoutes {
		method, pattern, _ := strings.Cut(r.route, " ")
		path := fill.Replace(first(r.ask, pattern))
		if strings.ContainsAny(path, ":{") {
			t.Errorf("%s: %s was not filled in", r.route, path)
		}
		for i := range len(staff.Roles()) + 1 {
			cookie, actor := "", "nobody"
			if i > 0 {
				actor = string(staff.Roles()[i-1])
				cookie = s.signInStaff(staff.Roles()[i-1])
			}
			if got := s.ask(consoleHost, method, path, cookie, r.form); got.status != r.want.of(i) {
				t.Errorf("%s %s as %s: %d, want %d\n%.300s", method, path, actor, got.status, r.want.of(i), got.body)
			}
		}
	}
}

func TestAnOwnersSessionOpensNothingInTheConsole(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	if got := s.ask(consoleHost, "GET", "/", s.signIn(s.a, "owner"), nil); got.status != 303 {
		t.Errorf("an owner of a house is answered %d", got.status)
	}
	s.hire()
	if got := s.ask(s.a.Slug, "GET", "/agenda", s.signInStaff(staff.Admin), nil); got.status != 303 {
		t.Errorf("an administrator of ours is answered %d in a house", got.status)
	}
}

// hire gives each role of the console a login, all with the same password.
func (s *scene) hire() {
	s.t.Helper()
	ctx := context.Background()
	hash, err := secure.Hash(ctx, password)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range staff.Roles() {
		id, err := staff.Add(ctx, s.Control, staff.Person{Email: string(r) + "@smartagenda.test", Name: string(r), Role: r})
		if err != nil {
			s.t.Fatal(err)
		}
		if err := staff.SetPassword(ctx, s.Control, id, hash); err != nil {
			s.t.Fatal(err)
		}
	}
}

// signInStaff gives the session cookie of a role.
func (s *scene) signInStaff(role staff.Role) string {
	s.t.Helper()
	r := s.ask(consoleHost, "POST", "/connexion", "", url.Values{"email": {string(role) + "@smartagenda.test"}, "password": {password}})
	for _, c := range (&http.Response{Header: r.header}).Cookies() {
		if c.Name == "console" {
			return c.Value
		}
	}
	s.t.Fatalf("%s cannot sign in: %d %.300s", role, r.status, r.body)
	return ""
}

// consoleThings makes what routes are asked about.
func (s *scene) consoleThings() *strings.Replacer {
	s.t.Helper()
	ctx := context.Background()
	other, err := staff.Add(ctx, s.Control, staff.Person{Email: "somebody@smartagenda.test", Name: "Somebody", Role: staff.Billing})
	if err != nil {
		s.t.Fatal(err)
	}
	forgetful, err := staff.Add(ctx, s.Control, staff.Person{Email: "forgetful@smartagenda.test", Name: "Forgetful", Role: staff.Billing})
	if err != nil {
		s.t.Fatal(err)
	}
	key, err := s.Keys.Own(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	_, link, err := staff.Link(ctx, s.Control, key, forgetful)
	if err != nil || link == "" {
		s.t.Fatal(fault.As(err))
	}
	return strings.NewReplacer("{staff}", strconv.FormatInt(other, 10), "{reset}", link, "{tenant}", s.a.ID.String())
}
