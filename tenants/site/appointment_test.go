package site_test

import (
	"strings"
	"testing"
	"time"

	"smartagenda/tenants/booking"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/tenantstest"
)

// stages of an appointment, set as a member would.
func TestAnAppointmentSaysWhereItStands(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(tenantstest.Ada, "10:20")
	set := func(status booking.Status) { s.exec("UPDATE participations SET status = '" + string(status) + "'") }
	for status, words := range map[booking.Status]string{
		booking.Pending: "doit encore confirmer", booking.Booked: "Rendez-vous confirmé", booking.Arrived: "Rendez-vous confirmé",
		booking.Honoured: "Ce rendez-vous est passé", booking.Absent: "Ce rendez-vous est passé", booking.Excused: "Ce rendez-vous est passé",
	} {
		set(status)
		s.get(link).wants(200, words, "Mardi 24 novembre 2026 à 10h20")
		s.get(link, "Accept-Language", "en").wants(200, "Tuesday 24 November 2026 at 10:20")
	}
	set(booking.Booked)
	s.Clock.Advance(3 * time.Hour) // 11h on Monday, the deadline was at 10h20
	s.get(link).wants(200, "Le délai pour annuler en ligne est passé", "04 78 00 12 34")
	s.Clock.Advance(24 * time.Hour)
	s.get(link).wants(200, "Ce rendez-vous est passé", "Reprendre rendez-vous")
	s.Clock.Advance(25 * time.Hour)
	s.get(link).wants(404, "ou le rendez-vous est passé")
}

func TestARemindersDayIsSaidAsPeopleDo(t *testing.T) {
	t.Parallel()
	s := open(t)
	for clock, one := range map[string]struct {
		hours       int
		phone, want string
	}{
		"14:00": {24, "0612345678", "Rappel SMS la veille au 06 •• •• •• 78"},
		"14:20": {4, "0612345678", "Rappel SMS le jour même au 06 •• •• •• 78"},
		"14:40": {28, "04 78 00 12 34", "Rappel Mail la veille à cam•••@exemple.fr"},
	} {
		s.profile(func(p *catalog.Profile) { p.RemindHours = one.hours })
		typed := s.get(form(1, clock)).filled()
		typed.Set("phone", one.phone)
		a := s.post(form(1, clock), typed).wants(303)
		s.get(a.Header.Get("Location")).wants(200, one.want)
	}
	s.profile(func(p *catalog.Profile) { p.RemindHours = 60 })
	if text := s.get(s.book(1, "15:00")).wants(200).text(); strings.Contains(text, "Rappel") {
		t.Error("a reminder is promised that nobody will send")
	}
	friday := "/rdv/1/coordonnees?avec=1&debut=2026-11-27T10:00:00Z"
	a := s.post(friday, s.get(friday).filled()).wants(303)
	s.get(a.Header.Get("Location")).wants(200, "Rappel SMS le mardi 24 novembre au", "Nous vous attendons vendredi 27.")
	s.exec("UPDATE messages SET state = 'sent' WHERE kind = 'reminder'")
	if text := s.get(a.Header.Get("Location")).text(); strings.Contains(text, "Rappel") {
		t.Error("a reminder that has left is still announced")
	}
}

func TestAHouseMayLetPeopleCancelUntilTheStart(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.exec("UPDATE services SET cancel_minutes = 0")
	s.profile(func(p *catalog.Profile) { p.Phone = "" })
	link := s.book(1, "10:20")
	page := s.get(link).wants(200, "Vous pouvez annuler ici jusqu’à l’heure du rendez-vous.")
	if strings.Contains(page.text(), "appelez") {
		t.Error("a number is announced that there is none of")
	}
	s.Clock.Advance(26*time.Hour + 25*time.Minute) // the appointment has begun
	s.get(link).wants(200, "Le délai pour annuler en ligne est passé.")
}
