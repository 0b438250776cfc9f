package instructions_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants"
	"smartagenda/tenants/instructions"
	"smartagenda/tenants/tenantstest"
)

func order(extent instructions.Extent) instructions.Order {
	return instructions.Order{Extent: extent, Hours: 4, Reason: "Un rendez-vous n’apparaît pas.", Member: 1}
}

func give(t *testing.T, w *tenantstest.World, one tenants.Tenant, o instructions.Order) error {
	t.Helper()
	return w.Control.Scope(t.Context(), one.ID, func(ctx context.Context, s postgres.Scope) error { return instructions.Give(ctx, s, o) })
}

// sees tells whether the console's login can do something in a schema.
func sees(t *testing.T, db *sql.DB, query string) bool {
	t.Helper()
	_, err := db.Exec(query)
	if err != nil && !postgres.Refused(err) {
		t.Fatalf("%s: %v", query, err)
	}
	return err == nil
}

func TestPostgreSQLOpensASpaceOnlyUnderAnInstruction(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	db := postgrestest.Open(t, w.Address, "smartagenda_console")
	ours, theirs := a.ID.Schema(), b.ID.Schema()
	if sees(t, db, "SELECT * FROM "+ours+".patients") {
		t.Fatal("the console reads without an instruction")
	}
	if err := give(t, w, a, order(instructions.Read)); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]bool{
		"SELECT * FROM " + ours + ".patients":                        true,
		"SELECT id, email FROM " + ours + ".members":                 true,
		"SELECT password_hash FROM " + ours + ".members":             false,
		"SELECT link_hash FROM " + ours + ".participations":          false,
		"SELECT * FROM " + ours + ".sessions":                        false,
		"SELECT * FROM " + ours + ".signin_failures":                 false,
		"SELECT * FROM " + ours + ".idempotency":                     false,
		"UPDATE " + ours + ".patients SET last_name = 'x'":           false,
		"DELETE FROM " + ours + ".audit":                             false,
		"SELECT * FROM " + theirs + ".patients":                      false,
		"INSERT INTO platform.instructions (tenant) VALUES (2)":      false,
		"UPDATE platform.instructions SET expires_at = granted_at":   false,
		"SELECT platform.instruct('read', 1, 'x', 1, '2026-11-23Z')": false,
		"SELECT platform.close_schema(2)":                            false,
	} {
		if got := sees(t, db, query); got != want {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	w.Clock.Advance(4 * time.Hour)
	if err := instructions.RevokeExpired(t.Context(), w.Control); err != nil {
		t.Fatal(err)
	}
	if sees(t, db, "SELECT * FROM "+ours+".patients") {
		t.Error("the console reads after the time")
	}
}

func TestTheOwnerEndsAnInstruction(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	db := postgrestest.Open(t, w.Address, "smartagenda_console")
	if err := give(t, w, a, order(instructions.Write)); err != nil {
		t.Fatal(err)
	}
	if !sees(t, db, "UPDATE "+a.ID.Schema()+".rules SET version = version + 1") {
		t.Error("an instruction to act does not let act")
	}
	if err := give(t, w, a, order(instructions.Read)); !fault.HasKey(err, "instructions.running") {
		t.Errorf("a second one at once: %v", err)
	}
	for range 2 {
		w.In(t, a, func(ctx context.Context, s postgres.Scope) error { return instructions.End(ctx, s, 1) })
	}
	if sees(t, db, "SELECT * FROM "+a.ID.Schema()+".profile") {
		t.Error("the space is still open")
	}
	if err := give(t, w, a, order(instructions.Read)); err != nil { // and another may follow
		t.Error(err)
	}
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		list, err := instructions.List(ctx, s)
		if len(list) != 2 || !list[0].Running(s.Now()) || list[1].Running(s.Now()) || list[1].Extent != instructions.Write {
			t.Errorf("%+v", list)
		}
		return err
	})
}

func TestAnExpiredOneStandsInNobodysWay(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	if err := give(t, w, a, order(instructions.Read)); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(5 * time.Hour) // and nobody has withdrawn it yet
	if err := give(t, w, a, order(instructions.Read)); err != nil {
		t.Error(err)
	}
}

