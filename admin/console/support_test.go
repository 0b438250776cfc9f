package console_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/instructions"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/tenantstest"
)

// book makes an appointment of the first house: Camille's, on Tuesday at 10:20.
func (s *scene) book() (a booking.Appointment) {
	s.t.Helper()
	paris, _ := calendar.LoadZone("Europe/Paris")
	s.In(s.t, s.a, func(ctx context.Context, sc postgres.Scope) (err error) {
		a, err = booking.Reserve(ctx, sc, booking.Request{Actor: booking.Visitor, Source: booking.FromSite, Service: tenantstest.Consult, Practitioner: tenantstest.Ada,
			Start: calendar.NewDate(2026, 11, 24).At(calendar.HourMinute(10, 20), paris), Reason: "Renouvellement", Policy: 1,
			Person: patients.Draft{FirstName: "Camille", LastName: "Roussel", Email: "camille@exemple.fr", Phone: "06 12 34 56 78"}})
		return err
	})
	return a
}

// instruct has the owner of the first house let staff look for an hour.
func (s *scene) instruct() {
	s.t.Helper()
	s.In(s.t, s.a, func(ctx context.Context, sc postgres.Scope) error {
		return instructions.Give(ctx, sc, instructions.Order{Extent: instructions.Read, Hours: 1, Reason: "Un rendez-vous manque.", Member: 1})
	})
}

func TestStaffLookOnlyUnderAnInstruction(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book()
	path := "/abonnes/" + s.a.ID.String()
	b := s.in(staff.Support)
	pages := map[string]string{
		"/support?jour=2026-11-24":                              "Mardi 24 novembre 2026",
		"/support/patients?q=roussel":                           "camille@exemple.fr",
		fmt.Sprintf("/support/patients/%d", a.Patient.ID):       "06 12 34 56 78",
		fmt.Sprintf("/support/rendez-vous/%d", a.Participation): "Chiffré : seul le Professionnel peut le lire.",
	}
	for page := range pages {
		b.get(path+page).is(403, "La base de données refuse cet accès", "dans son Agenda, page « Instruction »").lacks("Roussel", "camille@")
	}
	b.get(path).is(200, "Aucune instruction en cours").lacks("Regarder l’espace")
	s.instruct()
	b.get("/").is(200, "Maison cabinet-a vous ouvre son espace", "« Un rendez-vous manque. », fin prévue aujourd’hui à 9h")
	b.get(path).is(200, "Regarder l’espace", "Un rendez-vous manque.", "Instruction donnée")
	for page, says := range pages {
		b.get(path+page).is(200, says, "Camille Roussel", "Vous êtes chez Maison cabinet-a sur instruction", "fin prévue aujourd’hui à 9h", "inscrite dans le journal").lacks("Renouvellement")
	}
	b.get("/abonnes/"+s.b.ID.String()+"/support").is(403, "La base de données refuse cet accès")
	b.get(path + "/support/rendez-vous/999").is(404)
	b.get(path + "/support/patients/999").is(404)
	s.in(staff.Billing).get(path+"/support").is(403, "Votre rôle")
	if n := s.count("SELECT count(DISTINCT act) FROM "+s.a.ID.Schema()+".audit WHERE actor = 'staff' AND actor_id = $1 AND facts->>'instruction' = '1'", s.staff[staff.Support]); n != len(pages) {
		t.Errorf("%d kinds of views are in the house's journal, want %d", n, len(pages))
	}
	if n := s.count("SELECT count(*) FROM " + s.b.ID.Schema() + ".audit WHERE actor = 'staff'"); n != 0 {
		t.Errorf("%d views of the house that lets nobody look", n)
	}
	s.Clock.Advance(2 * time.Hour)
	s.in(staff.Support).get(path+"/support?jour=2026-11-24").is(403, "La base de données refuse cet accès").lacks("Roussel")
	s.in(staff.Support).get(path).is(200, "Instruction terminée", "Aucune instruction en cours")
}

func TestAHiddenFileStaysHiddenFromStaff(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book()
	s.instruct()
	s.sql("UPDATE "+s.a.ID.Schema()+".patients SET restricted_at = $1", s.Clock.Now())
	path, b := "/abonnes/"+s.a.ID.String(), s.in(staff.Admin)
	for _, page := range []string{"/support?jour=2026-11-24", fmt.Sprintf("/support/patients/%d", a.Patient.ID), fmt.Sprintf("/support/rendez-vous/%d", a.Participation)} {
		b.get(path+page).is(200, "Fiche masquée").lacks("Roussel", "camille@", "06 12 34")
	}
}

func TestTheViewOfADayThatIsNoneIsToday(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.instruct()
	path, b := "/abonnes/"+s.a.ID.String()+"/support", s.in(staff.Support)
	for _, day := range []string{"", "?jour=hier", "?jour=2026-02-31", "?jour=%00"} {
		b.get(path+day).is(200, "Lundi 23 novembre 2026", "Aucun rendez-vous.", "Lendemain")
	}
	b.get(path+"/patients?q=%00%ff").is(200, "Personne ne correspond.")
	b.get(path+"/patients").is(200, "Chercher un patient")
}

func TestASpaceThatIsGoneCannotBeLookedInto(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.Move(t, s.a, tenants.Purged)
	b := s.in(staff.Support)
	b.get("/abonnes/"+s.a.ID.String()+"/support").is(403, "La base de données refuse cet accès")
	b.get("/abonnes/" + s.a.ID.String()).is(200).lacks("Regarder l’espace")
}

func TestTheFateOfEachMessageIsTold(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book()
	s.instruct()
	b := s.in(staff.Support)
	page := fmt.Sprintf("/abonnes/%s/support/rendez-vous/%d", s.a.ID, a.Participation)
	for state, says := range map[string]string{"waiting": "En attente", "sending": "En cours d’envoi", "sent": "Envoyé", "delivered": "Remis", "failed": "Non remis (gave_up)", "unknown": "Remise incertaine", "skipped": "Retiré"} {
		s.sql("UPDATE "+s.a.ID.Schema()+".messages SET state = $1, error = CASE WHEN $1 = 'failed' THEN 'gave_up' ELSE '' END", state)
		b.get(page).is(200, "Mail : confirmation", says)
	}
	for _, kind := range []string{"confirmation", "received", "cancellation", "reminder", "closing"} {
		s.sql("DELETE FROM " + s.a.ID.Schema() + ".messages WHERE id > 1")
		s.sql("UPDATE "+s.a.ID.Schema()+".messages SET kind = $1", kind)
		b.get(page).is(200)
	}
	for _, status := range booking.Statuses() {
		s.sql("UPDATE "+s.a.ID.Schema()+".participations SET status = $1, cancelled_by = CASE WHEN $1 = 'cancelled' THEN 'member' END, cancelled_at = CASE WHEN $1 = 'cancelled' THEN $2::timestamptz END", string(status), s.Clock.Now())
		b.get(page).is(200)
	}
}
