package www_test

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/secure"
	"smartagenda/migrations/migrationstest"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
)

// application is a form filled in as it should be, but for what changes says.
func application(changes ...string) url.Values {
	v := url.Values{
		"once": {secure.TokenString(secure.NewToken())}, "name": {"Centre Bellevue"}, "slug": {"centre-bellevue"}, "trade": {"physiotherapist"},
		"owner_name": {"Ada Martin"}, "owner_email": {"Ada@Exemple.fr"}, "phone": {"04 78 00 12 34"}, "street": {"12 rue de la République"},
		"postcode": {"69002"}, "city": {"Lyon"}, "plan": {"cabinet"}, "terms": {"1"}, "website": {""},
	}
	for i := 0; i+1 < len(changes); i += 2 {
		v.Set(changes[i], changes[i+1])
	}
	return v
}

func (d *desk) send(t testing.TB, v url.Values) answer {
	t.Helper()
	return d.call(t, "POST", "/inscription", v.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
}

func (d *desk) count(t testing.TB, query string) (n int) {
	t.Helper()
	if err := postgrestest.Super(t, d.Address).QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

var firstLink = regexp.MustCompile(`href="http://centre-bellevue\.smartagenda\.test:8080/agenda/mot-de-passe/([\w-]{22})"`)

func TestAHouseIsOpenedWithWhatWasGivenAndAccepted(t *testing.T) {
	t.Parallel()
	d := open(t)
	res := d.send(t, application())
	link := firstLink.FindStringSubmatch(res.body)
	if res.status != 200 || link == nil {
		t.Fatalf("%d %s", res.status, res.body)
	}
	one, err := d.Registry.BySlug(t.Context(), "centre-bellevue")
	if err != nil || one.Plan != "Cabinet" || one.Limits.Agendas != 5 {
		t.Errorf("%+v, %v", one, err)
	}
	d.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		p, err := catalog.GetProfile(ctx, s)
		if err != nil || p.Name != "Centre Bellevue" || p.Trade != "Kinésithérapie" || p.Person != catalog.Patient || p.Email != "ada@exemple.fr" || p.Phone != "+33478001234" {
			t.Errorf("profile %+v, %v", p, err)
		}
		places, err := catalog.Locations(ctx, s)
		if err != nil || len(places) != 1 || places[0].Address() != "12 rue de la République, 69002 Lyon" {
			t.Errorf("places %+v, %v", places, err)
		}
		if m, err := members.ByReset(ctx, s, link[1]); err != nil || m.Role != members.Owner || m.Name != "Ada Martin" {
			t.Errorf("the link is of %+v, %v", m, err)
		}
		return nil
	})
	if n := d.count(t, "SELECT count(*) FROM control.signups WHERE terms_version = 1 AND policy_version = 1 AND accepted_at = '2026-11-23 07:00Z'"); n != 1 {
		t.Error("what was accepted is not kept")
	}
}

func TestOneFormOpensOneHouseHoweverOftenItIsSent(t *testing.T) {
	t.Parallel()
	d := open(t)
	form := application()
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if res := d.send(t, form); res.status != 200 || firstLink.FindString(res.body) == "" {
				t.Errorf("%d %s", res.status, res.body)
			}
		})
	}
	all.Wait()
	if n := d.count(t, "SELECT count(*) FROM control.tenants"); n != 1 {
		t.Errorf("%d houses", n)
	}
}

