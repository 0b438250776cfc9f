package jobs_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants/tenantstest"
)

func TestWhatIsDoneToASealedAuditIsFound(t *testing.T) {
	t.Parallel()
	for name, harm := range map[string]string{
		"nothing":        "SELECT 1",
		"an entry":       "UPDATE audit SET subject_id = 99 WHERE id = 2",
		"a time":         "UPDATE audit SET at = at - interval '1 second' WHERE id = 3",
		"a deletion":     "DELETE FROM audit WHERE id = 1",
		"an addition":    "DELETE FROM audit WHERE id = 4; INSERT INTO audit (id, at, actor, act) VALUES (4, '2026-11-23Z', 'staff', 'invented.act')",
		"a cut":          "DELETE FROM audit WHERE id > 3; DELETE FROM audit_seals WHERE up_to > 3",
		"a chain anew":   "DELETE FROM audit_seals",
		"a seal changed": "UPDATE audit_seals SET hash = '\\x00' WHERE up_to = 3",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := tenantstest.New(t)
			one := w.Tenant(t, "maison")
			var head audit.Head
			for range 2 { // two seals over three entries each
				for i := range int64(3) {
					w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
						return audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: 1, Act: "member.sign_in", Subject: i, Facts: map[string]any{"b": 1, "a": "é"}})
					})
				}
				w.Clock.Advance(time.Hour)
				for range 2 {
					w.In(t, one, func(ctx context.Context, s postgres.Scope) (err error) {
						head, err = audit.Of(s).Seal(ctx, s.Now())
						return err
					})
				}
				if err := audit.Copy(t.Context(), w.Control, one.ID, head); err != nil {
					t.Fatal(err)
				}
			}
			if head.UpTo != 6 || head.Entries != 6 {
				t.Fatalf("the head is %+v", head)
			}
			db := postgrestest.Super(t, w.Address)
			if _, err := db.Exec("SET search_path TO " + one.ID.Schema() + "; " + harm); err != nil {
				t.Fatal(err)
			}
			copied, err := audit.Copied(t.Context(), w.Control, one.ID)
			if err != nil {
				t.Fatal(err)
			}
			w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
				if err := audit.Of(s).Verify(ctx, copied); errors.Is(err, audit.ErrBroken) != (name != "nothing") {
					t.Errorf("got %v", err)
				}
				return nil
			})
		})
	}
}

func TestTheYoungestEntriesWait(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one := w.Tenant(t, "maison")
	write := func(ctx context.Context, s postgres.Scope) error {
		return audit.Write(ctx, s, audit.Entry{Actor: audit.BySystem, Act: "job.done"})
	}
	w.In(t, one, write)
	w.Clock.Advance(audit.Settled - time.Second)
	w.In(t, one, write)
	seal := func() (h audit.Head) {
		w.In(t, one, func(ctx context.Context, s postgres.Scope) (err error) {
			h, err = audit.Of(s).Seal(ctx, s.Now())
			return err
		})
		return h
	}
	if h := seal(); h.UpTo != 0 {
		t.Errorf("sealed up to %d at once", h.UpTo)
	}
	w.Clock.Advance(2 * time.Second)
	if h := seal(); h.UpTo != 1 {
		t.Errorf("sealed up to %d, want the one that has settled", h.UpTo)
	}
}
