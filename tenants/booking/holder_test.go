package booking_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/tenantstest"
)

// column is one column of an export's only section.
func column(t *testing.T, w *tenantstest.World, one tenants.Tenant, patient int64, name string) (cells []string) {
	t.Helper()
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		sections, err := booking.Holder{}.Export(ctx, s, patient)
		if err != nil || len(sections) != 1 || sections[0].Name != "appointments" {
			t.Fatalf("export: %+v, %v", sections, err)
		}
		at := slices.Index(sections[0].Columns, name)
		for _, row := range sections[0].Rows {
			if len(row) != len(sections[0].Columns) {
				t.Fatalf("%d cells under %d columns", len(row), len(sections[0].Columns))
			}
			cells = append(cells, row[at])
		}
		return nil
	})
	return cells
}

// erase asks the room to forget the patient.
func erase(w *tenantstest.World, one tenants.Tenant, patient int64) (c tenants.Count, err error) {
	err = w.Control.Scope(context.Background(), one.ID, func(ctx context.Context, s postgres.Scope) error {
		c, err = booking.Holder{}.Erase(ctx, s, patient)
		return err
	})
	return c, err
}

// twins books the same in both tenants, so that the rows have the same ids.
func twins(t *testing.T) (w *tenantstest.World, a, b tenants.Tenant) {
	t.Helper()
	w, a, b = tenantstest.Pair(t)
	for _, one := range []tenants.Tenant{a, b} {
		r := request()
		r.Key, r.Body, r.Reason = "form", []byte("camille"), "Motif de "+string(one.Slug)
		mustReserve(t, w, one, r)
		r.Key, r.Start, r.Reason = "", tuesday("11:00"), ""
		mustReserve(t, w, one, r)
	}
	return w, a, b
}

func TestAnExportOpensWhatWasSealed(t *testing.T) {
	t.Parallel()
	w, a, b := twins(t)
	for _, one := range []tenants.Tenant{a, b} {
		if got := column(t, w, one, 1, "reason"); !slices.Equal(got, []string{"Motif de " + string(one.Slug), ""}) {
			t.Errorf("%s exports the reasons %q", one.Slug, got)
		}
		if got := column(t, w, one, 1, "starts_at"); !slices.Equal(got, []string{"2026-11-24T10:20:00+01:00", "2026-11-24T11:00:00+01:00"}) {
			t.Errorf("%s exports the starts %q", one.Slug, got)
		}
		if got := column(t, w, one, 1, "price_cents"); !slices.Equal(got, []string{"3000", "3000"}) {
			t.Errorf("%s exports the prices %q", one.Slug, got)
		}
	}
	noted := request()
	noted.Actor, noted.Note, noted.Start = booking.Member(1), "Vient avec sa fille.", tuesday("15:00")
	mustReserve(t, w, a, noted)
	if got := column(t, w, a, 1, "note"); !slices.Equal(got, []string{"", "", "Vient avec sa fille."}) {
		t.Errorf("exports the notes %q", got)
	}
	if got := column(t, w, a, 99, "reason"); got != nil {
		t.Errorf("a patient without appointments has %q", got)
	}
}

func TestAnErasureWaitsForWhatIsToCome(t *testing.T) {
	t.Parallel()
	w, a, b := twins(t)
	c, err := erase(w, a, 1)
	if !fault.HasKey(err, "booking.erase_ahead") || !fault.Is(err, fault.Conflict) || fault.As(err).Args["Count"] != 2 {
		t.Fatalf("with two appointments ahead: %+v, %v", c, err)
	}
	w.Clock.Advance(48 * time.Hour)
	c, err = erase(w, a, 1)
	if want := (tenants.Count{Rows: 2, Kept: 2, Why: "booking.kept_personless"}); err != nil || c != want {
		t.Fatalf("erased %+v, %v, want %+v", c, err, want)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM participations WHERE reason IS NOT NULL OR note IS NOT NULL": 0,
		"SELECT count(*) FROM idempotency":                                                 0,
		"SELECT count(*) FROM appointments":                                                2,
	} {
		if n := count(t, w, a, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	if got := column(t, w, b, 1, "reason"); got[0] != "Motif de cabinet-b" {
		t.Errorf("the other tenant's reasons are %q", got)
	}
	if n := count(t, w, b, "SELECT count(*) FROM idempotency"); n != 1 {
		t.Errorf("the other tenant has %d answers, want 1", n)
	}
	if c, err = erase(w, a, 99); err != nil || c != (tenants.Count{}) {
		t.Errorf("a patient without appointments: %+v, %v", c, err)
	}
}

func TestAnErasureTakesCancelledAppointmentsAsOver(t *testing.T) {
	t.Parallel()
	w, a, _ := twins(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		for _, id := range []int64{1, 2} {
			if _, err := booking.Cancel(ctx, s, booking.Cancellation{Actor: booking.Member(1), Participation: id}); err != nil {
				return err
			}
		}
		return nil
	})
	if c, err := erase(w, a, 1); err != nil || c.Rows != 2 || c.Kept != 2 {
		t.Errorf("got %+v, %v", c, err)
	}
}

func TestARestrictionOnlyCounts(t *testing.T) {
	t.Parallel()
	w, a, _ := twins(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		for patient, want := range map[int64]tenants.Count{1: {Kept: 2, Why: "booking.kept_restricted"}, 99: {}} {
			if c, err := (booking.Holder{}).Restrict(ctx, s, patient, s.Now()); err != nil || c != want {
				t.Errorf("patient %d: %+v, %v, want %+v", patient, c, err, want)
			}
		}
		return nil
	})
}

func TestAMergeMovesTheAppointments(t *testing.T) {
	t.Parallel()
	w, a, b := twins(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		into, err := patients.Add(ctx, s, patients.Patient{FirstName: "Camille", LastName: "Roussel", FindKey: "roussel camille", Lang: "fr", PolicyVersion: 1})
		if err != nil {
			return err
		}
		if c, err := (booking.Holder{}).Merge(ctx, s, 1, into); err != nil || c != (tenants.Count{Rows: 2}) {
			t.Errorf("merged %+v, %v", c, err)
		}
		return nil
	})
	if left, moved := column(t, w, a, 1, "status"), column(t, w, a, 2, "status"); len(left) != 0 || len(moved) != 2 {
		t.Errorf("%d appointments stayed and %d moved", len(left), len(moved))
	}
	if left := column(t, w, b, 1, "status"); len(left) != 2 {
		t.Errorf("the other tenant's patient has %d appointments, want 2", len(left))
	}
}
