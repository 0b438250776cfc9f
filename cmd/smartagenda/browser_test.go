package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants"
)

// Somebody who books, and when.
const (
	someone = "Camille Roussel"
	mailbox = "camille@exemple.fr"
	moment  = "mardi 24 novembre à 10h20"
)

func TestWhoBooksOnAPhoneIsFoundInTheAgendaAndCancelledThere(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	p := b.open(b.a.Slug, onPhone)
	p.choose(moment)
	p.introduce()
	p.click("Confirmer le rendez-vous")
	p.see("C’est noté, Camille.")
	p.see("Mardi 24 novembre 2026 à 10h20 Consultation")
	p.see("Dr Basile Petit")

	p = b.open(b.a.Slug, onDesk)
	p.signIn(b.a)
	p.click("Période suivante")
	p.click(someone)
	p.see("06 12 34 56 78")
	p.see("10h20 – 10h40")
	p.click("Annuler")
	p.see("Annuler ce rendez-vous ?")
	p.click("Annuler le rendez-vous")
	p.see("Rendez-vous de " + someone + " annulé.")
	p.see("par l’équipe, aujourd’hui")

	p = b.open(b.a.Slug, onPhone)
	p.choose(moment) // the slot is free again
	p.see("Vos coordonnées")
}

func TestEverythingWorksWithoutScripts(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	p := b.open(b.a.Slug, screen{width: 390, plain: true})
	p.choose(moment)
	p.introduce()
	p.click("Confirmer le rendez-vous")
	p.see("C’est noté, Camille.")

	desk := b.open(b.a.Slug, screen{width: 1280, plain: true})
	desk.signIn(b.a)
	desk.click("Période suivante")
	desk.see("10h20 – 10h40 " + someone)

	p.visit(b.link(mailbox))
	p.see("Rendez-vous confirmé")
	p.click("Annuler le rendez-vous")
	p.see("Annuler ce rendez-vous ?")
	p.click("Annuler le rendez-vous")
	p.see("Vous avez annulé ce rendez-vous.")

	desk.click(someone)
	desk.see("par le patient, aujourd’hui")
}

func TestAnAnswerToCorrectLosesNothingThatWasTyped(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	for _, plain := range []bool{false, true} {
		p := b.open(b.a.Slug, screen{width: 390, plain: plain})
		p.choose(moment)
		p.introduce()
		p.fill("E-mail", "camille@")
		p.fill("Un mot pour", "Renouvellement")
		p.click("Confirmer le rendez-vous")
		p.see("Une réponse est à corriger")
		p.answered(422)
		for label, value := range map[string]string{"Prénom": "Camille", "Nom": "Roussel", "Téléphone": "06 12 34 56 78",
			"E-mail": "camille@", "Un mot pour": "Renouvellement"} {
			p.holds(label, value)
		}
	}
}

// The first answer is held back, so that both presses fall on the form.
func TestAConfirmationPressedTwiceBooksOnce(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	super := postgrestest.Super(t, b.Address)
	for i, plain := range []bool{false, true} {
		p := b.open(b.a.Slug, screen{width: 390, plain: plain})
		p.choose([]string{moment, "mardi 24 novembre à 11h"}[i])
		p.introduce()
		at := p.point(`pressed("Confirmer le rendez-vous")`)
		tx, err := super.Begin()
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		if _, err := tx.Exec("LOCK TABLE " + b.a.ID.Schema() + ".appointments IN ACCESS EXCLUSIVE MODE"); err != nil {
			t.Fatal(err)
		}
		p.press(at)
		p.sends(1)
		p.press(at)
		if plain { // nothing holds the browser back: both arrive
			p.sends(2)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		p.see("C’est noté, Camille.")
		var booked int
		if err := super.QueryRow("SELECT count(*) FROM " + b.a.ID.Schema() + ".appointments").Scan(&booked); err != nil || booked != i+1 {
			t.Errorf("without scripts %v: %d appointments in all, want %d; %v", plain, booked, i+1, err)
		}
	}
}

// choose goes from the home page to the form, for a moment of Tuesday.
func (p *page) choose(when string) {
	p.t.Helper()
	p.click("Consultation 20 min")
	p.click("Basile Petit")
	p.shows("avec Dr Basile Petit")
	p.click("mar. 24")
	p.click(when + " avec Dr Basile Petit")
	p.see("Vos coordonnées")
}

// introduce fills in the form.
func (p *page) introduce() {
	p.t.Helper()
	first, last, _ := strings.Cut(someone, " ")
	p.fill("Prénom", first)
	p.fill("Nom", last)
	p.fill("Téléphone", "06 12 34 56 78")
	p.fill("E-mail", mailbox)
}

func (p *page) signIn(one tenants.Tenant) {
	p.t.Helper()
	p.visit("/agenda")
	p.fill("E-mail", fmt.Sprintf("owner@%s.test", one.Slug))
	p.fill("Mot de passe", password)
	p.click("Se connecter")
	p.shows("Période suivante")
}

// link carries out the jobs that are due and gives the link of the mail.
func (s *scene) link(to string) string {
	s.t.Helper()
	ctx := context.Background()
	due, err := jobstore.Take(ctx, s.Control, 100)
	if err != nil {
		s.t.Fatal(err)
	}
	runner, err := s.program.runner(nil) // nothing here erases a space
	if err != nil {
		s.t.Fatal(err)
	}
	for _, j := range due {
		if err := runner.Run(ctx, j); err != nil {
			s.t.Fatal(err)
		}
	}
	for _, m := range s.box.List(to) {
		for _, word := range strings.Fields(m.Text) {
			if strings.Contains(word, "/m/") {
				return word
			}
		}
	}
	s.t.Fatalf("no link came to %s among %d jobs", to, len(due))
	return ""
}
