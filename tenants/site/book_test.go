package site_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"smartagenda/tenants/catalog"
)

func TestABookingFromHomeToItsPage(t *testing.T) {
	t.Parallel()
	s := open(t)
	slots := s.get(s.get("/").links("/rdv/")[1])
	page := s.get(slots.links(form(0, "10:20"))[0]).wants(200, "Vos coordonnées", "Mardi 24 novembre 2026 à 10h20", "Consultation, 20 min",
		"Ada Martin ou Basile Petit", "Un mot pour Maison cabinet-a facultatif", "Comment elles sont gardées, et vos droits")
	if got := page.links("/confidentialite?version=1"); len(got) != 1 {
		t.Error("the form does not lead to the policy it is under")
	}
	a := s.post(form(0, "10:20"), page.filled()).wants(http.StatusSeeOther)
	done := s.get(a.Header.Get("Location")).wants(200, "Rendez-vous confirmé", "C’est noté, Camille.", "Nous vous attendons demain.",
		"cam•••@exemple.fr", "Consultation, 20 min, 30,00 €", "Dr Ada Martin", "Cabinet, 12 rue de la République, 69002 Lyon",
		"SMS la veille au 06 •• •• •• 78", "Vous pouvez annuler ici jusqu’à lundi 23 novembre à 10h20. Après, appelez le 04 78 00 12 34.")
	for _, secret := range []string{"06 12 34 56 78", "camille.roussel@", "renouvellement"} {
		if strings.Contains(done.text(), secret) {
			t.Errorf("the page tells %q", secret)
		}
	}
	if n := s.count(s.a, `SELECT count(*) FROM participations p JOIN patients w ON w.id = p.patient_id
		WHERE p.status = 'booked' AND p.reason IS NOT NULL AND p.policy_version = 1 AND w.email = 'camille.roussel@exemple.fr'
		AND w.mobile = '+33612345678' AND w.last_name = 'Roussel-Delacourt' AND w.lang = 'fr'`); n != 1 {
		t.Errorf("%d such rows", n)
	}
	if n := s.count(s.b, "SELECT count(*) FROM participations"); n != 0 {
		t.Error("the other house was touched")
	}
}

func TestARequestWaitsForTheHouse(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := strings.Replace(form(0, "10:30"), "/rdv/1/", "/rdv/2/", 1)
	page := s.get(path).wants(200, "Envoyer la demande", "Un mot pour Ada Martin")
	typed := page.filled()
	typed.Set("email", "")
	a := s.post(path, typed, "Accept-Language", "en").wants(303)
	s.get(a.Header.Get("Location")).wants(200, "En attente de réponse", "Demande reçue, Camille.", "parviendra par SMS au 06 •• •• •• 78")
	if n := s.count(s.a, "SELECT count(*) FROM patients WHERE lang = 'en'"); n != 1 {
		t.Error("the language of the reader was not kept")
	}
	typed = s.get(strings.Replace(path, "09%3A30", "10%3A30", 1)).filled()
	typed.Set("email", "")
	typed.Set("phone", "04 78 00 00 00")
	a = s.post(strings.Replace(path, "09%3A30", "10%3A30", 1), typed).wants(303)
	s.get(a.Header.Get("Location")).wants(200, "ni mail ni SMS")
}

func TestAFormSentTwiceIsOneAppointment(t *testing.T) {
	t.Parallel()
	s := open(t)
	typed := s.get(form(1, "10:20")).filled()
	first := s.post(form(1, "10:20"), typed).wants(303)
	second := s.post(form(1, "10:20"), typed).wants(303)
	if first.Header.Get("Location") != second.Header.Get("Location") {
		t.Error("the second answer leads elsewhere")
	}
	typed.Set("first_name", "Camillo")
	again := s.post(form(1, "10:20"), typed).wants(409, "n’est plus proposé") // its own first booking took it
	if again.fields().Get("first_name") != "Camillo" {
		t.Error("what was typed is lost")
	}
	typed.Set("first_name", "Dominique")
	fresh := s.post(form(1, "11:00"), typed).wants(422, "Ce formulaire a déjà servi")
	if fresh.fields().Get("idempotency_key") == typed.Get("idempotency_key") {
		t.Error("the form comes back with the key that has served")
	}
	s.post(form(1, "11:00"), fresh.fields()).wants(303)
	if n := s.count(s.a, "SELECT count(*) FROM participations"); n != 2 {
		t.Errorf("%d appointments", n)
	}
}

func TestAFormSentTwiceAtOnceIsOneAppointment(t *testing.T) {
	t.Parallel()
	s := open(t)
	typed := s.get(form(1, "10:20")).filled()
	where := make([]string, 6)
	var wg sync.WaitGroup
	for i := range where {
		wg.Go(func() { where[i] = s.post(form(1, "10:20"), typed).Header.Get("Location") })
	}
	wg.Wait()
	if slices.Sort(where); where[0] == "" || where[0] != where[5] {
		t.Errorf("led to %v", where)
	}
	if n := s.count(s.a, "SELECT count(*) FROM participations"); n != 1 {
		t.Errorf("%d appointments", n)
	}
}

func TestAKeyThatIsNoneDoesNotStopABooking(t *testing.T) {
	t.Parallel()
	s := open(t)
	for clock, key := range map[string]string{"10:20": "", "10:40": "x", "11:00": strings.Repeat("k", 10_000)} {
		typed := s.get(form(1, clock)).filled()
		typed.Set("idempotency_key", key)
		s.post(form(1, clock), typed).wants(303)
	}
	if n := s.count(s.a, "SELECT count(*) FROM idempotency"); n != 0 {
		t.Errorf("%d keys were kept", n)
	}
}

func TestNobodyBooksUnderAPolicyTheyHaveNotSeen(t *testing.T) {
	t.Parallel()
	s := open(t)
	typed := s.get(form(1, "10:20")).filled()
	s.exec("INSERT INTO control.policies (version, body, published_at) VALUES (2, 'Neuve', '2026-11-23')")
	s.Registry.Forget()
	for _, policy := range []string{"1", "", "3", "-1", "1e30"} {
		typed.Set("policy", policy)
		a := s.post(form(1, "10:20"), typed).wants(422, "La politique de confidentialité a changé")
		if a.fields().Get("policy") != "2" || a.fields().Get("last_name") != "Roussel-Delacourt" {
			t.Errorf("%q: the form comes back with %v", policy, a.fields())
		}
	}
	typed.Set("policy", "2")
	s.post(form(1, "10:20"), typed).wants(303)
	if n := s.count(s.a, "SELECT count(*) FROM participations WHERE policy_version = 2"); n != 1 {
		t.Error("the record does not carry the version")
	}
}

func TestAServiceAsksForAReason(t *testing.T) {
	t.Parallel()
	s := open(t)
	rule := func(r catalog.ReasonRule) { s.exec("UPDATE services SET reason = '" + string(r) + "'") }
	rule(catalog.NoReason)
	if _, asked := s.get(form(1, "10:20")).fields()["reason"]; asked {
		t.Error("a word is asked for")
	}
	rule(catalog.RequiredReason)
	page := s.get(form(1, "10:20")).wants(200, "En quelques mots, la raison de votre venue.")
	if strings.Contains(page.text(), "Un mot pour Ada Martin facultatif") {
		t.Error("what is required is called optional")
	}
	typed := page.filled()
	typed.Set("reason", " ")
	a := s.post(form(1, "10:20"), typed).wants(422, "Un mot pour Ada Martin : indiquez en quelques mots")
	if got := a.marked(); !slices.Equal(got, []string{"reason"}) {
		t.Errorf("marked are %v", got)
	}
}
