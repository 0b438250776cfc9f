package jobs_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/signin"
	"smartagenda/jobs"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
)

func TestCountsAreCarriedToTheConsoleHourly(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	c := s.Console(t)
	read := func(one tenants.Tenant) professionals.Professional {
		p, err := professionals.Get(t.Context(), c, one.ID)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if err := jobs.CountOnce(t.Context(), s.Control); err != nil {
		t.Fatal(err)
	}
	s.drain()
	if p := read(s.a); p.Activity.Appointments != 0 || p.Activity.Upcoming != 0 || p.Activity.Agendas != 2 || p.Activity.Members != 1 || p.CountedAt.IsZero() || !p.Activity.LastBooking.IsZero() {
		t.Errorf("an empty house: %+v", p)
	}
	s.book(0, nil)
	booked := s.Clock.Now()
	if err := jobs.CountOnce(t.Context(), s.Control); err != nil {
		t.Fatal(err)
	}
	s.drain()
	if p := read(s.a); p.Activity.Upcoming != 0 {
		t.Error("the same hour is counted twice")
	}
	s.Clock.Advance(time.Hour)
	if err := jobs.CountOnce(t.Context(), s.Control); err != nil {
		t.Fatal(err)
	}
	s.drain()
	if p := read(s.a); p.Activity.Upcoming != 1 || p.Activity.Patients != 1 || !p.Activity.LastBooking.Equal(booked) {
		t.Errorf("after a booking: %+v", p.Activity)
	}
	if p := read(s.b); p.Activity.Upcoming != 0 || p.Activity.Patients != 0 {
		t.Errorf("the other house: %+v", p.Activity)
	}
	s.In(t, s.a, func(ctx context.Context, sc postgres.Scope) error {
		_, err := booking.Cancel(ctx, sc, booking.Cancellation{Actor: booking.Visitor, Participation: 1})
		return err
	})
	s.Clock.Advance(time.Hour)
	if err := jobs.CountAll(t.Context(), s.Control, 0); err != nil {
		t.Fatal(err)
	}
	s.drain()
	if p := read(s.a); p.Activity.Upcoming != 0 {
		t.Errorf("a cancelled appointment counts: %+v", p.Activity)
	}
}

func TestALinkIsMailedToStaffAndOnlyWhileItLives(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	c := s.Console(t)
	texts, err := i18n.New(phone.Messages, staff.Messages)
	if err != nil {
		t.Fatal(err)
	}
	post := jobs.StaffPost{Control: s.Control, Keys: s.Keys, Mail: s.post.Mail, Texts: texts, Sites: tenants.Sites{Scheme: "https", Domain: "smartagenda.test"}}
	s.runner.Handlers[staff.KindLink] = post.Link
	id, err := staff.Add(t.Context(), c, staff.Person{Email: "zoe@smartagenda.test", Name: "Zoé", Role: staff.Admin})
	if err != nil {
		t.Fatal(err)
	}
	send := func() {
		if err := staff.Send(t.Context(), c, id); err != nil {
			t.Fatal(err)
		}
		s.drain()
	}
	send()
	sent := s.box.List("zoe@smartagenda.test")
	if len(sent) != 1 || !strings.HasPrefix(sent[0].Subject, "Votre accès à la console") {
		t.Fatalf("%+v", sent)
	}
	_, after, found := strings.Cut(sent[0].Text, "https://admin.smartagenda.test/mot-de-passe/")
	if !found || len(after) < 22 {
		t.Fatalf("no link in %q", sent[0].Text)
	}
	if _, err := staff.Reset(t.Context(), c, after[:22], "hash"); err != nil {
		t.Errorf("the link that was mailed: %v", err)
	}
	send() // the link was used
	if err := staff.Offer(t.Context(), c, id, staff.LinkFor); err != nil {
		t.Fatal(err)
	}
	send()
	sent = s.box.List("zoe@smartagenda.test")
	if len(sent) != 2 || sent[0].Subject != "Choisir un nouveau mot de passe" {
		t.Errorf("%d mails: %+v", len(sent), sent)
	}
	s.Clock.Advance(staff.LinkFor)
	send()
	if n := len(s.box.List("zoe@smartagenda.test")); n != 2 {
		t.Errorf("%d mails: a dead link was sent", n)
	}
	if err := post.Link(t.Context(), jobstore.Job{Kind: staff.KindLink, Ref: 99}); err == nil {
		t.Error("a link for nobody is done")
	}
}

func TestTheNightForgetsTheStaffsSessionsToo(t *testing.T) {
	t.Parallel()
	s := newStation(t)
	c := s.Console(t)
	id, err := staff.Add(t.Context(), c, staff.Person{Email: "zoe@smartagenda.test", Name: "Zoé", Role: staff.Admin})
	if err != nil {
		t.Fatal(err)
	}
	open := func() {
		if _, err := (session.Realm{Who: "staff"}).Open(t.Context(), c, id, s.Clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	open()
	if _, err := signin.Failed(t.Context(), c, "zoe@smartagenda.test", s.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(24 * time.Hour)
	open()
	if err := jobs.SweepOnce(t.Context(), s.Control); err != nil {
		t.Fatal(err)
	}
	if n := s.number("SELECT count(*) FROM control.sessions"); n != 1 {
		t.Errorf("%d sessions are left, want the living one", n)
	}
	if n := s.number("SELECT count(*) FROM control.signin_failures"); n != 0 {
		t.Error("a count that has run out is still there")
	}
}
