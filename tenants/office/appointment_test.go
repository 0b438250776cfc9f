package office_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/patients"
)

func at(a booking.Appointment) string { return fmt.Sprintf("/agenda/rendez-vous/%d", a.Participation) }

func TestThePanelShowsOneAppointment(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, func(r *booking.Request) { r.Actor, r.Note = booking.Member(owner), "À rappeler\navant midi" })
	theirs := s.book(s.b, func(r *booking.Request) {
		r.Person = patients.Draft{FirstName: "Zoé", LastName: "Secret", Email: "zoe@exemple.fr"}
		r.Reason = "Confidentiel"
	})
	if a.Participation != theirs.Participation {
		t.Fatal("the houses' rows have different ids")
	}
	s.sql(s.a, "UPDATE patients SET born_on = '1979-03-12', title = 'mme'")
	b := s.in(s.a, "owner")
	says := []string{"Camille Roussel", "10h20 – 10h40, Consultation", "Réservé", "Avec Dr Ada Martin", "Lieu Cabinet", "06 12 34 56 78", "camille@exemple.fr",
		"Née le 12/03/1979, 47 ans", "« Renouvellement »", "Note interne", "À rappeler avant midi", "Pris en ligne, aujourd’hui à 8h",
		"Mail de confirmation attend de partir", "SMS de rappel partira aujourd’hui à 10h20"}
	whole := b.get(at(a)).is(200, append(says, "Mardi 24 novembre")...).lacks("Secret", "Zoé", "Confidentiel")
	part := b.get(at(a), "HX-Request", "true").is(200, says...).lacks("Secret", "<html", "<main")
	if !strings.HasPrefix(strings.TrimSpace(part.body), `<aside class="panel" id="panel"`) || !strings.Contains(part.body, `href="tel:+33612345678"`) {
		t.Errorf("the part is %.80q", part.body)
	}
	for _, got := range []reply{whole, part} {
		if !strings.Contains(got.header.Get("Vary"), "HX-Request") {
			t.Errorf("Vary is %q", got.header.Get("Vary"))
		}
		if title := got.body[strings.Index(got.body, "<title>")+1:]; strings.Contains(title[:min(len(title), 80)], "Roussel") {
			t.Error("a name stands in the title")
		}
	}
	if !strings.Contains(whole.body, fmt.Sprintf(`data-opened="%d"`, a.Participation)) {
		t.Error("the calendar does not know what is open")
	}
}

func TestReadingWhatAPatientWroteIsWrittenDown(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	plain := s.book(s.a, func(r *booking.Request) { r.Reason, r.Start = "", tuesday("11:00") })
	b := s.in(s.a, "reader")
	b.get(at(a)).is(200, "« Renouvellement »")
	b.get(at(a), "HX-Request", "true").is(200)
	b.get(at(plain)).is(200).lacks("Mot laissé")
	if n := s.count(s.a, fmt.Sprintf("SELECT count(*) FROM audit WHERE act = 'appointment.view' AND actor = 'member' AND actor_id = %d AND subject_id = %d", reader, a.Participation)); n != 2 {
		t.Errorf("%d views written down, want 2", n)
	}
	if n := s.count(s.a, "SELECT count(*) FROM audit WHERE act = 'appointment.view'"); n != 2 {
		t.Errorf("%d views in all, want 2", n)
	}
}

func TestIdsThatAreNoneAreNotFound(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.book(s.b, nil) // theirs is 1
	b := s.in(s.a, "owner")
	for _, id := range []string{"1", "0", "-1", "99", "9223372036854775807", "9223372036854775808", "1x", "%31%00", "1%27"} {
		for _, tail := range []string{"", "/annuler"} {
			b.get("/agenda/rendez-vous/" + id + tail).is(404).lacks("Camille")
			if tail != "" {
				b.post("/agenda/rendez-vous/"+id+tail, nil).is(404).lacks("Camille")
			}
		}
	}
	if n := s.count(s.b, "SELECT count(*) FROM participations WHERE status = 'booked'"); n != 1 {
		t.Error("theirs was cancelled")
	}
}

func TestAFileThatIsHiddenShowsNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, func(r *booking.Request) { r.Actor, r.Note = booking.Member(owner), "Une note" })
	b := s.in(s.a, "owner")
	for holder, says := range map[string]string{"restricted_at": "Fiche verrouillée", "erased_at": "Fiche effacée"} {
		s.sql(s.a, "UPDATE patients SET "+holder+" = now()")
		for _, path := range []string{at(a), at(a) + "/annuler", "/agenda/jour?date=2026-11-24", "/agenda/flux?start=2026-11-24&end=2026-11-25"} {
			got := b.get(path)
			got.lacks("Roussel", "Camille", "camille@exemple.fr", "Renouvellement", "Une note", "+33612345678")
			if !strings.Contains(got.body, says) {
				t.Errorf("%s does not say %q", path, says)
			}
		}
		b.get("/agenda/patients?q=roussel", "HX-Request", "true").is(200).lacks("Camille")
		b.post("/agenda/rendez-vous", with(s.form(b), "patient", "1", "time", "11h")).is(422, "Cette fiche n’existe pas.").lacks("Camille")
		s.sql(s.a, "UPDATE patients SET "+holder+" = NULL")
	}
}

func TestTheRailSaysWhatBecameOfEachMessage(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "owner")
	id := s.count(s.a, "SELECT id FROM messages WHERE kind = 'confirmation' AND channel = 'mail'")
	for state, says := range map[string]string{
		"waiting": "Mail de confirmation attend de partir", "sending": "en cours d’envoi", "sent": "envoyé hier à 17h04", "delivered": "remis hier à 17h04",
		"failed": "non remis hier à 17h04 : l’adresse ou le numéro est refusé.", "unknown": "remise incertaine", "skipped": "retiré hier à 17h04",
	} {
		s.sql(s.a, "UPDATE messages SET state = $1, settled_at = CASE WHEN $1 IN ('waiting', 'sending') THEN NULL ELSE '2026-11-22 16:04Z'::timestamptz END, error = CASE WHEN $1 = 'failed' THEN 'refused' ELSE 'nobody knows' END WHERE id = $2", state, id)
		b.get(at(a)).is(200, says).lacks("nobody knows")
	}
	s.sql(s.a, "UPDATE messages SET state = 'sent', settled_at = '2025-11-22 16:04Z' WHERE id = $1", id)
	b.get(at(a)).is(200, "le samedi 22 novembre 2025 à 17h04")
}

func TestEveryMessageAndReasonHasItsWords(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "owner")
	for _, kind := range []messages.Kind{messages.Confirmation, messages.Received, messages.Cancellation, messages.Reminder} {
		for _, channel := range []messages.Channel{messages.Mail, messages.SMS} {
			s.sql(s.a, "INSERT INTO messages (kind, channel, participation_id, sequence, state, due_at, created_at, error) VALUES ($1, $2, $3, 9, 'sent', now(), now(), '')", string(kind), string(channel), a.Participation)
		}
	}
	for i, code := range []string{"refused", "gave_up", "not_delivered", "uncertain", "interrupted", "mail_unavailable", "sms_unavailable", "withdrawn", "unwanted"} {
		s.sql(s.a, "INSERT INTO messages (kind, channel, participation_id, sequence, state, due_at, created_at, error) VALUES ('reminder', 'sms', $1, $2, 'failed', now(), now(), $3)", a.Participation, 20+i, code)
	}
	for _, source := range []string{"site", "agenda", "api"} {
		s.sql(s.a, "UPDATE appointments SET source = $1", source)
		for _, by := range []string{"patient", "member", "system"} {
			s.sql(s.a, "UPDATE participations SET status = 'cancelled', cancelled_at = '2026-11-22 16:04Z', cancelled_by = $1", by)
			for _, lang := range []string{"fr", "en"} {
				b.get(at(a), "Accept-Language", lang).is(200) // a missing sentence fails by itself
			}
		}
	}
	for _, role := range []string{"owner", "manager", "practitioner", "assistant", "reader"} {
		s.sql(s.a, "UPDATE members SET role = $1 WHERE id = 1", role)
		b.get("/agenda/compte").is(200)
	}
	for title, born := range map[string]string{"": "Naissance", "m": "Né le", "mme": "Née le"} {
		s.sql(s.a, "UPDATE patients SET title = $1, born_on = '2026-01-01'", title)
		b.get(at(a)).is(200, born+" 01/01/2026, 0 an")
	}
}