func TestAFormSentAgainGivesNoLinkOnceAPasswordIsChosen(t *testing.T) {
	t.Parallel()
	d := open(t)
	form := application()
	token := firstLink.FindStringSubmatch(d.send(t, form).body)[1]
	one, err := d.Registry.BySlug(t.Context(), "centre-bellevue")
	if err != nil {
		t.Fatal(err)
	}
	d.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		if _, err := members.Reset(ctx, s, token, "hash"); err != nil {
			return err
		}
		_, _, err := members.BeginReset(ctx, s, "ada@exemple.fr") // the owner forgot it
		return err
	})
	res := d.send(t, form)
	if res.status != 200 || strings.Contains(res.body, "mot-de-passe") || !strings.Contains(res.body, `href="http://centre-bellevue.smartagenda.test:8080/agenda"`) {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestTheFirstLinkOfOneHouseOpensNoOther(t *testing.T) {
	t.Parallel()
	d := open(t)
	other := d.Tenant(t, "autre-maison")
	token := firstLink.FindStringSubmatch(d.send(t, application()).body)[1]
	d.In(t, other, func(ctx context.Context, s postgres.Scope) error {
		if m, err := members.ByReset(ctx, s, token); err == nil {
			t.Errorf("it opens %+v", m)
		}
		return nil
	})
}

func TestWhatIsWrongIsMarkedAndNothingIsOpened(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Tenant(t, "deja-prise")
	before := d.count(t, "SELECT count(*) FROM platform.tenants WHERE state = 'spare'")
	for name, c := range map[string]struct{ field, value, says string }{
		"taken":      {"slug", "deja-prise", "Cette adresse est déjà prise. Choisissez-en une autre. centre-bellevue est libre."},
		"reserved":   {"slug", "admin", "Cette adresse est réservée."},
		"malformed":  {"slug", "é!", "Utilisez 3 à 40 lettres"},
		"empty":      {"slug", "", "centre-bellevue est libre."},
		"no company": {"name", "", "Indiquez le nom affiché"},
		"no name":    {"owner_name", " ", "Indiquez le nom du correspondant"},
		"mail":       {"owner_email", "ada", `id="owner_email-error"`},
		"phone":      {"phone", "12", `id="phone-error"`},
		"no phone":   {"phone", "", `id="phone-error"`},
		"street":     {"street", "", `id="street-error"`},
		"postcode":   {"postcode", "6900", `id="postcode-error"`},
		"city":       {"city", strings.Repeat("a", 121), `id="city-error"`},
		"trade":      {"trade", "pirate", `id="trade-error"`},
		"terms":      {"terms", "", "Lisez et acceptez les conditions"},
		"bot":        {"website", "http://spam", "Un champ caché a été rempli"},
		"plan":       {"plan", "luxe", "Choisissez une des formules."},
	} {
		res := d.send(t, application(c.field, c.value))
		if res.status != 422 || !strings.Contains(res.body, c.says) || !strings.Contains(res.body, `value="12 rue de la République"`) && c.field != "street" {
			t.Errorf("%s: %d, no %q: %s", name, res.status, c.says, res.body)
		}
	}
	if n := d.count(t, "SELECT count(*) FROM platform.tenants WHERE state = 'spare'"); n != before {
		t.Errorf("%d spares are left of %d", n, before)
	}
}

func TestWithoutASpareTheSiteSaysSo(t *testing.T) {
	t.Parallel()
	d := open(t)
	for i := range migrationstest.Spares {
		d.Tenant(t, "maison-"+strconv.Itoa(i))
	}
	if res := d.send(t, application()); res.status != 503 || !strings.Contains(res.body, "Toutes les places préparées sont prises.") {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestAnAddressIsJudgedWhileItIsTyped(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.Tenant(t, "cabinet-a")
	for query, want := range map[string]string{
		"slug=cabinet-b":                "cabinet-b.smartagenda.test est libre.",
		"slug=cabinet-a&name=Caf%C3%A9": "est déjà prise. Choisissez-en une autre. cafe est libre.",
		"name=Cabinet+A":                "cabinet-a-2 est libre.",
		"slug=www":                      "réservée",
		"slug=%3Cb%3E":                  "Utilisez 3 à 40 lettres",
		"":                              "Utilisez 3 à 40 lettres",
	} {
		if res := d.get(t, "/inscription/adresse?"+query); res.status != 200 || !strings.Contains(res.body, want) || strings.Contains(res.body, "<html") {
			t.Errorf("%s: %d %s", query, res.status, res.body)
		}
	}
}

func TestTermsKeepTheirVersions(t *testing.T) {
	t.Parallel()
	d := open(t)
	for path, status := range map[string]int{"/conditions": 200, "/conditions/1": 200, "/conditions/2": 404, "/conditions/0": 404} {
		if res := d.get(t, path); res.status != status {
			t.Errorf("%s: %d", path, res.status)
		}
	}
}

func TestPricesAreThoseOfThePlans(t *testing.T) {
	t.Parallel()
	d := open(t)
	if _, err := postgrestest.Super(t, d.Address).Exec("UPDATE control.plans SET price_cents = 2345 WHERE id = 'solo'"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/inscription"} {
		if body := d.get(t, path).body; !strings.Contains(body, "23,45\u00a0€ HT par mois") || !strings.Contains(body, "99,00\u00a0€") {
			t.Errorf("%s does not say the price: %s", path, body)
		}
	}
}
