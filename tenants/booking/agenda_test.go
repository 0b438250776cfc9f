package booking_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/tenantstest"
)

// byMember is request made in the Agenda.
func byMember() booking.Request {
	r := request()
	r.Actor, r.Source = booking.Member(1), booking.FromAgenda
	return r
}

func TestAMembersNoteIsSealedAndAVisitorHasNone(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	r := byMember()
	r.Note = "  À rappeler "
	got := mustReserve(t, w, a, r)
	r = request()
	r.Note, r.Start = "d’un visiteur", tuesday("11:00")
	mustReserve(t, w, a, r)
	if n := count(t, w, a, "SELECT count(*) FROM participations WHERE note IS NOT NULL AND position('rappeler' in encode(note, 'escape')) = 0"); n != 1 {
		t.Errorf("%d sealed notes, want the member's alone", n)
	}
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		shown, err := booking.Show(ctx, s, got.Participation)
		if err != nil {
			return err
		}
		if note, err := shown.OpenNote(ctx, s); err != nil || note != "À rappeler" {
			t.Errorf("the note is %q, %v", note, err)
		}
		return nil
	})
	for _, bad := range []string{strings.Repeat("é", 1001), "a\x00", "\xff"} {
		r = byMember()
		r.Note, r.Start = bad, tuesday("11:20")
		if _, err := reserve(t, w, a, r); err == nil || len(fault.As(err).Fields) != 1 || fault.As(err).Fields[0].Name != "note" {
			t.Errorf("note %.10q: %v", bad, err)
		}
	}
}

func TestNoticeBindsVisitorsNotMembers(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	w.Clock.Advance(2 * time.Hour) // 10:00, and the service asks for an hour
	first := func(who booking.Actor) (clock string) {
		w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
			o, err := booking.Slots(ctx, s, booking.Query{Actor: who, Service: tenantstest.Consult, Practitioner: tenantstest.Ada,
				From: calendar.NewDate(2026, 11, 23), To: calendar.NewDate(2026, 11, 24)})
			if err == nil {
				clock = o.Slots[0].Start.In(paris).Format("15:04")
			}
			return err
		})
		return clock
	}
	if v, m := first(booking.Visitor), first(booking.Member(1)); v != "11:00" || m != "10:00" {
		t.Errorf("the first moment is %s for a visitor and %s for a member, want 11:00 and 10:00", v, m)
	}
}

func TestRequestsToAnswerAreThoseToCome(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	asked := func() (n int, nearest int64) {
		w.In(t, a, func(ctx context.Context, s postgres.Scope) (err error) {
			n, nearest, err = booking.Requests(ctx, s)
			return err
		})
		return n, nearest
	}
	if n, nearest := asked(); n != 0 || nearest != 0 {
		t.Errorf("nothing was asked: %d, %d", n, nearest)
	}
	later, sooner := request(), request()
	later.Service, later.Start = tenantstest.Exam, tuesday("16:00")
	sooner.Service, sooner.Start = tenantstest.Exam, tuesday("14:00")
	mustReserve(t, w, a, later)
	first := mustReserve(t, w, a, sooner)
	mustReserve(t, w, a, request()) // booked at once
	mustReserve(t, w, b, later)
	if n, nearest := asked(); n != 2 || nearest != first.Participation {
		t.Errorf("got %d, nearest %d; want 2, %d", n, nearest, first.Participation)
	}
	w.Clock.Advance(31 * time.Hour) // Tuesday 15:00
	if n, nearest := asked(); n != 1 || nearest == first.Participation {
		t.Errorf("after the first has begun: %d, nearest %d", n, nearest)
	}
}

func TestWeekdaysAreTheHousesOwn(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	late := byMember()
	late.Start = tuesday("00:00").AddDate(0, 0, 4) // Saturday in Paris, still Friday in UTC
	mustReserve(t, w, a, late)
	mustReserve(t, w, a, request())
	gone := byMember()
	gone.Start = tuesday("12:00").AddDate(0, 0, 5)
	cancelled := mustReserve(t, w, a, gone)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		if _, err := booking.Cancel(ctx, s, booking.Cancellation{Actor: booking.Member(1), Participation: cancelled.Participation}); err != nil {
			return err
		}
		days, err := booking.Weekdays(ctx, s, tenantstest.Now)
		slices.Sort(days)
		if !slices.Equal(days, []time.Weekday{time.Tuesday, time.Saturday}) {
			t.Errorf("got %v, want Tuesday and Saturday", days)
		}
		return err
	})
}
