package booking_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/tenantstest"
)

var paris, _ = calendar.LoadZone("Europe/Paris")

// tuesday is the day after tenantstest.Now, at that time in Paris.
func tuesday(clock string) time.Time {
	return calendar.NewDate(2026, 11, 24).At(tenantstest.At(clock), paris)
}

func camille() patients.Draft {
	return patients.Draft{FirstName: "Camille", LastName: "Roussel", Email: "camille@exemple.fr", Phone: "06 12 34 56 78"}
}

// request is one that succeeds.
func request() booking.Request {
	return booking.Request{Actor: booking.Visitor, Source: booking.FromSite, Service: tenantstest.Consult, Practitioner: tenantstest.Ada,
		Start: tuesday("10:20"), Person: camille(), Reason: "Renouvellement", Policy: 1}
}

func reserve(t testing.TB, w *tenantstest.World, one tenants.Tenant, r booking.Request) (a booking.Appointment, err error) {
	t.Helper()
	err = w.Control.Scope(context.Background(), one.ID, func(ctx context.Context, s postgres.Scope) error {
		a, err = booking.Reserve(ctx, s, r)
		return err
	})
	return a, err
}

func mustReserve(t testing.TB, w *tenantstest.World, one tenants.Tenant, r booking.Request) booking.Appointment {
	t.Helper()
	a, err := reserve(t, w, one, r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// count runs a query for one number as the superuser, in the tenant's schema.
func count(t testing.TB, w *tenantstest.World, one tenants.Tenant, query string) (n int) {
	t.Helper()
	db := postgrestest.Super(t, w.Address)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("SET LOCAL search_path TO " + one.ID.Schema() + ", extensions"); err != nil {
		t.Fatal(err)
	}
	if err := tx.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestABookingIsWrittenWithAllThatFollows(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	got := mustReserve(t, w, a, request())
	if got.Status != booking.Booked || !got.Start.Equal(tuesday("10:20")) || !got.End.Equal(tuesday("10:40")) || got.Token == "" {
		t.Errorf("got %+v", got)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM patients WHERE policy_version = 1 AND find_key = 'roussel camille' AND mobile = '+33612345678'": 1,
		"SELECT count(*) FROM messages": 3, // confirmation by mail and SMS, reminder by SMS
		"SELECT count(*) FROM messages WHERE kind = 'reminder' AND channel = 'sms' AND due_at = '2026-11-23 09:20Z'":                                                                 1,
		"SELECT count(*) FROM platform.jobs WHERE kind = 'messages.send' AND tenant = " + a.ID.String() + " AND ref IN (SELECT id FROM messages WHERE participation_id IS NOT NULL)": 3,
		"SELECT count(*) FROM audit WHERE act = 'appointment.book' AND actor = 'patient'":                                                                                            1,
		"SELECT count(*) FROM participations WHERE reason IS NOT NULL AND position('Renouvellement' in encode(reason, 'escape')) = 0":                                                1,
		"SELECT count(*) FROM appointment_resources WHERE active AND during = '[2026-11-24 09:20Z,2026-11-24 09:40Z)'":                                                               1,
	} {
		if query == "SELECT count(*) FROM messages" {
			want++ // the owner's welcome
		}
		if n := count(t, w, a, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	if n := count(t, w, b, "SELECT (SELECT count(*) FROM patients) + (SELECT count(*) FROM appointments)"); n != 0 {
		t.Errorf("the other tenant has %d new rows", n)
	}
}

func TestOfManyRequestsForOneMomentOneSucceeds(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	var mu sync.Mutex
	outcomes := map[string]int{}
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			r := request()
			r.Person.Email = fmt.Sprintf("p%d@exemple.fr", i)
			_, err := reserve(t, w, a, r)
			key := "ok"
			if err != nil {
				key = fault.As(err).Key
			}
			mu.Lock()
			outcomes[key]++
			mu.Unlock()
		})
	}
	wg.Wait()
	if outcomes["ok"] != 1 || outcomes["booking.slot_taken"] != 99 {
		t.Errorf("outcomes %v, want one ok and 99 booking.slot_taken", outcomes)
	}
	for _, table := range []string{"appointments", "participations", "patients", "appointment_resources"} {
		if n := count(t, w, a, "SELECT count(*) FROM "+table); n != 1 {
			t.Errorf("%d rows in %s, want 1: a loser left something behind", n, table)
		}
	}
}

func TestWhoeverHasNoPreferenceGetsTheLeastBusy(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	early := request()
	early.Start = tuesday("09:00")
	mustReserve(t, w, a, early) // Ada has one appointment that day
	anyone := request()
	anyone.Practitioner = 0
	for i, want := range []int64{tenantstest.Basile, tenantstest.Ada} {
		got, err := reserve(t, w, a, anyone)
		if err != nil || got.Practitioner.ID != want {
			t.Errorf("request %d: practitioner %d, %v; want %d", i, got.Practitioner.ID, err, want)
		}
	}
	if _, err := reserve(t, w, a, anyone); !fault.HasKey(err, "booking.slot_taken") {
		t.Errorf("a third: %v, want booking.slot_taken", err)
	}
}

func TestManyWithoutPreferenceShareThePractitioners(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	got := map[int64]int{}
	for i := range 30 {
		wg.Go(func() {
			r := request()
			r.Practitioner, r.Person.Email = 0, fmt.Sprintf("p%d@exemple.fr", i)
			one, err := reserve(t, w, a, r)
			if err != nil && !fault.HasKey(err, "booking.slot_taken") {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			got[one.Practitioner.ID]++
		})
	}
	wg.Wait()
	if got[tenantstest.Ada] != 1 || got[tenantstest.Basile] != 1 {
		t.Errorf("got %v, want one each", got)
	}
}

func TestARepeatedRequestGetsTheFirstAnswer(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	r := request()
	r.Key, r.Body = "k1", []byte("body")
	first := mustReserve(t, w, a, r)
	var wg sync.WaitGroup
	for range 8 { // at once
		wg.Go(func() {
			again, err := reserve(t, w, a, r)
			if err != nil || again.Ref != first.Ref || again.Token != first.Token || again.Status != first.Status {
				t.Errorf("again: %v %v, want %v", again.Ref, err, first.Ref)
			}
		})
	}
	wg.Wait()
	r.Body = []byte("another")
	if _, err := reserve(t, w, a, r); !fault.HasKey(err, "fault.invalid") {
		t.Errorf("the same key with another body: %v, want Invalid", err)
	}
	r.Body = []byte("body")
	if other := mustReserve(t, w, b, r); other.Ref == first.Ref {
		t.Error("the key of one tenant gave another its answer")
	}
}

func TestTheSameRequestSentManyTimesAtOnceBooksOnce(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	r := request()
	r.Practitioner, r.Key, r.Body = 0, "k1", []byte("body")
	refs := make([]string, 12)
	var wg sync.WaitGroup
	for i := range refs {
		wg.Go(func() {
			one, err := reserve(t, w, a, r)
			if err != nil {
				t.Error(err)
			}
			refs[i] = one.Ref.String()
		})
	}
	wg.Wait()
	for _, ref := range refs {
		if ref != refs[0] {
			t.Errorf("answers differ: %v", refs)
			break
		}
	}
	if n := count(t, w, a, "SELECT count(*) FROM appointments"); n != 1 {
		t.Errorf("%d appointments, want 1", n)
	}
}

func TestAFailureIsNotRemembered(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	first := mustReserve(t, w, a, request())
	r := request()
	r.Key, r.Body, r.Person.FirstName = "k1", []byte("x"), "Paul"
	if _, err := reserve(t, w, a, r); !fault.HasKey(err, "booking.slot_taken") {
		t.Fatal(err)
	}
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		_, err := booking.Cancel(ctx, s, booking.Cancellation{Actor: booking.Member(1), Participation: first.Participation})
		return err
	})
	if _, err := reserve(t, w, a, r); err != nil {
		t.Errorf("the slot is free again, the same key got %v", err)
	}
}

func TestAKnownPersonIsNotWrittenTwiceAndNotChanged(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	first := mustReserve(t, w, a, request())
	for i, c := range []struct {
		change func(*patients.Draft)
		same   bool
	}{
		{func(d *patients.Draft) { d.FirstName, d.LastName = "CAMILLE", "Roussel " }, true},
		{func(d *patients.Draft) { d.Email = "" }, true},
		{func(d *patients.Draft) { d.Phone, d.City = "", "Lyon" }, true},
		{func(d *patients.Draft) { d.Email = "autre@exemple.fr" }, false},
		{func(d *patients.Draft) { d.FirstName = "Camilla" }, false},
	} {
		r := request()
		r.Start = tuesday("14:00").Add(time.Duration(i) * 20 * time.Minute)
		c.change(&r.Person)
		got := mustReserve(t, w, a, r)
		if (got.Patient.ID == first.Patient.ID) != c.same {
			t.Errorf("case %d: file %d, first was %d, same = %v expected", i, got.Patient.ID, first.Patient.ID, c.same)
		}
	}
	if n := count(t, w, a, "SELECT count(*) FROM patients WHERE id = 1 AND city = '' AND first_name = 'Camille'"); n != 1 {
		t.Error("a visitor changed a file")
	}
}

func TestWhatCannotBeBookedIsRefusedAndNothingIsStored(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	for name, c := range map[string]struct {
		change func(*booking.Request)
		field  string
		key    string
	}{
		"no such service":      {func(r *booking.Request) { r.Service = 99 }, "service", "booking.service_unknown"},
		"an internal service":  {func(r *booking.Request) { r.Service = tenantstest.Inside }, "service", "booking.service_unknown"},
		"no such practitioner": {func(r *booking.Request) { r.Practitioner = 99 }, "practitioner", "booking.practitioner_unknown"},
		"not their service":    {func(r *booking.Request) { r.Service, r.Practitioner = tenantstest.Exam, tenantstest.Basile }, "start", "booking.why_does_not_do_service"},
		"no start":             {func(r *booking.Request) { r.Start = time.Time{} }, "start", "booking.start_missing"},
		"in the past":          {func(r *booking.Request) { r.Start = tuesday("10:20").AddDate(0, 0, -7) }, "start", "booking.why_past"},
		"too soon":             {func(r *booking.Request) { r.Start = tenantstest.Now.Add(30 * time.Minute) }, "start", "booking.why_notice"},
		"too far":              {func(r *booking.Request) { r.Start = tuesday("10:20").AddDate(0, 0, 70) }, "start", "booking.why_horizon"},
		"at lunch":             {func(r *booking.Request) { r.Start = tuesday("12:20") }, "start", "booking.why_outside_opening"},
		"beside the grid":      {func(r *booking.Request) { r.Start = tuesday("10:21") }, "start", "booking.why_not_on_grid"},
		"no first name":        {func(r *booking.Request) { r.Person.FirstName = " " }, "first_name", "patients.first_name_missing"},
		"no contact":           {func(r *booking.Request) { r.Person.Email, r.Person.Phone = "", "" }, "phone", "patients.contact_missing"},
		"half a number":        {func(r *booking.Request) { r.Person.Phone = "06 12 34 5" }, "phone", "phone.incomplete"},
		"a long reason":        {func(r *booking.Request) { r.Reason = string(make([]byte, 0)) + longText(501) }, "reason", "booking.reason_long"},
	} {
		r := request()
		c.change(&r)
		_, err := reserve(t, w, a, r)
		fields := fault.As(err).Fields
		if len(fields) != 1 || fields[0].Name != c.field || fields[0].Key != c.key {
			t.Errorf("%s: got %v, want %s on %s", name, err, c.key, c.field)
		}
	}
	if n := count(t, w, a, "SELECT (SELECT count(*) FROM patients) + (SELECT count(*) FROM appointments) + (SELECT count(*) FROM participations)"); n != 0 {
		t.Errorf("%d rows were stored", n)
	}
}

func longText(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = 'a'
	}
	return string(b)
}