func TestCancellingAsksFirst(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "owner")
	b.get(at(a)).is(200, "Annuler")
	says := []string{"Annuler ce rendez-vous ?", "Camille Roussel", "mardi 24 novembre 2026 à 10h20", "Prévenir le patient", "Par mail et par SMS.", "Garder le rendez-vous"}
	b.get(at(a)+"/annuler").is(200, append(says, "Aller au contenu")...)
	b.get(at(a)+"/annuler", "HX-Request", "true").is(200, says...).lacks("<html")
	if n := s.count(s.a, "SELECT count(*) FROM participations WHERE status = 'booked'"); n != 1 {
		t.Error("a look has cancelled it")
	}
	b.post(at(a)+"/annuler", map[string][]string{"tell": {"1"}}).leads(at(a))
	b.get(at(a)).is(200, "Rendez-vous de Camille Roussel annulé.", "Annulé par l’équipe, aujourd’hui à 8h", "SMS de rappel retiré aujourd’hui à 8h : le rendez-vous a changé.", "Mail d’annulation").lacks("/annuler")
	if n := s.count(s.a, "SELECT count(*) FROM messages WHERE kind = 'cancellation'"); n != 2 {
		t.Errorf("%d messages tell of it, want 2", n)
	}
	if n := s.count(s.a, "SELECT count(*) FROM audit WHERE act = 'appointment.cancel' AND actor = 'member' AND actor_id = 1"); n != 1 {
		t.Error("it is not in the audit")
	}
	if len(drawn(b.feed("2026-11-24", "2026-11-25"))) != 0 {
		t.Error("it still stands in the Agenda")
	}
	s.book(s.a, nil) // the time is free again
}

func TestOneMayCancelWithoutAWord(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	s.in(s.a, "owner").post(at(a)+"/annuler", nil).leads(at(a))
	if n := s.count(s.a, "SELECT count(*) FROM messages WHERE kind = 'cancellation'"); n != 0 {
		t.Errorf("%d messages tell of it, want none", n)
	}
}

func TestTheQuestionSaysHowThePersonIsTold(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	for i, c := range []struct{ email, phone, says string }{
		{"a@exemple.fr", "", "Par mail."}, {"", "06 12 34 56 78", "Par SMS."}, {"", "04 78 00 12 34", "La fiche n’a ni e-mail ni portable"}, {"", "", "personne ne sera prévenu"},
	} {
		a := s.book(s.a, func(r *booking.Request) {
			r.Actor, r.Start = booking.Member(owner), tuesday("09:00").Add(time.Duration(i)*20*time.Minute)
			r.Person.Email, r.Person.Phone, r.Person.LastName = c.email, c.phone, fmt.Sprint("N", i)
		})
		got := b.get(at(a)+"/annuler").is(200, c.says)
		if told := strings.Contains(got.body, `name="tell"`); told != (i < 2) {
			t.Errorf("%q: the box stands there: %v", c.says, told)
		}
	}
	past := s.book(s.a, func(r *booking.Request) { r.Actor, r.Start = booking.Member(owner), tuesday("09:00").AddDate(0, 0, -4) })
	b.get(at(past)+"/annuler").is(200, "Le rendez-vous est passé")
}

func TestWhatCannotBeCancelledIsTold(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "owner")
	for status, says := range map[string]string{"honoured": "Ce rendez-vous ne peut plus être annulé.", "cancelled": "Ce rendez-vous est déjà annulé."} {
		s.sql(s.a, "UPDATE participations SET status = $1, cancelled_by = 'patient', cancelled_at = CASE $1 WHEN 'cancelled' THEN now() END", status)
		b.get(at(a)+"/annuler").is(http.StatusConflict, says)
		b.get(at(a)+"/annuler", "HX-Request", "true").is(200, says, "Fermer") // in the dialog
		b.post(at(a)+"/annuler", nil).is(http.StatusConflict, says)
	}
	if n := s.count(s.a, "SELECT count(*) FROM audit WHERE act = 'appointment.cancel'"); n != 0 {
		t.Error("a refusal is in the audit")
	}
}

func TestAReaderCannotCancel(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "reader")
	for _, got := range []reply{b.get(at(a) + "/annuler"), b.get(at(a)+"/annuler", "HX-Request", "true"), b.post(at(a)+"/annuler", nil)} {
		got.is(403, "Votre accès ne permet pas de faire cela. Demandez au responsable.").lacks("Camille")
	}
	if n := s.count(s.a, "SELECT count(*) FROM participations WHERE status = 'booked'"); n != 1 {
		t.Error("a reader has cancelled it")
	}
}

func TestTheHouseOfTheNoteKeepsItSealed(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, func(r *booking.Request) { r.Note = "d’un visiteur" }) // notes are members'
	if n := s.count(s.a, "SELECT count(*) FROM participations WHERE note IS NOT NULL"); n != 0 {
		t.Error("a visitor has left an internal note")
	}
	s.In(t, s.a, func(ctx context.Context, sc postgres.Scope) error {
		got, err := booking.Show(ctx, sc, a.Participation)
		if err == nil && !got.Note.IsZero() {
			t.Error("a note was read")
		}
		return err
	})
}
