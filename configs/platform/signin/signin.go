// Package signin checks a login and a password the same way for members,
// patients and staff, and slows down who guesses. It must not know what the
// person may do once inside.
package signin

import (
	"context"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/secure"
)

const (
	// Tries is how many wrong passwords a login may have before the pause.
	Tries = 5
	// Pause is how long a login rests then.
	Pause = 15 * time.Minute
)

// Rows is where failures are counted: a postgres.Scope or a postgres.Control.
type Rows interface{ DB() bun.IDB }

// Login is the form in which a mail address is looked up.
func Login(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// Allowed refuses a login that rests (TooMany, with how long). It says the
// same for logins that do not exist.
func Allowed(ctx context.Context, rows Rows, login string, now time.Time) error {
	failures, until, err := count(ctx, rows, hash(login))
	if err != nil {
		return err
	}
	if failures >= Tries && until.After(now) {
		e := fault.New(fault.TooMany, "signin.paused", "Minutes", minutes(until.Sub(now)))
		e.After = until.Sub(now)
		return e
	}
	return nil
}

// Verify checks the password against the stored hash, "" for a login that is
// unknown or has none: that costs the same time and fails. It runs outside any
// transaction, because it takes tens of milliseconds on purpose.
func Verify(ctx context.Context, stored, password string) (ok bool, err error) {
	if stored == "" {
		return false, secure.VerifyNobody(ctx, password)
	}
	return secure.Verify(ctx, stored, password)
}

// Failed counts a wrong password and says how many tries are left, as an
// Invalid fault, or that the login rests now.
func Failed(ctx context.Context, rows Rows, login string, now time.Time) (wrong, err error) {
	failures, err := fail(ctx, rows, hash(login), now)
	if err != nil {
		return nil, err
	}
	if failures >= Tries {
		e := fault.New(fault.TooMany, "signin.paused", "Minutes", minutes(Pause))
		e.After = Pause
		return e, nil
	}
	return fault.New(fault.Invalid, "signin.wrong", "Count", Tries-failures), nil
}

// Succeeded forgets the failures of a login.
func Succeeded(ctx context.Context, rows Rows, login string) error {
	return forget(ctx, rows, hash(login))
}

func minutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

func hash(login string) []byte {
	h := sha256.Sum256([]byte(Login(login)))
	return h[:]
}
