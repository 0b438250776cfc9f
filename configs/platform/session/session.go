// Package session keeps server-side sessions: a random token in a cookie, its
// hash in a row. It must not know what a signed-in person may do, nor how a
// password is checked.
package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/fault"
)

const (
	// Idle ends a session that nobody uses.
	Idle = 12 * time.Hour
	// Longest ends a session however busy it is.
	Longest = 14 * 24 * time.Hour
	// touch is how stale seen_at may be, so that reading a page seldom writes.
	touch = 5 * time.Minute
)

// Rows is where sessions are kept: a postgres.Scope or a postgres.Control.
type Rows interface{ DB() bun.IDB }

// Realm says whose sessions these are. Space is the number of the tenant (0
// for SmartAgenda's staff) and is part of what is hashed: a token that was
// given in one space opens nothing in another, even if its row were copied.
type Realm struct {
	Who   string // "member", "patient", "staff"
	Space int64
}

// Open starts a session and returns the token for the cookie.
func (r Realm) Open(ctx context.Context, rows Rows, id int64, now time.Time) (string, error) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	token := base64.RawURLEncoding.EncodeToString(raw)
	return token, insert(ctx, rows, row{r.hash(token), r.Who, id, now, now, now.Add(Longest)})
}

// Find tells who the token belongs to. It returns a SignedOut fault for a
// token that is unknown, expired, idle for too long or of another realm. stale
// asks the caller for a Touch.
func (r Realm) Find(ctx context.Context, rows Rows, token string, now time.Time) (id int64, stale bool, err error) {
	found, err := find(ctx, rows, r.hash(token), r.Who)
	if err != nil {
		return 0, false, err
	}
	if found == nil || now.After(found.ExpiresAt) || now.Sub(found.SeenAt) > Idle {
		return 0, false, fault.New(fault.SignedOut, "session.ended")
	}
	return found.WhoID, now.Sub(found.SeenAt) > touch, nil
}

// Touch notes that the session was used.
func (r Realm) Touch(ctx context.Context, rows Rows, token string, now time.Time) error {
	return seen(ctx, rows, r.hash(token), now)
}

// Close ends the session of that token.
func (r Realm) Close(ctx context.Context, rows Rows, token string) error {
	return remove(ctx, rows, r.hash(token))
}

// CloseAll ends every session of that person.
func (r Realm) CloseAll(ctx context.Context, rows Rows, id int64) error {
	return removeAll(ctx, rows, r.Who, id)
}

func (r Realm) hash(token string) []byte {
	h := sha256.New()
	h.Write([]byte(r.Who))
	h.Write([]byte{0, byte(r.Space >> 24), byte(r.Space >> 16), byte(r.Space >> 8), byte(r.Space)})
	h.Write([]byte(token))
	return h.Sum(nil)
}
