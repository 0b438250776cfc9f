package site_test

import (
	"strings"
	"testing"
	"time"

	"smartagenda/tenants/tenantstest"
)

func TestCancelling(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(tenantstest.Ada, "10:20")
	s.get(link).wants(200, "Un empêchement ?", "Annuler le rendez-vous")
	s.get(link+"/annuler").wants(200, "Annuler ce rendez-vous ?", "Garder le rendez-vous", "Mardi 24 novembre 2026 à 10h20")
	if n := s.count(s.a, "SELECT count(*) FROM participations WHERE status = 'booked'"); n != 1 {
		t.Fatal("asking has cancelled")
	}
	if got := s.post(link+"/annuler", nil).wants(303).Header.Get("Location"); got != link {
		t.Errorf("leads to %s", got)
	}
	gone := s.get(link+"?nouveau=1").wants(200, "Rendez-vous annulé", "Vous avez annulé ce rendez-vous.", "Reprendre rendez-vous")
	if len(gone.links(link)) > 0 || strings.Contains(gone.text(), "C’est noté") {
		t.Error("a cancelled appointment can still be kept or cancelled")
	}
	s.post(link+"/annuler", nil).wants(303)
	s.get(link + "/annuler").wants(303)
	if n := s.count(s.a, "SELECT count(*) FROM messages WHERE kind = 'cancellation' AND channel = 'mail'"); n != 1 {
		t.Errorf("%d mails about it", n)
	}
	s.get(form(tenantstest.Ada, "10:20")).wants(200) // the time is free again
}

func TestCancellingTooLate(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(tenantstest.Ada, "10:20")
	s.Clock.Advance(4 * time.Hour)
	s.get(link + "/annuler").wants(303)
	a := s.post(link+"/annuler", nil).wants(409, "Le délai pour annuler en ligne est passé. Appelez le 04 78 00 12 34.", "Rendez-vous confirmé")
	if strings.Contains(a.body, "/annuler") {
		t.Error("the page still offers to cancel")
	}
	if n := s.count(s.a, "SELECT count(*) FROM participations WHERE status = 'booked'"); n != 1 {
		t.Error("it was cancelled")
	}
}

func TestTheHouseCancels(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(tenantstest.Ada, "10:20")
	s.cancelAsMember()
	s.get(link).wants(200, "Maison cabinet-a a annulé ce rendez-vous.")
}

func TestAnEventForACalendar(t *testing.T) {
	t.Parallel()
	s := open(t)
	link := s.book(tenantstest.Ada, "10:20")
	a := s.get(link + "/rendez-vous.ics").wants(200)
	if got := a.Header.Get("Content-Type"); got != "text/calendar; charset=utf-8; method=PUBLISH" {
		t.Errorf("Content-Type is %q", got)
	}
	for _, want := range []string{"BEGIN:VEVENT", "DTSTART:20261124T092000Z", "SUMMARY:Rendez-vous\\, Maison cabinet-a", "METHOD:PUBLISH"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("it lacks %q:\n%s", want, a.body)
		}
	}
	if strings.Contains(a.body, "Consultation") {
		t.Error("it tells the service: a calendar is often shared")
	}
	s.post(link+"/annuler", nil)
	if gone := s.get(link + "/rendez-vous.ics").wants(200); !strings.Contains(gone.body, "METHOD:CANCEL") {
		t.Error("it does not say that it is cancelled")
	}
}
