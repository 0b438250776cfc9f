package provisioning_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/migrations"
	"smartagenda/tenants"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
	"smartagenda/tenants/tenantstest"
)

type leaving struct {
	*tenantstest.World
	t    *testing.T
	a, b tenants.Tenant
	db   *sql.DB
	provisioning.Eraser
}

func leave(t *testing.T) *leaving {
	t.Helper()
	l := &leaving{t: t}
	l.World = tenantstest.New(t)
	l.db = postgrestest.Super(t, l.Address)
	m, err := postgres.OpenMigrator(t.Context(), postgres.Pool{URL: postgrestest.As(l.Address, "smartagenda_migrator"), Size: 2, Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	// Roles belong to the server, so these tenants have numbers of their own.
	if _, err := l.db.Exec(fmt.Sprintf("UPDATE platform.tenants SET state = 'gone'; ALTER TABLE platform.tenants ALTER id RESTART WITH %d", 100_000+rand.IntN(800_000_000))); err != nil {
		t.Fatal(err)
	}
	if err := migrations.Build(t.Context(), m, 2); err != nil {
		t.Fatal(err)
	}
	l.a, l.b = l.Tenant(t, "cabinet-a"), l.Tenant(t, "cabinet-b")
	l.Furnish(t, l.a)
	l.Furnish(t, l.b)
	l.Eraser = provisioning.Eraser{Desk: l.World.Desk, Migrator: m}
	for i := range 2 {
		if _, err := l.db.Exec("INSERT INTO control.staff (email, name, role, created_at) VALUES ($1, 'Nour', 'admin', $2)", fmt.Sprintf("s%d@smartagenda.test", i), l.Clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

func (l *leaving) farewell() error {
	return l.World.Desk.Leave(l.t.Context(), provisioning.Farewell{Tenant: l.a.ID, By: subscriptions.Actor{Who: subscriptions.ByOwner, ID: 1}, Choice: provisioning.Return})
}

func (l *leaving) approve(staff ...int64) {
	l.t.Helper()
	for _, id := range staff {
		if err := provisioning.Approve(l.t.Context(), l.Control, l.a.ID, id); err != nil {
			l.t.Fatal(err)
		}
	}
}

func (l *leaving) count(query string, args ...any) (n int) {
	l.t.Helper()
	if err := l.db.QueryRow(query, args...).Scan(&n); err != nil {
		l.t.Fatal(err)
	}
	return n
}

func TestLeavingTwiceIsLeavingOnce(t *testing.T) {
	t.Parallel()
	l := leave(t)
	if err := l.farewell(); err != nil {
		t.Fatal(err)
	}
	if err := l.farewell(); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second time: %v", err)
	}
	now, err := provisioning.FindLeaving(t.Context(), l.Control, l.a.ID)
	if err != nil || !now.PurgeAt.Equal(l.Clock.Now().AddDate(0, 0, 50)) || !now.Readable(l.Clock.Now().AddDate(0, 0, 29)) || now.Readable(l.Clock.Now().AddDate(0, 0, 30)) || now.Exportable(now.ExportUntil) {
		t.Errorf("%+v, %v", now, err)
	}
	if n := l.count("SELECT count(*) FROM platform.jobs WHERE kind LIKE 'provisioning.%' AND state = 'waiting'"); n != 6 {
		t.Errorf("%d jobs follow, want the farewell, four reminders and the purge", n)
	}
	if one, _ := l.Registry.ByID(t.Context(), l.b.ID); one.Status != tenants.Trial {
		t.Errorf("the neighbour is %s", one.Status)
	}
}

func TestALeaveCanBeTakenBackUntilTheErasureBegins(t *testing.T) {
	t.Parallel()
	l := leave(t)
	if err := l.farewell(); err != nil {
		t.Fatal(err)
	}
	by := subscriptions.Actor{Who: subscriptions.ByStaff, ID: 1}
	if err := l.Stay(t.Context(), l.a.ID, by, "un malentendu"); err != nil {
		t.Fatal(err)
	}
	l.Clock.Advance(60 * 24 * time.Hour)
	if err := l.Purge(t.Context(), l.a.ID); err != nil {
		t.Errorf("the purge of a house that stays: %v", err)
	}
	if n := l.count("SELECT count(*) FROM " + l.a.ID.Schema() + ".members"); n == 0 {
		t.Error("it was erased")
	}
	if err := l.Stay(t.Context(), l.a.ID, by, "encore"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a second time: %v", err)
	}
}

func TestWithOneApproverNothingIsErased(t *testing.T) {
	t.Parallel()
	l := leave(t)
	if err := l.farewell(); err != nil {
		t.Fatal(err)
	}
	l.approve(1)
	if err := provisioning.Approve(t.Context(), l.Control, l.a.ID, 1); !fault.HasKey(err, "provisioning.approved_already") {
		t.Errorf("the same person twice: %v", err)
	}
	l.Clock.Advance(50 * 24 * time.Hour)
	if err := l.Purge(t.Context(), l.a.ID); !errors.Is(err, provisioning.ErrApprovals) {
		t.Errorf("got %v", err)
	}
	_, err := l.db.Exec("UPDATE control.offboardings SET step = 'ledger'") // nor does the database go on
	if err == nil {
		t.Error("the database goes on with one approval")
	}
	if err := provisioning.Approve(t.Context(), l.Control, l.b.ID, 1); !fault.Is(err, fault.NotFound) {
		t.Errorf("a house that does not leave: %v", err)
	}
}

func TestBeforeItsDayNothingIsErased(t *testing.T) {
	t.Parallel()
	l := leave(t)
	if err := l.farewell(); err != nil {
		t.Fatal(err)
	}
	l.approve(1, 2)
	l.Clock.Advance(49 * 24 * time.Hour)
	if err := l.Purge(t.Context(), l.a.ID); err == nil || l.count("SELECT count(*) FROM "+l.a.ID.Schema()+".members") == 0 {
		t.Errorf("got %v", err)
	}
}

// Each obstacle stops the purge at another step, as a kill would.
func TestAPurgeThatIsCutAnywhereIsFinished(t *testing.T) {
	t.Parallel()
	for i, obstacle := range []struct{ put, away string }{
		{"SELECT 1", "SELECT 1"},
		{"ALTER TABLE vault.ledger RENAME TO hidden", "ALTER TABLE vault.hidden RENAME TO ledger"},
		{"REVOKE INSERT ON control.certificates FROM smartagenda_platform", "GRANT INSERT ON control.certificates TO smartagenda_platform"},
		{"REVOKE DELETE ON platform.jobs FROM smartagenda_platform", "GRANT DELETE ON platform.jobs TO smartagenda_platform"},
		{"REVOKE UPDATE ON platform.tenants FROM smartagenda_migrator", "GRANT UPDATE ON platform.tenants TO smartagenda_migrator"},
		{"REVOKE DELETE ON vault.keys FROM smartagenda_platform", "GRANT DELETE ON vault.keys TO smartagenda_platform"},
		{"REVOKE INSERT ON control.subscription_events FROM smartagenda_platform", "GRANT INSERT ON control.subscription_events TO smartagenda_platform"},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			l := leave(t)
			if err := l.farewell(); err != nil {
				t.Fatal(err)
			}
			l.approve(1, 2)
			l.Clock.Advance(50 * 24 * time.Hour)
			if _, err := l.db.Exec(obstacle.put); err == nil && i > 0 {
				if err := l.Purge(t.Context(), l.a.ID); err == nil {
					t.Error("the obstacle is none")
				}
				if _, err := l.db.Exec(obstacle.away); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 {
				if err := l.Purge(t.Context(), l.a.ID); err != nil {
					t.Fatal(err)
				}
			}
			l.gone()
		})
	}
}

// gone checks that nothing but the certificate is left, and the neighbour whole.
func (l *leaving) gone() {
	l.t.Helper()
	for what, query := range map[string]string{
		"schemas": "SELECT count(*) FROM pg_namespace WHERE nspname = 't_' || $1",
		"roles":   "SELECT count(*) FROM pg_roles WHERE rolname = 't_' || $1",
		"keys":    "SELECT count(*) FROM vault.keys WHERE tenant::text = $1",
		"jobs":    "SELECT count(*) FROM platform.jobs WHERE tenant::text = $1",
	} {
		if n := l.count(query, l.a.ID.String()); n != 0 {
			l.t.Errorf("%d %s are left", n, what)
		}
	}
	if n := l.count("SELECT count(*) FROM vault.ledger WHERE tenant = $1", int64(l.a.ID)); n != 1 {
		l.t.Errorf("%d entries in the ledger", n)
	}
	cert, err := provisioning.FindCertificate(l.t.Context(), l.Control, l.a.ID)
	own, _ := l.World.Keys.Own(l.t.Context())
	if err != nil || cert.Counts["practitioners"] != 2 || !cert.Verify(own) {
		l.t.Errorf("certificate %+v, %v", cert, err)
	}
	cert.Counts["practitioners"] = 3
	if cert.Verify(own) {
		l.t.Error("a forged certificate is good")
	}
	if _, err := l.Registry.BySlug(l.t.Context(), "cabinet-a"); !fault.Is(err, fault.NotFound) {
		l.t.Errorf("its address answers: %v", err)
	}
	if _, err := l.World.Desk.Create(l.t.Context(), application("cabinet-a")); err == nil {
		l.t.Error("its address was given again")
	}
	if n := l.count("SELECT count(*) FROM " + l.b.ID.Schema() + ".practitioners"); n != 2 {
		l.t.Errorf("the neighbour has %d practitioners", n)
	}
}

func TestTheOwnerIsToldOnTheWayOut(t *testing.T) {
	t.Parallel()
	l := leave(t)
	if err := l.farewell(); err != nil {
		t.Fatal(err)
	}
	letters := func(kind string) int {
		return l.count("SELECT count(*) FROM "+l.a.ID.Schema()+".messages WHERE kind = $1", kind)
	}
	for days := range 51 {
		l.Clock.Advance(tenantstest.Now.AddDate(0, 0, days).Sub(l.Clock.Now()))
		jobs, err := jobstore.Take(t.Context(), l.Control, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, j := range jobs {
			switch j.Kind {
			case provisioning.KindFarewell:
				err = l.Tell(t.Context(), j)
			case provisioning.KindCountdown:
				err = l.CountDown(t.Context(), j)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if letters("left") != 1 || letters("purge_near") != 4 {
		t.Errorf("%d farewells, %d reminders", letters("left"), letters("purge_near"))
	}
}
