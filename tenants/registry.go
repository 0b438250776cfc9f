package tenants

import (
	"context"
	"sync"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
)

// Fresh is how old a registry entry may be: a suspension takes this long at
// most to be felt everywhere.
const Fresh = 5 * time.Second

// entries bounds the cache; names that do not exist are remembered too, so a
// scan of the name space must not fill the memory.
const entries = 20_000

// Registry finds tenants by address. It is safe for concurrent use.
type Registry struct {
	control *postgres.Control

	mu    sync.RWMutex
	known map[string]entry
}

type entry struct {
	tenant Tenant
	found  bool
	at     time.Time
}

// NewRegistry reads through control.
func NewRegistry(c *postgres.Control) *Registry {
	return &Registry{control: c, known: map[string]entry{}}
}

// BySlug finds the tenant at slug.smartagenda.fr. It returns a NotFound fault
// for an unknown or not reachable one, the same for both.
func (r *Registry) BySlug(ctx context.Context, slug string) (Tenant, error) {
	return r.find("slug:"+slug, func() (Tenant, error) { return BySlug(ctx, r.control, slug) })
}

// ByDomain finds the tenant whose own domain this is.
func (r *Registry) ByDomain(ctx context.Context, host string) (Tenant, error) {
	return r.find("host:"+host, func() (Tenant, error) { return byDomain(ctx, r.control, host) })
}

// ByID finds a tenant whatever its state, for work without an address.
func (r *Registry) ByID(ctx context.Context, id postgres.Tenant) (Tenant, error) {
	return byID(ctx, r.control, id)
}

func (r *Registry) find(key string, load func() (Tenant, error)) (Tenant, error) {
	now := r.control.Clock().Now()
	r.mu.RLock()
	e, ok := r.known[key]
	r.mu.RUnlock()
	if age := now.Sub(e.at); !ok || age >= Fresh || age < 0 {
		t, err := load()
		if err != nil && !fault.Is(err, fault.NotFound) {
			return Tenant{}, err
		}
		e = entry{tenant: t, found: err == nil && t.Status.Reachable(), at: now}
		r.keep(key, e)
	}
	if !e.found {
		return Tenant{}, unknown()
	}
	return e.tenant, nil
}

func (r *Registry) keep(key string, e entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) >= entries {
		clear(r.known)
	}
	r.known[key] = e
}

// Forget drops what is cached, for the process that has just changed a tenant.
func (r *Registry) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.known)
}

func unknown() error { return fault.New(fault.NotFound, "tenants.unknown") }
