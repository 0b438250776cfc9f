package office_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants/instructions"
)

const instructionPath = "/agenda/instruction"

func instruction(change url.Values) url.Values {
	form := url.Values{"extent": {"read"}, "hours": {"4"}, "reason": {"Un rendez-vous n’apparaît pas."}, "password": {password}}
	for name, values := range change {
		form[name] = values
	}
	return form
}

func TestTheOwnerOpensTheSpaceAndClosesIt(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.get(instructionPath).is(200, "la base de données le leur refuse", "avec psql", "n’y serait pas inscrit", "chiffrés").lacks("Y mettre fin")
	b.post(instructionPath, instruction(nil)).leads(instructionPath)
	b.get(instructionPath).is(200, "Instruction donnée.", "Un rendez-vous n’apparaît pas.", "Ada Martin", "Y mettre fin maintenant", "Aujourd’hui à 12h", "0 page")
	for _, path := range []string{"/agenda/jour", "/agenda/compte", "/agenda/rendez-vous/nouveau"} {
		b.get(path).is(200, "SmartAgenda peut voir cet espace. Fin prévue aujourd’hui à 12h.", "Voir ou y mettre fin")
	}
	s.in(s.a, "reader").get("/agenda/jour").is(200, "SmartAgenda peut voir cet espace.").lacks("Voir ou y mettre fin")
	s.in(s.b, "owner").get("/agenda/jour").is(200).lacks("SmartAgenda peut voir")
	b.post(instructionPath, instruction(nil)).is(409, "Une instruction est déjà en cours.")
	b.post(instructionPath+"/fin", url.Values{"x": {""}}).leads(instructionPath)
	b.get(instructionPath).is(200, "Votre espace est refermé.", "Instructions passées", "Un rendez-vous n’apparaît pas.", "Donner l’instruction").lacks("SmartAgenda peut voir")
	if n := s.count(s.a, "SELECT count(*) FROM audit WHERE act IN ('instruction.give', 'instruction.end') AND actor_id = 1"); n != 2 {
		t.Errorf("%d of the owner's two acts are in the journal", n)
	}
}

func TestAnInstructionTakesTheOwnersPassword(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.post(instructionPath, instruction(url.Values{"password": {"faux"}})).is(422, "Ce n’est pas votre mot de passe.", "Un rendez-vous n’apparaît pas.")
	b.post(instructionPath, instruction(url.Values{"hours": {"100"}, "reason": {""}})).is(422, "Choisissez une durée de la liste.", "Écrivez la raison")
	reader := s.in(s.a, "reader")
	reader.get(instructionPath).is(403, "réservée au responsable")
	reader.post(instructionPath, instruction(nil)).is(403)
	reader.post(instructionPath+"/fin", url.Values{"x": {""}}).is(403)
	db := postgrestest.Super(t, s.Address)
	var n int
	if err := db.QueryRow("SELECT count(*) FROM platform.instructions").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d instructions were given, %v", n, err)
	}
}

// A house whose subscription rests may still ask for help.
func TestAPausedHouseMayLetSmartAgendaLook(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.suspend(s.a)
	s.in(s.a, "owner").post(instructionPath, instruction(url.Values{"extent": {"write"}})).leads(instructionPath)
	s.in(s.a, "owner").get("/agenda/compte").is(200, "peut voir et corriger cet espace")
}

func TestTheOwnerSeesHowManyPagesWereSeenAndWhenItEnded(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.post(instructionPath, instruction(nil)).leads(instructionPath)
	console := s.Console(t)
	for range 2 {
		err := instructions.Look(t.Context(), console, instructions.View{Tenant: s.a.ID, Staff: 7, Act: "support.day"},
			func(context.Context, postgres.Scope, instructions.Instruction) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	b.get(instructionPath).is(200, "2 pages")
	s.Clock.Advance(5 * time.Hour)
	s.in(s.a, "owner").get(instructionPath).is(200, "Instructions passées", "2 pages", "Aujourd’hui à 12h").lacks("SmartAgenda peut voir")
}
