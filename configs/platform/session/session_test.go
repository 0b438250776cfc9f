package session_test

import (
	"context"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/session"
	"smartagenda/tenants"
	"smartagenda/tenants/tenantstest"
)

type world struct {
	*tenantstest.World
	t *testing.T
}

func (w world) open(one tenants.Tenant, r session.Realm, id int64) (token string) {
	w.t.Helper()
	w.In(w.t, one, func(ctx context.Context, s postgres.Scope) (err error) {
		token, err = r.Open(ctx, s, id, s.Now())
		return err
	})
	return token
}

func (w world) find(one tenants.Tenant, r session.Realm, token string) (id int64, stale bool, err error) {
	w.t.Helper()
	_ = w.Control.ReadScope(w.t.Context(), one.ID, func(ctx context.Context, s postgres.Scope) error {
		id, stale, err = r.Find(ctx, s, token, s.Now())
		return nil
	})
	return id, stale, err
}

func realm(one tenants.Tenant) session.Realm {
	return session.Realm{Who: "member", Space: int64(one.ID)}
}

func TestASessionBelongsToItsTenantAndKind(t *testing.T) {
	t.Parallel()
	pair, a, b := tenantstest.Pair(t)
	w := world{pair, t}
	token := w.open(a, realm(a), 7)
	if id, _, err := w.find(a, realm(a), token); err != nil || id != 7 {
		t.Fatalf("own session: %d, %v", id, err)
	}
	// Even a row copied into the other tenant opens nothing there.
	var hash []byte
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		return s.DB().QueryRowContext(ctx, "SELECT token_hash FROM sessions").Scan(&hash)
	})
	w.In(t, b, func(ctx context.Context, s postgres.Scope) error {
		_, err := s.DB().ExecContext(ctx, "INSERT INTO sessions VALUES (?, 'member', 7, ?, ?, ?)", hash, s.Now(), s.Now(), s.Now().Add(time.Hour))
		return err
	})
	for name, try := range map[string]struct {
		one   tenants.Tenant
		realm session.Realm
		token string
	}{
		"other tenant":   {b, realm(b), token},
		"other kind":     {a, session.Realm{Who: "patient", Space: int64(a.ID)}, token},
		"invented":       {a, realm(a), "x"},
		"empty":          {a, realm(a), ""},
		"with something": {a, realm(a), token + "A"},
	} {
		if _, _, err := w.find(try.one, try.realm, try.token); !fault.Is(err, fault.SignedOut) {
			t.Errorf("%s: %v, want SignedOut", name, err)
		}
	}
}

func TestASessionEndsByItself(t *testing.T) {
	t.Parallel()
	w := world{tenantstest.New(t), t}
	one := w.Tenant(t, "maison")
	r := realm(one)
	idle := w.open(one, r, 1)
	w.Clock.Advance(session.Idle + time.Second)
	if _, _, err := w.find(one, r, idle); !fault.Is(err, fault.SignedOut) {
		t.Errorf("after %s of rest: %v", session.Idle, err)
	}
	busy := w.open(one, r, 1)
	for elapsed := time.Duration(0); elapsed < session.Longest; elapsed += session.Idle {
		w.In(t, one, func(ctx context.Context, s postgres.Scope) error { return r.Touch(ctx, s, busy, s.Now()) })
		w.Clock.Advance(session.Idle)
	}
	w.Clock.Advance(time.Second)
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error { return r.Touch(ctx, s, busy, s.Now()) })
	if _, _, err := w.find(one, r, busy); !fault.Is(err, fault.SignedOut) {
		t.Errorf("busy for %s: %v", session.Longest, err)
	}
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error { return session.Sweep(ctx, s, s.Now()) })
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		var n int
		err := s.DB().QueryRowContext(ctx, "SELECT count(*) FROM sessions").Scan(&n)
		if n != 0 {
			t.Errorf("%d sessions are left after the sweep", n)
		}
		return err
	})
}

func TestStaleAsksForATouch(t *testing.T) {
	t.Parallel()
	w := world{tenantstest.New(t), t}
	one := w.Tenant(t, "maison")
	token := w.open(one, realm(one), 1)
	if _, stale, _ := w.find(one, realm(one), token); stale {
		t.Error("a new session asks for a touch")
	}
	w.Clock.Advance(6 * time.Minute)
	if _, stale, _ := w.find(one, realm(one), token); !stale {
		t.Error("after six minutes no touch is asked for")
	}
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error { return realm(one).Touch(ctx, s, token, s.Now()) })
	if _, stale, _ := w.find(one, realm(one), token); stale {
		t.Error("a touch changes nothing")
	}
}

func TestCloseEndsOneAndCloseAllEveryOne(t *testing.T) {
	t.Parallel()
	w := world{tenantstest.New(t), t}
	one := w.Tenant(t, "maison")
	r := realm(one)
	first, second, other := w.open(one, r, 1), w.open(one, r, 1), w.open(one, r, 2)
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error { return r.Close(ctx, s, first) })
	if _, _, err := w.find(one, r, first); !fault.Is(err, fault.SignedOut) {
		t.Error("closed, and still open")
	}
	if _, _, err := w.find(one, r, second); err != nil {
		t.Error("closing one closed another")
	}
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error { return r.CloseAll(ctx, s, 1) })
	if _, _, err := w.find(one, r, second); !fault.Is(err, fault.SignedOut) {
		t.Error("all closed, and one still open")
	}
	if _, _, err := w.find(one, r, other); err != nil {
		t.Error("somebody else's session was closed")
	}
}