func TestBuffersKeepTheNextOneAway(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	exam := request()
	exam.Service, exam.Start = tenantstest.Exam, tuesday("09:00") // until 9:30, then 10 minutes
	got := mustReserve(t, w, a, exam)
	if got.Status != booking.Pending {
		t.Errorf("status %q, want pending: the service is on request", got.Status)
	}
	r := request()
	r.Start = tuesday("09:20")
	if _, err := reserve(t, w, a, r); !fault.HasKey(err, "booking.slot_taken") {
		t.Errorf("9:20: %v, want booking.slot_taken", err)
	}
	r.Start = tuesday("09:40")
	if _, err := reserve(t, w, a, r); err != nil {
		t.Errorf("9:40: %v", err)
	}
}

func TestAMemberBooksWhenTheRulesDoNotOfferButNeverTwice(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	r := request()
	r.Actor, r.Source, r.Start = booking.Member(1), booking.FromAgenda, tuesday("12:35")
	r.Person.Email, r.Person.Phone = "", ""
	if _, err := reserve(t, w, a, r); err != nil {
		t.Errorf("at lunch: %v", err)
	}
	r.Start = tuesday("12:45")
	if _, err := reserve(t, w, a, r); !fault.HasKey(err, "booking.slot_taken") {
		t.Errorf("over another: %v, want booking.slot_taken", err)
	}
	r.Service, r.Start = tenantstest.Inside, tuesday("16:00")
	if _, err := reserve(t, w, a, r); err != nil {
		t.Errorf("an internal service: %v", err)
	}
}

