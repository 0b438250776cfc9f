package site_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/tenantstest"
)

func TestHome(t *testing.T) {
	t.Parallel()
	s := open(t)
	home := s.get("/").wants(200, "Prendre rendez-vous", "Médecine générale, 12 rue de la République, Lyon", "Pour quel motif ?",
		"Prochain créneau libre", "Aujourd’hui à 9h", "Consultation avec Dr Ada Martin", "20 min · 30,00 €", "dès aujourd’hui",
		"Les praticiens", "69002 Lyon", "Lun. – ven. 9h – 12h, 14h – 18h Sam. et dim. Fermé", "04 78 00 12 34")
	if strings.Contains(home.text(), "Réunion") {
		t.Error("a service for members only is shown")
	}
	if first := home.links("/rdv/1/coordonnees"); len(first) != 1 {
		t.Fatalf("the next free slot leads to %v", first)
	} else {
		s.get(first[0]).wants(200, "Lundi 23 novembre 2026 à 9h", "Dr Ada Martin")
	}
	if got := home.links("/rdv/"); !slices.Equal(got[1:], []string{"/rdv/1", "/rdv/2"}) {
		t.Errorf("services lead to %v", got)
	}
	s.get("/", "Accept-Language", "en-GB,en;q=0.9").wants(200, "Book an appointment", "Today at 09:00", "€30.00", "Mon – Fri")
}

func TestHomeSpeaksAsTheHouseDoes(t *testing.T) {
	t.Parallel()
	s := open(t)
	for person, words := range map[catalog.Person][]string{
		catalog.Patient: {"Pour quel motif ?", "Les praticiens"},
		catalog.Client:  {"Quelle prestation ?", "L’équipe"},
		catalog.Pupil:   {"Quel cours ?", "Les enseignants"},
	} {
		s.profile(func(p *catalog.Profile) {
			p.Person, p.Heading, p.Notice, p.Presentation = person, "Venez <b>donc</b>", "Urgence : le 15", "Un.\r\n\r\nDeux."
		})
		s.get("/").wants(200, append(words, "Venez <b>donc</b>", "Urgence : le 15", "À propos", "Deux.")...)
		s.get("/", "Accept-Language", "en").wants(200, "Venez <b>donc</b>")
		s.get("/rdv/1", "Accept-Language", "en").wants(200)
	}
}

func TestAHouseWithNothingToOffer(t *testing.T) {
	t.Parallel()
	s := open(t)
	empty := s.Tenant(t, "vide")
	s.get(s.url(empty, "/")).wants(200, "Rien n’est réservable en ligne en ce moment.")
	for _, page := range []string{"/mentions-legales", "/accessibilite", "/confidentialite"} {
		s.get(s.url(empty, page)).wants(200, "Maison vide")
	}
	s.In(t, empty, func(ctx context.Context, sc postgres.Scope) error {
		id, err := catalog.AddService(ctx, sc, catalog.Service{Name: "Orpheline", Mode: catalog.Online, Reason: catalog.NoReason, Minutes: 20,
			GridMinutes: 20, HorizonDays: 30, Capacity: 1, Hue: 1})
		if err != nil {
			return err
		}
		_, err = practitioners.Add(ctx, sc, practitioners.Practitioner{Name: "Seul", ShortName: "Seul"})
		if err != nil {
			return err
		}
		return practitioners.Teach(ctx, sc, practitioners.Skill{ServiceID: id, PractitionerID: 1})
	})
	s.get(s.url(empty, "/")).wants(200, "Qui vous reçoit", "pas avant un mois")
	s.get(s.url(empty, "/rdv/1")).wants(200, "Aucun créneau cette semaine.", "Aucun créneau n’est libre en ligne")
	s.get(s.url(empty, "/rdv/1/coordonnees")).wants(409, "Aucun créneau n’est libre en ligne")
}

func TestAPausedHouseBooksNothingAndShowsWhatIsBooked(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(0, "10:20")
	typed := s.get(form(1, "11:00")).filled()
	s.Move(t, s.a, tenants.Terminated)
	s.Registry.Forget()
	for _, path := range []string{"/", "/rdv/1", form(1, "11:00")} {
		s.get(path).wants(503, "La réservation en ligne est en pause", "appelez l’établissement", "04 78 00 12 34", "restent valables")
	}
	s.post(form(1, "11:00"), typed).wants(503)
	s.post("/rdv/1/autre-creneau", typed).wants(503)
	if n := s.count(s.a, "SELECT count(*) FROM participations"); n != 1 {
		t.Errorf("%d appointments, want the first only", n)
	}
	if page := s.get(link).wants(200, "Rendez-vous confirmé"); len(page.links("/rdv/")) > 0 {
		t.Error("a paused house offers to book")
	}
	s.get("/confidentialite").wants(200)
	s.get("/theme.css").wants(200)
	s.post(link+"/annuler", nil).wants(303)
	s.get(link).wants(200, "Vous avez annulé")
}

func TestTwoPlacesHaveTheirOwnHours(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.change(func(ctx context.Context, sc postgres.Scope) error {
		id, err := catalog.AddLocation(ctx, sc, catalog.Location{Name: "Annexe", City: "Bron", Position: 2})
		if err != nil {
			return err
		}
		return practitioners.AddOpening(ctx, sc, practitioners.Opening{PractitionerID: tenantstest.Ada, LocationID: id, Weekday: 6,
			Opens: tenantstest.At("09:00"), Closes: tenantstest.At("12:30")})
	})
	s.get("/").wants(200, "Horaires, Cabinet", "Horaires, Annexe", "Samedi 9h – 12h30 Dim. – ven. Fermé")
}
