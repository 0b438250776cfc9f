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

func TestARequestIsRepeatedByItsKeyAlone(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	r := request()
	r.Key, r.Body = "8f1d", []byte("body")
	made := mustReserve(t, w, a, r)
	other := r
	other.Body = []byte("other")
	unknown := r
	unknown.Key = "8f1e"
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		if again, known, err := booking.Repeat(ctx, s, r); err != nil || !known || again.Ref != made.Ref || again.Token != made.Token || again.Status != made.Status {
			t.Errorf("%+v %v %v", again, known, err)
		}
		if _, known, err := booking.Repeat(ctx, s, other); known || !fault.Is(err, fault.Invalid) {
			t.Errorf("another body: %v %v", known, err)
		}
		if _, known, err := booking.Repeat(ctx, s, unknown); known || err != nil {
			t.Errorf("another key: %v %v", known, err)
		}
		return nil
	})
	w.In(t, b, func(ctx context.Context, s postgres.Scope) error {
		if _, known, err := booking.Repeat(ctx, s, r); known || err != nil {
			t.Errorf("the other tenant: %v %v", known, err)
		}
		return nil
	})
}

func TestCheckFindsWhatReserveWouldRefuseUnseen(t *testing.T) {
	t.Parallel()
	r := request()
	if bad := r.Check(); len(bad) > 0 {
		t.Errorf("one that succeeds: %v", bad)
	}
	r.Start, r.Reason, r.Person.Email, r.Person.Phone, r.Person.LastName = time.Time{}, strings.Repeat("a", 501), "", "", ""
	var names []string
	for _, f := range r.Check() {
		names = append(names, f.Name)
	}
	if want := []string{"last_name", "phone", "reason", "start"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
	r.Actor = booking.Member(1)
	if slices.ContainsFunc(r.Check(), func(f fault.Field) bool { return f.Name == "phone" }) {
		t.Error("a member may book for somebody without a telephone")
	}
}

func TestDaysAtTheEndsOfTimeAreAnswered(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	first, last := calendar.NewDate(1, 1, 1), calendar.NewDate(9999, 12, 31)
	for _, q := range []booking.Query{
		{Service: tenantstest.Consult, From: first, To: first.AddDays(7)}, {Service: tenantstest.Consult, From: last.AddDays(-7), To: last},
	} {
		w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
			o, err := booking.Slots(ctx, s, q)
			if err != nil || len(o.Slots) != 0 {
				t.Errorf("%s: %d slots, %v", q.From, len(o.Slots), err)
			}
			if past := q.From == first; past == o.Next.IsZero() {
				t.Errorf("%s: next is %s", q.From, o.Next)
			}
			return nil
		})
	}
	r := request()
	r.Start = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, err := reserve(t, w, a, r); !fault.Is(err, fault.Invalid) {
		t.Errorf("before there were years: %v", err)
	}
}

func TestSlotsOfWhoDoesNotPerformTheServiceAreNotFound(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	day := calendar.NewDate(2026, 11, 24)
	for _, who := range []int64{tenantstest.Basile, 99} {
		w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
			_, err := booking.Slots(ctx, s, booking.Query{Service: tenantstest.Exam, Practitioner: who, From: day, To: day.AddDays(1)})
			if !fault.HasKey(err, "booking.practitioner_unknown") {
				t.Errorf("%d: %v", who, err)
			}
			return nil
		})
	}
}
