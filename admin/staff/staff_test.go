package staff_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants/tenantstest"
)

func add(t *testing.T, w *tenantstest.World, email string, role staff.Role) int64 {
	t.Helper()
	id, err := staff.Add(t.Context(), w.Console(t), staff.Person{Email: email, Name: "Nour", Role: role})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// link writes a person's link as the worker does, whose login has the keys.
func link(t *testing.T, w *tenantstest.World, id int64) string {
	t.Helper()
	key, err := w.Keys.Own(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, token, err := staff.Link(t.Context(), w.Control, key, id)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestALoginIsAddedWithoutAPasswordAndByOneAddress(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	c := w.Console(t)
	id := add(t, w, " Nour@SmartAgenda.test ", staff.Support)
	p, err := staff.ByEmail(t.Context(), c, "NOUR@smartagenda.test")
	if err != nil || p.ID != id || p.Email != "nour@smartagenda.test" || p.PasswordHash != "" || p.Role != staff.Support || !p.SeenAt.IsZero() {
		t.Fatalf("%+v, %v", p, err)
	}
	_, err = staff.Add(t.Context(), c, staff.Person{Email: "nour@smartagenda.test", Name: "Another", Role: staff.Admin})
	if e := fault.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Key != "staff.email_taken" {
		t.Errorf("a taken address: %v", err)
	}
	_, err = staff.Add(t.Context(), c, staff.Person{Email: "nobody", Name: " ", Role: "king"})
	if e := fault.As(err); e == nil || len(e.Fields) != 3 {
		t.Errorf("three wrong fields: %v", err)
	}
	if _, err = staff.Add(t.Context(), c, staff.Person{Email: "x@exemple.fr", Name: strings.Repeat("é", 121), Role: staff.Admin}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a name too long: %v", err)
	}
}

func TestALinkWorksOnceAndIsTheSameUntilThen(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	c := w.Console(t)
	id := add(t, w, "nour@smartagenda.test", staff.Admin)
	token := link(t, w, id)
	if again := link(t, w, id); token == "" || again != token {
		t.Fatalf("%q, then %q", token, again)
	}
	if p, err := staff.ByReset(t.Context(), c, token); err != nil || p.ID != id {
		t.Fatalf("%+v, %v", p, err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	used := 0
	for range 6 { // at once
		wg.Go(func() {
			_, err := staff.Reset(context.Background(), c, token, "hash")
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				used++
			} else if !fault.HasKey(err, "staff.link_dead") {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if used != 1 {
		t.Errorf("used %d times", used)
	}
	if left := link(t, w, id); left != "" {
		t.Error("a used link is written again")
	}
	for _, bad := range []string{"", "x", token + "A", strings.Repeat("A", 22)} {
		if _, err := staff.ByReset(t.Context(), c, bad); !fault.HasKey(err, "staff.link_dead") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestANewLinkKillsTheOlderAndEachExpires(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	c := w.Console(t)
	id := add(t, w, "nour@smartagenda.test", staff.Admin)
	older := link(t, w, id)
	if err := staff.Offer(t.Context(), c, id, staff.LinkFor); err != nil {
		t.Fatal(err)
	}
	if _, err := staff.ByReset(t.Context(), c, older); !fault.Is(err, fault.NotFound) {
		t.Errorf("the older link: %v", err)
	}
	newer := link(t, w, id)
	w.Clock.Advance(staff.LinkFor - time.Second)
	if _, err := staff.ByReset(t.Context(), c, newer); err != nil {
		t.Errorf("within the hour: %v", err)
	}
	w.Clock.Advance(time.Second)
	if _, err := staff.Reset(t.Context(), c, newer, "hash"); !fault.Is(err, fault.NotFound) {
		t.Errorf("after the hour: %v", err)
	}
	if link(t, w, id) != "" {
		t.Error("an expired link is written")
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	c := w.Console(t)
	first := add(t, w, "a@smartagenda.test", staff.Admin)
	add(t, w, "s@smartagenda.test", staff.Support)
	for name, err := range map[string]error{
		"disable": staff.Disable(t.Context(), c, first),
		"demote":  staff.SetRole(t.Context(), c, first, staff.Billing),
	} {
		if !fault.HasKey(err, "staff.last_admin") || !fault.Is(err, fault.Conflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	second := add(t, w, "b@smartagenda.test", staff.Admin)
	// Two administrators who demote each other at once: one of them stays.
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, id := range []int64{first, second} {
		wg.Go(func() { errs[i] = staff.SetRole(context.Background(), c, id, staff.Support) })
	}
	wg.Wait()
	if err := errors.Join(errs...); !fault.HasKey(err, "staff.last_admin") || errs[0] != nil && errs[1] != nil {
		t.Errorf("got %v", errs)
	}
}

func TestADisabledLoginOpensNothing(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	c := w.Console(t)
	add(t, w, "a@smartagenda.test", staff.Admin)
	id := add(t, w, "s@smartagenda.test", staff.Support)
	token := link(t, w, id)
	if err := staff.Disable(t.Context(), c, id); err != nil {
		t.Fatal(err)
	}
	if _, err := staff.ByEmail(t.Context(), c, "s@smartagenda.test"); !fault.Is(err, fault.NotFound) {
		t.Errorf("by mail: %v", err)
	}
	if _, err := staff.Reset(t.Context(), c, token, "hash"); !fault.Is(err, fault.NotFound) {
		t.Errorf("its link: %v", err)
	}
	if err := staff.Offer(t.Context(), c, id, staff.LinkFor); !fault.Is(err, fault.NotFound) {
		t.Errorf("a new link: %v", err)
	}
	list, err := staff.List(t.Context(), c)
	if err != nil || len(list) != 2 || list[0].Disabled() || !list[1].Disabled() {
		t.Errorf("%+v, %v", list, err)
	}
	if err := staff.Enable(t.Context(), c, id); err != nil {
		t.Fatal(err)
	}
	if _, err := staff.ByEmail(t.Context(), c, "s@smartagenda.test"); err != nil {
		t.Errorf("enabled again: %v", err)
	}
	for name, err := range map[string]error{"disable": staff.Disable(t.Context(), c, 99), "enable": staff.Enable(t.Context(), c, 99), "role": staff.SetRole(t.Context(), c, 99, staff.Admin)} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s of nobody: %v", name, err)
		}
	}
}

func TestOnlyHashesAreStored(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	id := add(t, w, "nour@smartagenda.test", staff.Admin)
	token := link(t, w, id)
	var n int
	err := postgrestest.Super(t, w.Address).QueryRow("SELECT count(*) FROM control.staff s WHERE position($1 in s::text) > 0", token).Scan(&n)
	if err != nil || n != 0 {
		t.Errorf("the link itself is stored (%v)", err)
	}
}

func TestWhatEachRoleMay(t *testing.T) {
	t.Parallel()
	all := []staff.Right{staff.Look, staff.ReadAudit, staff.ManageStaff, staff.Subscriptions, staff.EnterCases, staff.ReadCases,
		staff.HandleCases, staff.Policies, staff.SupportView, staff.ApprovePurge}
	want := map[staff.Role]string{ // in the order of all
		staff.Admin: "yyyyyyyyyy", staff.Support: "y...yy..y.", staff.Billing: "y..y......", staff.Privacy: "yy..yyyy.y", "king": "..........",
	}
	for role, row := range want {
		for i, right := range all {
			if got := staff.May(role, right); got != (row[i] == 'y') {
				t.Errorf("%s, %s: %v", role, right, got)
			}
		}
	}
	if len(staff.Roles()) != len(want)-1 {
		t.Errorf("roles %v are not all in the table", staff.Roles())
	}
}
