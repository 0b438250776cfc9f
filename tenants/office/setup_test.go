package office_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/members"
)

// firstRun is the form of the first run, as its page proposes it but for what
// changes says.
func firstRun(changes ...string) url.Values {
	v := url.Values{
		"practitioner": {"Dr Ada Martin"}, "street": {"12 rue de la République"}, "postcode": {"69002"}, "city": {"Lyon"},
		"name_0": {"Consultation"}, "minutes_0": {"20"}, "price_cents_0": {"26,50"}, "name_1": {""}, "days": {"1", "2"},
		"morning_from": {"9h"}, "morning_to": {"12:00"}, "afternoon_from": {""}, "afternoon_to": {""},
	}
	for i := 0; i+1 < len(changes); i += 2 {
		v.Set(changes[i], changes[i+1])
	}
	return v
}

// empty is a house that has just been opened, whose owner can sign in.
func (s *scene) empty() tenants.Tenant {
	one := s.Tenant(s.t, "maison-neuve")
	s.In(s.t, one, func(ctx context.Context, sc postgres.Scope) error {
		return members.SetPassword(ctx, sc, owner, hash())
	})
	return one
}

func TestAnEmptyHouseIsLedToItsFirstBooking(t *testing.T) {
	t.Parallel()
	s := open(t)
	one := s.empty()
	b := s.in(one, "owner")
	if r := b.get("/agenda"); r.status != 303 || r.header.Get("Location") != "/agenda/demarrage" {
		t.Fatalf("the Agenda answers %d to %s", r.status, r.header.Get("Location"))
	}
	if r := b.get("/agenda/demarrage"); r.status != 200 || !strings.Contains(r.body, "Il manque un praticien") {
		t.Errorf("%d %s", r.status, r.body)
	}
	for range 2 { // a double click
		if r := b.post("/agenda/demarrage", firstRun()); r.status != 303 {
			t.Fatalf("%d %s", r.status, r.body)
		}
	}
	if n := s.count(one, "SELECT count(*) FROM practitioners"); n != 1 {
		t.Errorf("%d practitioners", n)
	}
	if n := s.count(one, "SELECT count(*) FROM services WHERE price_cents = 2650 AND minutes = 20"); n != 1 {
		t.Errorf("%d services", n)
	}
	if r := b.get("/agenda/demarrage"); !strings.Contains(r.body, "https://maison-neuve.smartagenda.test/") {
		t.Errorf("no address to share: %s", r.body)
	}
	if r := b.get("/agenda"); r.status != 200 {
		t.Errorf("the Agenda answers %d", r.status)
	}
	s.book(one, func(r *booking.Request) { r.Start = tuesday("10:15") }) // a stranger
}

func TestWhatIsWrongInTheFirstRunIsMarkedAndNothingIsSaved(t *testing.T) {
	t.Parallel()
	s := open(t)
	one := s.empty()
	b := s.in(one, "owner")
	for name, c := range map[string]struct{ field, value, says string }{
		"no name":      {"practitioner", "", "Indiquez un nom de 40 caractères au plus."},
		"no place":     {"city", "", "Indiquez l’adresse où l’on vient."},
		"no service":   {"name_0", "", "Gardez au moins une prestation."},
		"zero minutes": {"minutes_0", "0", `id="minutes_0-error"`},
		"words":        {"minutes_0", "vingt", `id="minutes_0-error"`},
		"price":        {"price_cents_0", "-3", "Écrivez une somme"},
		"inverted":     {"morning_to", "8h", "La fin d’une plage vient après son début."},
		"no hour":      {"morning_from", "x", `id="morning_from-error"`},
		"no day":       {"days", "9", "Cochez au moins un jour"},
	} {
		if r := b.post("/agenda/demarrage", firstRun(c.field, c.value)); r.status != 422 || !strings.Contains(r.body, c.says) || !strings.Contains(r.body, `value="69002"`) {
			t.Errorf("%s: %d, no %q: %s", name, r.status, c.says, r.body)
		}
	}
	overlap := firstRun("afternoon_from", "11h", "afternoon_to", "14h")
	if r := b.post("/agenda/demarrage", overlap); r.status != 422 || !strings.Contains(r.body, "Deux plages se chevauchent") {
		t.Errorf("overlap: %d %s", r.status, r.body)
	}
	if n := s.count(one, "SELECT count(*) FROM practitioners") + s.count(one, "SELECT count(*) FROM services") + s.count(one, "SELECT count(*) FROM locations"); n != 0 {
		t.Errorf("%d rows were saved", n)
	}
}

func TestOnlyThoseWhoLeadPrepareTheHouse(t *testing.T) {
	t.Parallel()
	s := open(t)
	if r := s.in(s.a, "reader").get("/agenda/demarrage"); r.status != 403 {
		t.Errorf("%d", r.status)
	}
}
