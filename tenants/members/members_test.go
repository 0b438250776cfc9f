package members_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
	"smartagenda/tenants/tenantstest"
)

// link begins a reset for the tenant's owner and gives its text.
func link(t *testing.T, w *tenantstest.World, one tenants.Tenant) (token string) {
	t.Helper()
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		id, ok, err := members.BeginReset(ctx, s, " OWNER@"+string(one.Slug)+".test ")
		if err != nil || !ok {
			t.Fatalf("the owner is not known: %v", err)
		}
		m, err := members.Get(ctx, s, id)
		if err != nil {
			return err
		}
		token, err = members.ResetToken(ctx, s, m)
		return err
	})
	return token
}

func reset(w *tenantstest.World, one tenants.Tenant, token string) error {
	return w.Control.Scope(context.Background(), one.ID, func(ctx context.Context, s postgres.Scope) error {
		_, err := members.Reset(ctx, s, token, "hash")
		return err
	})
}

func TestAResetLinkWorksOnce(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	token := link(t, w, a)
	link(t, w, b) // the same member id, another link
	if err := reset(w, b, token); !fault.Is(err, fault.NotFound) {
		t.Errorf("in the other tenant: %v, want NotFound", err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	used := 0
	for range 8 { // at once
		wg.Go(func() {
			err := reset(w, a, token)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				used++
			} else if !fault.Is(err, fault.NotFound) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if used != 1 {
		t.Errorf("used %d times, want once", used)
	}
}

func TestANewLinkKillsTheOlderOne(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	older, newer := link(t, w, a), link(t, w, a)
	if older == newer {
		t.Fatal("two links are the same")
	}
	if err := reset(w, a, older); !fault.Is(err, fault.NotFound) {
		t.Errorf("the older link: %v, want NotFound", err)
	}
	if err := reset(w, a, newer); err != nil {
		t.Errorf("the newer link: %v", err)
	}
}

func TestALinkExpires(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	token := link(t, w, a)
	w.Clock.Advance(members.ResetFor)
	if err := reset(w, a, token); !fault.Is(err, fault.NotFound) {
		t.Errorf("after %s: %v, want NotFound", members.ResetFor, err)
	}
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		m, err := members.ByEmail(ctx, s, "owner@cabinet-a.test")
		if err != nil {
			return err
		}
		if again, err := members.ResetToken(ctx, s, m); err != nil || again != "" {
			t.Errorf("an expired link is still written: %q, %v", again, err)
		}
		return nil
	})
}

func TestTheLinkCanBeWrittenAgain(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	token := link(t, w, a)
	w.Clock.Advance(time.Minute)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		m, err := members.ByReset(ctx, s, token)
		if err != nil {
			return err
		}
		if again, err := members.ResetToken(ctx, s, m); err != nil || again != token {
			t.Errorf("written again it is %q, %v", again, err)
		}
		return nil
	})
}

func TestNobodyIsToldWhoHasALogin(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		if _, ok, err := members.BeginReset(ctx, s, "owner@cabinet-b.test"); err != nil || ok {
			t.Errorf("another tenant's owner is known here: %v, %v", ok, err)
		}
		return nil
	})
}

func TestAddOwnerTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		if _, added, err := members.AddOwner(ctx, s, "Owner@cabinet-a.test", "Somebody else"); err != nil || added {
			t.Errorf("added again: %v, %v", added, err)
		}
		_, err := members.Add(ctx, s, members.Member{Email: "owner@cabinet-a.test", Name: "X", Role: members.Reader})
		if !fault.HasKey(err, "fault.invalid") {
			t.Errorf("a taken address: %v, want Invalid", err)
		}
		list, err := members.List(ctx, s)
		if len(list) != 1 || list[0].Name != "Ada Martin" {
			t.Errorf("members: %+v", list)
		}
		return err
	})
}

func TestADisabledLoginIsGone(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	token := link(t, w, a)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		if _, err := s.DB().ExecContext(ctx, "UPDATE members SET disabled_at = ?", s.Now()); err != nil {
			return err
		}
		if _, err := members.Get(ctx, s, 1); !fault.Is(err, fault.NotFound) {
			t.Errorf("by id: %v", err)
		}
		if _, err := members.ByEmail(ctx, s, "owner@cabinet-a.test"); !fault.Is(err, fault.NotFound) {
			t.Errorf("by mail: %v", err)
		}
		return nil
	})
	if err := reset(w, a, token); !fault.Is(err, fault.NotFound) {
		t.Errorf("its link: %v, want NotFound", err)
	}
}

func TestOnlyAReaderCannotWrite(t *testing.T) {
	t.Parallel()
	for _, r := range members.Roles() {
		if r.CanWrite() == (r == members.Reader) {
			t.Errorf("%s: CanWrite is %v", r, r.CanWrite())
		}
	}
}
