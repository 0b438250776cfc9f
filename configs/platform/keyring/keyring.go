// Package keyring keeps each tenant's key, wrapped by the master key, in a
// schema of its own. It must not know what the keys protect.
package keyring

import (
	"context"
	"sync"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
)

// held bounds how long a process uses a key that may have been destroyed.
const held = time.Minute

// Keyring finds and unwraps keys. It is safe for concurrent use.
type Keyring struct {
	control *postgres.Control
	master  secure.Master

	mu   sync.RWMutex
	keys map[postgres.Tenant]kept
}

type kept struct {
	key secure.Key
	at  time.Time
}

// New unwraps with master what control's database keeps.
func New(c *postgres.Control, master secure.Master) *Keyring {
	return &Keyring{control: c, master: master, keys: map[postgres.Tenant]kept{}}
}

// Key is the tenant's key. It fails for a tenant whose key was destroyed.
func (k *Keyring) Key(ctx context.Context, t postgres.Tenant) (secure.Key, error) {
	now := k.control.Clock().Now()
	k.mu.RLock()
	hit, ok := k.keys[t]
	k.mu.RUnlock()
	if age := now.Sub(hit.at); ok && age >= 0 && age < held {
		return hit.key, nil
	}
	wrapped, err := load(ctx, k.control, t)
	if err != nil {
		return secure.Key{}, err
	}
	key, err := k.master.Unwrap(wrapped, int64(t))
	if err != nil {
		return secure.Key{}, err
	}
	k.mu.Lock()
	k.keys[t] = kept{key, now}
	k.mu.Unlock()
	return key, nil
}

// Own is SmartAgenda's own key, for links to its staff and the like. It is made
// the first time that somebody asks for it.
func (k *Keyring) Own(ctx context.Context) (secure.Key, error) {
	_, wrapped := k.master.NewKey(int64(own))
	if err := storeOnce(ctx, k.control, own, wrapped); err != nil {
		return secure.Key{}, err
	}
	return k.Key(ctx, own)
}

// own is the number under which SmartAgenda's own key is kept.
const own postgres.Tenant = 0

// Make gives the tenant a new key, in the transaction of c.
func (k *Keyring) Make(ctx context.Context, c *postgres.Control, t postgres.Tenant) error {
	_, wrapped := k.master.NewKey(int64(t))
	return store(ctx, c, t, wrapped)
}

// Destroy forgets a tenant's key for good, in the transaction of c: what was
// sealed with it cannot be opened any more, wherever a copy of it lies.
func (k *Keyring) Destroy(ctx context.Context, c *postgres.Control, t postgres.Tenant) error {
	k.mu.Lock()
	delete(k.keys, t)
	k.mu.Unlock()
	return destroy(ctx, c, t)
}
