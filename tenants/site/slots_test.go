package site_test

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/tenantstest"
)

// A slot's page names what is free, so a booked moment is not there.
func TestSlots(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.book(tenantstest.Ada, "10:20")
	all := s.get("/rdv/1?du=2026-11-24").wants(200, "Quel moment vous convient ?", "Consultation, 20 min, 30,00 € Changer",
		"Indifférent", "Ada Martin", "Basile Petit", "Du 24 au 30 novembre 2026", "Matin", "Après-midi", "21 libres")
	if links := all.links(form(0, "10:20")); len(links) != 1 {
		t.Errorf("10h20 leads to %v: Basile is still free", links)
	}
	ada := s.get("/rdv/1?avec=1&du=2026-11-24").wants(200, "20 libres")
	if links := ada.links(form(1, "10:20")); len(links) != 0 {
		t.Errorf("Ada is offered at 10h20: %v", links)
	}
	names := map[string]bool{}
	ada.each(func(_ *html.Node, attrs map[string]string) { names[attrs["aria-label"]] = true })
	if !names["mardi 24 novembre à 11h avec Dr Ada Martin"] {
		t.Error("the slot's name does not say day, hour and practitioner")
	}
	if got := s.get("/rdv/2").wants(200, "Bilan"); strings.Contains(got.text(), "Indifférent") {
		t.Error("one practitioner alone is a choice")
	}
	for _, odd := range []string{"avec=99", "avec=x", "avec=-1", "avec=1e30", "avec[]=1", "du=x", "du=0001-01-01", "du=-5", "jour=x",
		"du=2026-11-24&du=x", "du[]=2026-11-24", "avec=%00"} {
		s.get("/rdv/1?"+odd).wants(200, "Quel moment vous convient ?", "Indifférent")
	}
	s.get("/rdv/1?du=9999-12-31").wants(200, "Aucun créneau cette semaine.", "Voir les premiers créneaux")
	s.get("/rdv/1?du=2026-12-29").wants(200, "Du 29 décembre 2026 au 4 janvier 2027")
	s.get("/rdv/1?du=2026-11-28", "Accept-Language", "en").wants(200, "28 November to 4 December 2026", "Anyone")
}

func TestTheFirstWeekShownHasSomethingFree(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.change(func(ctx context.Context, sc postgres.Scope) error {
		return practitioners.AddAbsence(ctx, sc, practitioners.Absence{StartsAt: tenantstest.Now, EndsAt: tuesday("12:00").AddDate(0, 0, 14)})
	})
	s.get("/rdv/1").wants(200, "Du 8 au 14 décembre 2026", "Matin Fermé")
	empty := s.get("/rdv/1?du=2026-11-24").wants(200, "Aucun créneau cette semaine.", "Le prochain est mardi 8 décembre à 14h.")
	if links := empty.links("/rdv/1?du=2026-12-08"); len(links) != 1 {
		t.Errorf("the next moment is led to by %v", empty.links("/rdv/"))
	}
	for path, want := range map[string]string{"/rdv/1?du=2026-12-05": "mar. 8, 12 libres", "/rdv/1?du=2026-12-05&jour=2026-12-09": "mer. 9, 21 libres"} {
		s.get(path).each(func(_ *html.Node, attrs map[string]string) {
			if attrs["aria-current"] == "date" && attrs["aria-label"] != want {
				t.Errorf("%s: a phone shows %s, want %s", path, attrs["aria-label"], want)
			}
		})
	}
}

func TestManyPractitionersAreChosenFromAList(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.change(func(ctx context.Context, sc postgres.Scope) error {
		for _, name := range []string{"Carl", "Dora", "Eve"} {
			id, err := practitioners.Add(ctx, sc, practitioners.Practitioner{Name: name, ShortName: name})
			if err != nil {
				return err
			}
			cents := 4500
			if err := practitioners.Teach(ctx, sc, practitioners.Skill{ServiceID: 1, PractitionerID: id, PriceCents: &cents}); err != nil {
				return err
			}
		}
		return nil
	})
	a := s.get("/rdv/1?avec=2").wants(200, "Afficher", "Dora", "20 min, 30,00 €")
	chosen := ""
	a.each(func(n *html.Node, attrs map[string]string) {
		if _, ok := attrs["selected"]; ok {
			chosen = inner(n)
		}
	})
	if chosen != "Dr Basile Petit" {
		t.Errorf("%q is chosen", chosen)
	}
	s.get("/rdv/1?avec=").wants(200, "à partir de 30,00 €")
	s.get("/rdv/1?avec=4").wants(200, "45,00 €", "Aucun créneau cette semaine.")
}
