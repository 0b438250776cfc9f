package signin_test

import (
	"context"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/signin"
	"smartagenda/tenants/tenantstest"
)

func TestAfterFiveWrongPasswordsALoginRests(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	const login = "Owner@Cabinet-A.test"
	allowed := func() (err error) {
		w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
			err = signin.Allowed(ctx, s, login, s.Now())
			return nil
		})
		return err
	}
	for i := 1; i <= signin.Tries; i++ {
		if err := allowed(); err != nil {
			t.Fatalf("try %d: %v", i, err)
		}
		w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
			wrong, err := signin.Failed(ctx, s, " "+login, s.Now())
			if e := fault.As(wrong); i < signin.Tries && (e.Key != "signin.wrong" || e.Args["Count"] != signin.Tries-i) {
				t.Errorf("try %d: %v", i, wrong)
			} else if i == signin.Tries && e.Kind != fault.TooMany {
				t.Errorf("the last try: %v, want TooMany", wrong)
			}
			return err
		})
	}
	if e := fault.As(allowed()); e == nil || e.Kind != fault.TooMany || e.After != signin.Pause || e.Args["Minutes"] != 15 {
		t.Errorf("after %d tries: %v", signin.Tries, e)
	}
	w.In(t, b, func(ctx context.Context, s postgres.Scope) error {
		if err := signin.Allowed(ctx, s, login, s.Now()); err != nil {
			t.Errorf("the other tenant's login rests too: %v", err)
		}
		return nil
	})
	w.Clock.Advance(signin.Pause + time.Second)
	if err := allowed(); err != nil {
		t.Errorf("after the pause: %v", err)
	}
}

func TestSuccessForgetsTheFailures(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		for range signin.Tries - 1 {
			if _, err := signin.Failed(ctx, s, "x@y.test", s.Now()); err != nil {
				return err
			}
		}
		if err := signin.Succeeded(ctx, s, "X@y.test"); err != nil {
			return err
		}
		wrong, err := signin.Failed(ctx, s, "x@y.test", s.Now())
		if e := fault.As(wrong); e.Args["Count"] != signin.Tries-1 {
			t.Errorf("got %v, want the count to start again", wrong)
		}
		return err
	})
}

func TestVerify(t *testing.T) {
	t.Parallel()
	stored, err := secure.Hash(t.Context(), "une phrase assez longue")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		stored, password string
		ok               bool
	}{
		"right":   {stored, "une phrase assez longue", true},
		"wrong":   {stored, "une phrase assez courte", false},
		"nobody":  {"", "une phrase assez longue", false},
		"no word": {stored, "", false},
	} {
		if ok, err := signin.Verify(t.Context(), c.stored, c.password); err != nil || ok != c.ok {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
}