func TestTheLinkBelongsToItsTenant(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	got := mustReserve(t, w, a, request())
	mustReserve(t, w, b, request())
	byToken := func(one tenants.Tenant, token string) (found booking.Appointment, err error) {
		err = w.Control.ReadScope(t.Context(), one.ID, func(ctx context.Context, s postgres.Scope) error {
			found, err = booking.ByToken(ctx, s, token)
			return err
		})
		return found, err
	}
	if found, err := byToken(a, got.Token); err != nil || found.Ref != got.Ref || found.Patient.Name() != "Camille Roussel" {
		t.Errorf("own link: %v %v", found.Ref, err)
	}
	for name, try := range map[string]struct {
		one   tenants.Tenant
		token string
	}{"other tenant": {b, got.Token}, "empty": {a, ""}, "invented": {a, "AAAAAAAAAAAAAAAAAAAAAA"}, "cut": {a, got.Token[:21]}, "with a tail": {a, got.Token + "A"}} {
		if _, err := byToken(try.one, try.token); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v, want NotFound", name, err)
		}
	}
	w.Clock.Advance(4 * 24 * time.Hour)
	if _, err := byToken(a, got.Token); !fault.Is(err, fault.NotFound) {
		t.Errorf("two days after the appointment: %v, want NotFound", err)
	}
}

