package audit

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"smartagenda/configs/platform/postgres"
)

// Settled is how old an entry must be to be sealed: by then no transaction that
// began before it can still add one with a smaller id.
const Settled = 10 * time.Minute

// ErrBroken says that a chain does not hold: entries were changed, added or
// taken away after they were sealed.
var ErrBroken = errors.New("audit: the chain is broken")

// Head is the last seal of a chain: SHA-256 over the one before and each entry
// since, so that no entry can change without every later seal changing.
type Head struct {
	UpTo    int64
	Entries int64
	Hash    []byte
	At      time.Time
}

// Chain is one audit with its seals.
type Chain struct {
	rows    rows
	schema  string // with its dot, "" for the search_path's
	columns string // of an entry, in the order in which they are hashed
}

// Of is the chain of a tenant's audit.
func Of(s postgres.Scope) Chain {
	return Chain{s, "", "id, at, actor, actor_id, act, subject_id, facts"}
}

// OfStaff is the chain of the staff's audit.
func OfStaff(c *postgres.Control) Chain {
	return Chain{c, "control.", "id, at, staff_id, act, tenant, subject_id, facts"}
}

// Seal adds a seal over what has settled by now; the head is the last one,
// new or not. Sealing twice changes nothing.
func (c Chain) Seal(ctx context.Context, now time.Time) (Head, error) {
	head, err := c.last(ctx)
	if err != nil {
		return head, err
	}
	upTo, err := c.settled(ctx, now.Add(-Settled))
	if err != nil || upTo <= head.UpTo {
		return head, err
	}
	next := Head{UpTo: upTo, At: now}
	if next.Hash, next.Entries, err = c.hash(ctx, head, upTo); err != nil || next.Entries == head.Entries {
		return head, err
	}
	return next, c.add(ctx, next)
}

// Verify replays the chain and compares it with the head that was copied
// elsewhere. It returns ErrBroken, naming the entries between which something
// was done.
func (c Chain) Verify(ctx context.Context, copied Head) error {
	seals, err := c.seals(ctx)
	if err != nil {
		return err
	}
	var before Head
	for _, seal := range seals {
		hash, entries, err := c.hash(ctx, before, seal.UpTo)
		if err != nil {
			return err
		}
		if entries != seal.Entries || string(hash) != string(seal.Hash) {
			return fmt.Errorf("%w between entries %d and %d", ErrBroken, before.UpTo+1, seal.UpTo)
		}
		before = seal
		if seal.UpTo == copied.UpTo && string(seal.Hash) != string(copied.Hash) {
			return fmt.Errorf("%w: the seal up to entry %d is not the one that was copied", ErrBroken, seal.UpTo)
		}
	}
	if before.UpTo < copied.UpTo {
		return fmt.Errorf("%w: entries up to %d were sealed, %d is the last", ErrBroken, copied.UpTo, before.UpTo)
	}
	return nil
}

// link hashes one entry onto the chain.
func link(hash []byte, entry string) []byte {
	h := sha256.New()
	h.Write(hash)
	h.Write([]byte(entry))
	return h.Sum(nil)
}
