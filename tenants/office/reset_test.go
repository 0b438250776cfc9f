package office_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
)

const better = "quatre chevaux à la plage"

// link asks for a new password and gives the path that the mail would hold.
func (s *scene) link(one tenants.Tenant) (path string) {
	s.t.Helper()
	s.at(one).post("/agenda/mot-de-passe", url.Values{"email": {"owner@" + string(one.Slug) + ".test"}}).leads("/agenda/mot-de-passe?envoye=1")
	s.In(s.t, one, func(ctx context.Context, sc postgres.Scope) error {
		m, err := members.Get(ctx, sc, owner)
		if err != nil {
			return err
		}
		token, err := members.ResetToken(ctx, sc, m)
		path = "/agenda/mot-de-passe/" + token
		return err
	})
	return path
}

func TestAskingForANewPasswordSaysTheSameToAll(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.at(s.a)
	b.get("/agenda/mot-de-passe").is(200, "Mot de passe oublié")
	before := s.count(s.a, "SELECT count(*) FROM messages WHERE kind = 'reset'")
	for _, email := range []string{"owner@cabinet-a.test", "nobody@cabinet-a.test", "owner@cabinet-b.test"} {
		b.post("/agenda/mot-de-passe", url.Values{"email": {email}}).leads("/agenda/mot-de-passe?envoye=1")
	}
	b.get("/agenda/mot-de-passe?envoye=1").is(200, "Si cette adresse a un accès à l’agenda, un lien vient de partir.")
	if n := s.count(s.a, "SELECT count(*) FROM messages WHERE kind = 'reset' AND channel = 'mail' AND member_id = 1") - before; n != 1 {
		t.Errorf("%d links sent, want 1", n)
	}
	if n := s.count(s.a, "SELECT count(*) FROM platform.jobs WHERE kind = 'messages.send' AND tenant = "+s.a.ID.String()+" AND ref IN (SELECT id FROM messages WHERE kind = 'reset')"); n != 1 {
		t.Errorf("%d jobs to send it, want 1", n)
	}
	if n := s.count(s.b, "SELECT count(*) FROM messages WHERE kind = 'reset'"); n != 0 {
		t.Error("the other house sent one")
	}
	b.post("/agenda/mot-de-passe", url.Values{"email": {"owner"}}).is(422)
}

func TestLinksForOneAddressAreFew(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.at(s.a)
	for _, email := range []string{"owner@cabinet-a.test", "nobody@cabinet-a.test"} {
		for range 5 {
			b.post("/agenda/mot-de-passe", url.Values{"email": {email}}).leads("/agenda/mot-de-passe?envoye=1")
		}
		got := b.post("/agenda/mot-de-passe", url.Values{"email": {strings.ToUpper(email)}}).is(429, "Plusieurs liens ont déjà été demandés pour cette adresse.")
		if got.header.Get("Retry-After") == "" {
			t.Error("it does not say when to come back")
		}
	}
	s.at(s.b).post("/agenda/mot-de-passe", url.Values{"email": {"owner@cabinet-a.test"}}).leads("/agenda/mot-de-passe?envoye=1")
}

func TestALinkChoosesAPasswordOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	elsewhere, path := s.in(s.a, "owner"), s.link(s.a)
	b := s.at(s.a)
	for range 2 { // a mail scanner may follow it
		got := b.get(path).is(200, "Choisir un mot de passe")
		if got.header.Get("Referrer-Policy") != "no-referrer" || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("headers %v", got.header)
		}
	}
	for weak, says := range map[string]string{
		"court": "Choisissez un mot de passe d’au moins 12 caractères.", "owner@cabinet-a.test": "Le mot de passe ne peut pas être votre identifiant.",
		"000000000000": "Ce mot de passe est trop facile à deviner.",
	} {
		b.post(path, url.Values{"password": {weak}}).is(422, says).lacks(`value="` + weak)
	}
	b.post(path, url.Values{"password": {better}}).leads("/agenda")
	b.get("/agenda").is(200)
	elsewhere.get("/agenda").leads("/agenda/connexion")
	for _, again := range []reply{b.get(path), b.post(path, url.Values{"password": {"un tout autre mot"}})} {
		again.is(404, "Ce lien ne marche plus", "Ce lien a déjà servi ou a expiré.", "Demander un nouveau lien")
	}
	s.at(s.a).post("/agenda/connexion", login("owner@cabinet-a.test", password)).is(422)
	s.at(s.a).post("/agenda/connexion", login("owner@cabinet-a.test", better)).leads("/agenda")
	if n := s.count(s.a, "SELECT count(*) FROM audit WHERE act = 'member.reset_password' AND subject_id = 1"); n != 1 {
		t.Errorf("%d resets in the audit, want 1", n)
	}
}

func TestALinkEndsAPause(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.at(s.a)
	for range 5 {
		b.post("/agenda/connexion", login("owner@cabinet-a.test", "faux"))
	}
	b.post("/agenda/connexion", login("owner@cabinet-a.test", password)).is(429)
	b.post(s.link(s.a), url.Values{"password": {better}}).leads("/agenda")
	s.at(s.a).post("/agenda/connexion", login("owner@cabinet-a.test", better)).leads("/agenda")
}

func TestDeadLinksOpenNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := s.link(s.a)
	for _, got := range []reply{
		s.at(s.b).get(path), s.at(s.b).post(path, url.Values{"password": {better}}), // of the other house
		s.at(s.a).get("/agenda/mot-de-passe/x"), s.at(s.a).get("/agenda/mot-de-passe/" + strings.Repeat("A", 22)), s.at(s.a).get("/agenda/mot-de-passe/%00%ff"),
	} {
		got.is(404, "Ce lien ne marche plus")
	}
	newer := s.link(s.a)
	s.at(s.a).get(path).is(404) // a newer one replaces it
	s.Clock.Advance(61 * time.Minute)
	s.at(s.a).get(newer).is(404, "Ce lien ne marche plus")
	s.at(s.a).post(newer, url.Values{"password": {better}}).is(404)
	s.in(s.a, "owner") // the old password stands
}

func TestASuspendedHouseCanStillBeEntered(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.suspend(s.a)
	s.at(s.a).post(s.link(s.a), url.Values{"password": {better}}).leads("/agenda")
}