func TestCancelFreesTheTimeAndTakesBackWhatWasToBeSent(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	r := request()
	r.Start = tuesday("10:20").AddDate(0, 0, 7)
	got := mustReserve(t, w, a, r)
	mustReserve(t, w, b, r)
	cancel := func(actor booking.Actor) error {
		return w.Control.Scope(t.Context(), a.ID, func(ctx context.Context, s postgres.Scope) error {
			_, err := booking.Cancel(ctx, s, booking.Cancellation{Actor: actor, Participation: got.Participation})
			return err
		})
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	outcomes := map[string]int{}
	for range 6 { // at once
		wg.Go(func() {
			err := cancel(booking.Visitor)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				outcomes["ok"]++
			} else {
				outcomes[fault.As(err).Key]++
			}
		})
	}
	wg.Wait()
	if outcomes["ok"] != 1 || outcomes["booking.already_cancelled"] != 5 {
		t.Errorf("outcomes %v", outcomes)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM messages WHERE kind = 'cancellation' AND state = 'waiting'":                                              2,
		"SELECT count(*) FROM messages WHERE kind IN ('confirmation', 'reminder') AND state = 'skipped'":                               3,
		"SELECT count(*) FROM platform.jobs j JOIN messages m ON m.id = j.ref WHERE m.kind = 'reminder' AND tenant = " + a.ID.String(): 0,
		"SELECT count(*) FROM appointment_resources WHERE active":                                                                      0,
		"SELECT count(*) FROM appointments WHERE status = 'cancelled' AND booked = 0 AND sequence = 1":                                 1,
		"SELECT count(*) FROM audit WHERE act = 'appointment.cancel'":                                                                  1,
	} {
		if n := count(t, w, a, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	if _, err := reserve(t, w, a, r); err != nil {
		t.Errorf("the freed moment cannot be booked: %v", err)
	}
	if n := count(t, w, b, "SELECT count(*) FROM participations WHERE status = 'booked'"); n != 1 {
		t.Error("the other tenant's appointment was touched")
	}
}

func TestTheDeadlineBindsVisitorsOnly(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	r := request()
	r.Start = tuesday("09:00")
	got := mustReserve(t, w, a, r)
	w.Clock.Advance(2 * time.Hour) // 23 hours before
	cancel := func(actor booking.Actor) error {
		return w.Control.Scope(t.Context(), a.ID, func(ctx context.Context, s postgres.Scope) error {
			_, err := booking.Cancel(ctx, s, booking.Cancellation{Actor: actor, Participation: got.Participation})
			return err
		})
	}
	err := cancel(booking.Visitor)
	if e, ok := errors.AsType[*fault.Error](err); !ok || e.Key != "booking.cancel_too_late_call" || e.Args["Phone"] != "04 78 00 12 34" {
		t.Errorf("visitor: %v, want the phone number to call", err)
	}
	if err := cancel(booking.Member(1)); err != nil {
		t.Errorf("member: %v", err)
	}
}

func TestWhatAMemberForcedStillTakesTheTime(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		_, err := booking.Reserve(ctx, s, request())
		return err
	})
	db := postgrestest.Super(t, w.Address)
	if _, err := db.Exec("UPDATE " + a.ID.Schema() + ".appointment_resources SET active = false, forced = true"); err != nil {
		t.Fatal(err)
	}
	if _, err := reserve(t, w, a, request()); !fault.HasKey(err, "booking.slot_taken") {
		t.Errorf("got %v, want booking.slot_taken", err)
	}
}

