package postgres

import "sync"

// memos bounds how many tenants' notes a process holds.
const memos = 2_000

// memo is what a process remembers of a tenant from one transaction to the
// next. Nothing in it is trusted alone: who reads a note compares the version
// in it with the one in the database, in a query it makes anyway.
type memo struct {
	mu    sync.RWMutex
	notes map[memoKey]any
}

type memoKey struct {
	tenant Tenant
	name   string
}

// Recall gives what Remember kept under that name for this tenant, nil when
// there is nothing. The value is shared: it must not be changed.
func (s Scope) Recall(name string) any {
	m := s.s.ctl.memo
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.notes[memoKey{s.s.tenant, name}]
}

// Remember keeps a value that carries its own version, once the transaction
// has committed: what a rolled back one saw never was.
func (s Scope) Remember(name string, value any) {
	s.s.learned = append(s.s.learned, note{memoKey{s.s.tenant, name}, value})
}

type note struct {
	key   memoKey
	value any
}

func (m *memo) keep(notes []note) {
	if len(notes) == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.notes == nil || len(m.notes) >= memos {
		m.notes = map[memoKey]any{}
	}
	for _, n := range notes {
		m.notes[n.key] = n.value
	}
}
