package site_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"smartagenda/tenants/tenantstest"
)

func TestAFormComesBackAsItWasTyped(t *testing.T) {
	t.Parallel()
	s := open(t)
	long := strings.Repeat("é", 10_000)
	t.Cleanup(func() {
		if n := s.count(s.a, "SELECT count(*) FROM patients"); n != 0 {
			t.Errorf("%d files were kept", n)
		}
	})
	for name, one := range map[string]struct {
		typed  map[string]string
		fields []string
		says   string
	}{
		"empty":      {map[string]string{"first_name": " ", "last_name": "", "phone": "", "email": ""}, []string{"first_name", "last_name", "phone"}, "3 réponses sont à corriger"},
		"long":       {map[string]string{"first_name": long, "reason": long}, []string{"first_name", "reason"}, "Prénom : c’est trop long : 80 caractères au plus."},
		"control":    {map[string]string{"last_name": "Ro\x00uss\x07el"}, []string{"last_name"}, "Nom : retirez les caractères spéciaux"},
		"direction":  {map[string]string{"last_name": "a\u202eb"}, []string{"last_name"}, "Une réponse est à corriger"},
		"not text":   {map[string]string{"last_name": "\xff\xfe"}, []string{"last_name"}, "Une réponse est à corriger"},
		"phone":      {map[string]string{"phone": "06 12 34 5"}, []string{"phone"}, "Téléphone : ce numéro est incomplet"},
		"phone long": {map[string]string{"phone": strings.Repeat("1", 10_000)}, []string{"phone"}, "Ce numéro a trop de chiffres."},
		"mail":       {map[string]string{"email": "camille@"}, []string{"email"}, "E-mail : cette adresse e-mail n’est pas valable."},
		"no contact": {map[string]string{"phone": "", "email": " "}, []string{"phone"}, "Indiquez un téléphone ou une adresse e-mail"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			typed := s.get(form(1, "11:00")).filled()
			for k, v := range one.typed {
				typed.Set(k, v)
			}
			a := s.post(form(1, "11:00"), typed).wants(422, one.says)
			if got := a.marked(); !slices.Equal(got, one.fields) {
				t.Errorf("marked are %v, want %v", got, one.fields)
			}
			back := a.fields()
			for _, k := range []string{"first_name", "last_name", "phone", "email", "reason", "idempotency_key"} {
				if want := strings.ToValidUTF8(strings.ReplaceAll(typed.Get(k), "\x00", "\ufffd"), "\ufffd"); name != "not text" && back.Get(k) != want {
					t.Errorf("%s comes back as %.40q, want %.40q", k, back.Get(k), want)
				}
			}
			if !strings.HasPrefix(a.title(), "Erreur : ") {
				t.Errorf("the title is %q", a.title())
			}
		})
	}
}

func TestHTMLInANameIsText(t *testing.T) {
	t.Parallel()
	s := open(t)
	evil := `<img src=x onerror=alert(1)>"'&`
	typed := s.get(form(1, "11:00")).filled()
	typed.Set("first_name", evil)
	typed.Set("reason", "</textarea><script>alert(1)</script>")
	typed.Set("phone", "1")
	wrong := s.post(form(1, "11:00"), typed).wants(422)
	typed.Set("phone", "0612345678")
	a := s.post(form(1, "11:00"), typed).wants(303)
	for _, page := range []answer{wrong, s.get(a.Header.Get("Location")).wants(200, "C’est noté, "+evil)} {
		page.each(func(n *html.Node, attrs map[string]string) {
			if n.Data == "img" || n.Data == "script" && attrs["src"] == "" {
				t.Errorf("<%s> came from what was typed", n.Data)
			}
		})
	}
}

func TestOddFormsStoreNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	before := s.print()
	typed := s.get(form(1, "11:00")).filled()
	arrays := url.Values{"policy": typed["policy"]}
	for k, v := range typed {
		arrays[k+"[]"] = v
	}
	s.post(form(1, "11:00"), arrays).wants(422)
	s.post(form(1, "11:00"), nil).wants(422)
	s.send(http.MethodPost, form(1, "11:00"), nil, "Content-Type", "multipart/form-data; boundary=x").wants(422)
	for _, start := range []string{"", "x", "2026-11-24", "2026-11-24T10:03:00Z", "2026-11-24T09:20:00.5Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
		"2020-01-06T09:00:00Z", "1e30", "-1", "2026-11-24T09:20:00+99:00", "2027-11-24T09:20:00Z"} {
		path := "/rdv/1/coordonnees?" + url.Values{"debut": {start}}.Encode()
		s.get(path).wants(409, "Ce créneau n’est plus proposé. En voici d’autres.")
		a := s.post(path, typed).wants(409, "Vos réponses sont gardées.")
		if got := a.fields(); got.Get("last_name") != "Roussel-Delacourt" {
			t.Errorf("%q: what was typed is lost: %v", start, got)
		}
	}
	for _, with := range []string{"99", "x", "-1", "1e30", "99999999999999999999999999"} {
		path := form(0, "11:00") + "&avec=" + with
		s.get(path).wants(409)
		s.post(path, typed).wants(409)
		s.post("/rdv/1/autre-creneau?avec="+with, typed).wants(200)
	}
	if after := s.print(); after != before {
		t.Error("something was stored")
	}
}

func TestALostSlotKeepsEverythingTyped(t *testing.T) {
	t.Parallel()
	s := open(t)
	typed := s.get(form(1, "10:20")).filled()
	s.book(tenantstest.Ada, "10:20")
	lost := s.post(form(1, "10:20"), typed).wants(409, "Ce créneau vient d’être pris. En voici d’autres.", "Mardi 24 novembre")
	back := lost.fields()
	for _, k := range []string{"first_name", "last_name", "phone", "email", "reason"} {
		if back.Get(k) != typed.Get(k) {
			t.Errorf("%s is %q, want %q", k, back.Get(k), typed.Get(k))
		}
	}
	var starts []string
	action := ""
	lost.each(func(n *html.Node, attrs map[string]string) {
		if n.Data == "button" && attrs["name"] == "debut" {
			starts = append(starts, attrs["value"])
		}
		if n.Data == "form" {
			action = attrs["action"]
		}
		if n.Data == "a" && strings.Contains(attrs["href"], "coordonnees") {
			t.Errorf("a link would lose what was typed: %s", attrs["href"])
		}
	})
	if slices.Contains(starts, tuesday("10:20").UTC().Format("2006-01-02T15:04:05Z")) || len(starts) == 0 {
		t.Fatalf("offered are %v", starts)
	}
	back.Set("debut", starts[len(starts)-1])
	again := s.post(action, back).wants(200, "Vos coordonnées")
	for _, k := range []string{"first_name", "last_name", "phone", "email", "reason"} {
		if got := again.fields().Get(k); got != typed.Get(k) {
			t.Errorf("%s comes back as %q, want %q", k, got, typed.Get(k))
		}
	}
	if again.fields().Get("idempotency_key") == typed.Get("idempotency_key") {
		t.Error("another moment has the same key")
	}
	again.each(func(n *html.Node, attrs map[string]string) {
		if n.Data == "form" {
			action = attrs["action"]
		}
	})
	s.post(action, again.fields()).wants(303)
	if n := s.count(s.a, "SELECT count(*) FROM participations"); n != 2 {
		t.Errorf("%d appointments", n)
	}
}

func TestOtherDaysAreReachedWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := open(t)
	typed := s.get(form(1, "10:20")).filled()
	typed.Set("du", "2026-11-24")
	first := s.post("/rdv/1/autre-creneau?avec=1", typed).wants(200, "Mardi 24 novembre", "Jours suivants", "Voir les premiers créneaux", "Voir tous les agendas")
	later := first.fields()
	later.Set("du", "2026-11-27")
	s.post("/rdv/1/autre-creneau?avec=1", later).wants(200, "Vendredi 27 novembre", "Lundi 30 novembre")
	later.Set("du", "9999-12-31")
	s.post("/rdv/1/autre-creneau?avec=1", later).wants(200, "Lundi 23 novembre")
	later.Set("debut", "2026-11-24T03:00:00Z")
	if got := s.post("/rdv/1/autre-creneau?avec=1", later).wants(409, "n’est plus proposé").fields(); got.Get("phone") != "06 12 34 56 78" {
		t.Error("what was typed is lost")
	}
}