func TestSlotsAndBookingsAgree(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	slots := func(practitioner int64) (o booking.Offer) {
		w.In(t, a, func(ctx context.Context, s postgres.Scope) (err error) {
			o, err = booking.Slots(ctx, s, booking.Query{Actor: booking.Visitor, Service: tenantstest.Consult, Practitioner: practitioner,
				From: calendar.NewDate(2026, 11, 24), To: calendar.NewDate(2026, 11, 25)})
			return err
		})
		return o
	}
	if n := len(slots(tenantstest.Ada).Slots); n != 21 {
		t.Fatalf("%d slots of Ada on a free day, want 21", n)
	}
	if n := len(slots(0).Merged()); n != 21 {
		t.Errorf("%d merged slots, want 21", n)
	}
	for _, slot := range slots(tenantstest.Ada).Slots {
		r := request()
		r.Start = slot.Start
		mustReserve(t, w, a, r)
	}
	o := slots(tenantstest.Ada)
	if len(o.Slots) != 0 || !o.Next.Equal(tuesday("09:00").AddDate(0, 0, 1)) {
		t.Errorf("a full day offers %d slots, next %v", len(o.Slots), o.Next)
	}
}

func TestAChangeOfTheRulesIsSeenAtOnce(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	q := booking.Query{Actor: booking.Visitor, Service: tenantstest.Consult, From: calendar.NewDate(2026, 11, 24), To: calendar.NewDate(2026, 11, 25)}
	offered := func() (n int) {
		w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
			o, err := booking.Slots(ctx, s, q)
			n = len(o.Slots)
			return err
		})
		return n
	}
	if offered() == 0 {
		t.Fatal("nothing is offered")
	}
	db := postgrestest.Super(t, w.Address)
	if _, err := db.Exec("SET search_path TO " + a.ID.Schema() + "; INSERT INTO absences (starts_at, ends_at) VALUES ('2026-11-23Z', '2026-11-26Z')"); err != nil {
		t.Fatal(err)
	}
	if n := offered(); n != 0 {
		t.Errorf("%d slots while the house is closed", n)
	}
	if _, err := reserve(t, w, a, request()); fault.As(err).Fields[0].Key != "booking.why_closed" {
		t.Errorf("got %v, want why_closed", err)
	}
}

func TestARolledBackChangeOfTheRulesIsNotRemembered(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	q := booking.Query{Actor: booking.Visitor, Service: tenantstest.Consult, From: calendar.NewDate(2026, 11, 24), To: calendar.NewDate(2026, 11, 25)}
	boom := errors.New("boom")
	err := w.Control.Scope(t.Context(), a.ID, func(ctx context.Context, s postgres.Scope) error {
		if _, err := s.DB().ExecContext(ctx, "DELETE FROM openings"); err != nil {
			return err
		}
		if o, err := booking.Slots(ctx, s, q); err != nil || len(o.Slots) != 0 {
			t.Errorf("inside: %d slots, %v", len(o.Slots), err)
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	// Another change takes the version number that the lost one had.
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		_, err := s.DB().ExecContext(ctx, "UPDATE openings SET weekday = weekday")
		return err
	})
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		o, err := booking.Slots(ctx, s, q)
		if len(o.Slots) == 0 {
			t.Error("the openings of a rolled back transaction are believed")
		}
		return err
	})
}
