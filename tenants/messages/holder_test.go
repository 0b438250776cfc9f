package messages_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/tenantstest"
)

const (
	camille = 1 // patients, in both tenants
	jules   = 2
)

// twins books an appointment for Camille and one for Jules in both tenants, so
// that patients, participations and messages have the same ids. The first
// message about Camille's, a confirmation by mail, has been sent.
func twins(t *testing.T) (w *tenantstest.World, a, b tenants.Tenant) {
	t.Helper()
	w, a, b = tenantstest.Pair(t)
	paris, err := calendar.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []tenants.Tenant{a, b} {
		w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
			for i, name := range []string{"Camille", "Jules"} {
				_, err := booking.Reserve(ctx, s, booking.Request{
					Actor: booking.Visitor, Source: booking.FromSite, Service: tenantstest.Consult, Practitioner: tenantstest.Ada, Policy: 1,
					Start:  calendar.NewDate(2026, 11, 25).At(calendar.HourMinute(9, 20*i), paris),
					Person: patients.Draft{FirstName: name, LastName: "Roussel", Email: name + "@exemple.fr", Phone: "06 12 34 56 78"},
				})
				if err != nil {
					return err
				}
			}
			return messages.Settle(ctx, s, first(ctx, t, s).ID, messages.Outcome{State: messages.Sent})
		})
	}
	return w, a, b
}

// first is the oldest message about Camille's appointment.
func first(ctx context.Context, t *testing.T, s postgres.Scope) messages.Receipt {
	t.Helper()
	list, err := messages.Receipts(ctx, s, 1)
	if err != nil || len(list) == 0 {
		t.Fatalf("receipts: %v, %v", list, err)
	}
	return list[0]
}

// exported gives kind, channel and state of what the patient was sent.
func exported(t *testing.T, w *tenantstest.World, one tenants.Tenant, patient int64) (list []string) {
	t.Helper()
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		sections, err := messages.Holder{}.Export(ctx, s, patient)
		if err != nil || len(sections) != 1 || !slices.Equal(sections[0].Columns, []string{"kind", "channel", "state", "created_at", "due_at", "settled_at"}) {
			t.Fatalf("export: %+v, %v", sections, err)
		}
		for _, row := range sections[0].Rows {
			if settled := row[5] != ""; settled != (row[2] == "sent") {
				t.Errorf("a message that is %s was settled at %q", row[2], row[5])
			}
			if _, err := time.Parse(time.RFC3339, row[4]); err != nil {
				t.Error(err)
			}
			list = append(list, row[0]+" "+row[1]+" "+row[2])
		}
		return nil
	})
	return list
}

var before = []string{"confirmation mail sent", "confirmation sms waiting", "reminder sms waiting"}

func TestAnExportTellsWhatWasAndWillBeSent(t *testing.T) {
	t.Parallel()
	w, a, _ := twins(t)
	if got := exported(t, w, a, camille); !slices.Equal(got, before) {
		t.Errorf("Camille: %q, want %q", got, before)
	}
	if got := exported(t, w, a, jules); slices.Contains(got, "confirmation mail sent") || len(got) != 3 {
		t.Errorf("Jules: %q", got)
	}
	if got := exported(t, w, a, 99); got != nil {
		t.Errorf("nobody: %q", got)
	}
}

func TestAnErasureDeletesTheRowsAndTakesBackWhatWaits(t *testing.T) {
	t.Parallel()
	w, a, b := twins(t)
	waiting := func() int {
		counts, err := jobstore.Backlog(context.Background(), w.Control)
		if err != nil {
			t.Fatal(err)
		}
		return counts["waiting"]
	}
	jobs := waiting()
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		c, err := messages.Holder{}.Erase(ctx, s, camille)
		if err != nil || c != (tenants.Count{Rows: 3}) {
			t.Errorf("erased %+v, %v", c, err)
		}
		return err
	})
	if got := exported(t, w, a, camille); got != nil {
		t.Errorf("%q are left", got)
	}
	if got := waiting(); got != jobs-3 {
		t.Errorf("%d jobs wait, %d before", got, jobs)
	}
	if got := exported(t, w, a, jules); len(got) != 3 {
		t.Errorf("Jules has %q left", got)
	}
	if got := exported(t, w, b, camille); !slices.Equal(got, before) {
		t.Errorf("the other tenant's Camille has %q left", got)
	}
}

// house composes for every message that is asked of it.
type house struct{}

func (house) Compose(context.Context, postgres.Scope, tenants.Tenant, messages.Message) (messages.Letter, error) {
	return messages.Letter{To: "+33612345678", SMS: "Rappel"}, nil
}

func TestAnErasureLeavesWhatIsLeaving(t *testing.T) {
	t.Parallel()
	w, a, _ := twins(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		list, err := messages.Receipts(ctx, s, 1)
		if err != nil {
			return err
		}
		last := list[len(list)-1]
		desk := messages.Desk{Composers: map[messages.Kind]messages.Composer{last.Kind: house{}}}
		if out, err := desk.Claim(ctx, s, a, last.ID); err != nil || out == nil {
			t.Fatalf("claim: %v, %v", out, err)
		}
		c, err := messages.Holder{}.Erase(ctx, s, camille)
		if want := (tenants.Count{Rows: 2, Kept: 1, Why: "messages.kept_leaving"}); err != nil || c != want {
			t.Errorf("erased %+v, %v, want %+v", c, err, want)
		}
		return err
	})
	if got := exported(t, w, a, camille); !slices.Equal(got, []string{"reminder sms sending"}) {
		t.Errorf("left: %q", got)
	}
}

func TestRestrictionAndMergeLeaveMessagesWhereTheyAre(t *testing.T) {
	t.Parallel()
	w, a, _ := twins(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		for patient, want := range map[int64]tenants.Count{camille: {Kept: 3, Why: "messages.kept_restricted"}, 99: {}} {
			if c, err := (messages.Holder{}).Restrict(ctx, s, patient, s.Now()); err != nil || c != want {
				t.Errorf("restrict %d: %+v, %v, want %+v", patient, c, err, want)
			}
		}
		if c, err := (messages.Holder{}).Merge(ctx, s, camille, jules); err != nil || c != (tenants.Count{}) {
			t.Errorf("merge: %+v, %v", c, err)
		}
		// the appointment moves, and its messages with it
		if _, err := (booking.Holder{}).Merge(ctx, s, camille, jules); err != nil {
			t.Error(err)
		}
		return nil
	})
	if got := exported(t, w, a, jules); len(got) != 6 {
		t.Errorf("Jules has %q, want six", got)
	}
}