func TestWrongOrdersNameTheirFields(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	for field, o := range map[string]instructions.Order{
		"extent": {Extent: "all", Hours: 1, Reason: "x", Member: 1}, "hours": {Extent: "read", Hours: 73, Reason: "x", Member: 1},
		"reason": {Extent: "read", Hours: 1, Reason: " \n", Member: 1},
	} {
		if e := fault.As(give(t, w, a, o)); len(e.Fields) != 1 || e.Fields[0].Name != field {
			t.Errorf("%s: %+v", field, e)
		}
	}
	if e := fault.As(give(t, w, a, instructions.Order{Extent: "read", Hours: 1, Reason: strings.Repeat("é", 401), Member: 1})); len(e.Fields) != 1 {
		t.Errorf("a long reason: %+v", e)
	}
}

func TestSupportIsRefusedWithoutAndWorksWithin(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	console := w.Console(t)
	look := func(one tenants.Tenant) error {
		return console.Support(t.Context(), one.ID, func(ctx context.Context, s postgres.Scope) error {
			_, err := instructions.List(ctx, s)
			return err
		})
	}
	if err := look(a); !postgres.Refused(err) {
		t.Errorf("without: %v", err)
	}
	if err := give(t, w, a, order(instructions.Read)); err != nil {
		t.Fatal(err)
	}
	if err := look(a); err != nil {
		t.Errorf("within: %v", err)
	}
	if err := look(b); !postgres.Refused(err) {
		t.Errorf("the other house: %v", err)
	}
	w.Clock.Advance(4 * time.Hour) // Support itself withdraws what has expired
	if err := look(a); !postgres.Refused(err) {
		t.Errorf("after: %v", err)
	}
	if _, err := console.DB().ExecContext(t.Context(), "SELECT 1"); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("the login's own statements: %v", err)
	}
}

// A table that a later step adds is either opened on purpose or kept closed on
// purpose.
func TestEveryTableIsOpenedOrKeptClosed(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	closed := []string{"sessions", "signin_failures", "idempotency", "audit_seals"}
	rows, err := postgrestest.Super(t, w.Address).Query(`SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 't_000001'::regnamespace
		AND relname NOT IN (SELECT name FROM platform.opened) ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(" "+strings.Join(closed, " ")+" ", " "+name+" ") {
			t.Errorf("%s is neither in platform.opened nor closed on purpose", name)
		}
	}
}

func TestAViewIsSeenOnlyWithItsTrace(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	console := w.Console(t)
	seen := 0
	look := func(one tenants.Tenant, then error) error {
		v := instructions.View{Tenant: one.ID, Staff: 7, Act: "support.appointment", Subject: 3}
		return instructions.Look(t.Context(), console, v, func(context.Context, postgres.Scope, instructions.Instruction) error {
			seen++
			return then
		})
	}
	if err := look(a, nil); !fault.HasKey(err, "instructions.none") || seen != 0 {
		t.Errorf("without an instruction: %v, seen %d", err, seen)
	}
	if err := give(t, w, a, order(instructions.Read)); err != nil {
		t.Fatal(err)
	}
	if err := look(a, nil); err != nil || seen != 1 {
		t.Errorf("within: %v, seen %d", err, seen)
	}
	if err := look(b, nil); !fault.HasKey(err, "instructions.none") || seen != 1 {
		t.Errorf("the other house: %v, seen %d", err, seen)
	}
	stop := errors.New("stop")
	if err := look(a, stop); !errors.Is(err, stop) {
		t.Errorf("an error within: %v", err)
	}
	var staff, subject, n int64
	err := postgrestest.Super(t, w.Address).QueryRow("SELECT max(actor_id), max(subject_id), count(*) FROM "+a.ID.Schema()+
		".audit WHERE actor = 'staff' AND act = 'support.appointment'").Scan(&staff, &subject, &n)
	if err != nil || staff != 7 || subject != 3 || n != 1 {
		t.Errorf("%d traces by %d on %d, %v: want one by 7 on 3", n, staff, subject, err)
	}
	w.Control.Scope(t.Context(), a.ID, func(ctx context.Context, s postgres.Scope) error { return instructions.End(ctx, s, 1) })
	if err := look(a, nil); !fault.HasKey(err, "instructions.none") {
		t.Errorf("after the owner ended it: %v", err)
	}
}
