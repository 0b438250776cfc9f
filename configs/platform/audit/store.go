package audit

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/postgres"
)

// Write adds the entry to the tenant's audit. The tenant's role may add and
// read entries, not change them.
func Write(ctx context.Context, s postgres.Scope, e Entry) error {
	_, err := s.DB().ExecContext(ctx, `INSERT INTO audit (at, actor, actor_id, act, subject_id, facts)
		VALUES (?, ?, nullif(?, 0), ?, nullif(?, 0), ?)`, s.Now(), e.Actor, e.ActorID, e.Act, e.Subject, e.Facts)
	return err
}

// rows is a postgres.Scope or a postgres.Control.
type rows interface{ DB() bun.IDB }

func (c Chain) last(ctx context.Context) (Head, error) {
	var h Head
	err := c.rows.DB().QueryRowContext(ctx, "SELECT up_to, entries, hash, sealed_at FROM "+c.schema+"audit_seals ORDER BY up_to DESC LIMIT 1").
		Scan(&h.UpTo, &h.Entries, &h.Hash, &h.At)
	if postgres.NoRows(err) {
		return Head{}, nil
	}
	return h, err
}

// settled is the last id before the first entry that is too young.
func (c Chain) settled(ctx context.Context, before time.Time) (id int64, err error) {
	err = c.rows.DB().QueryRowContext(ctx, "SELECT coalesce((SELECT min(id) - 1 FROM "+c.schema+"audit WHERE at >= ?), (SELECT max(id) FROM "+c.schema+"audit), 0)", before).Scan(&id)
	return id, err
}

// hash goes on from a head over the entries up to an id; how they are written
// is PostgreSQL's JSON in UTC, the same in every session.
func (c Chain) hash(ctx context.Context, from Head, upTo int64) (hash []byte, entries int64, err error) {
	hash, entries = from.Hash, from.Entries
	rows, err := c.rows.DB().QueryContext(ctx, "SELECT jsonb_build_array("+c.columns+")::text FROM "+c.schema+"audit WHERE id > ? AND id <= ? ORDER BY id", from.UpTo, upTo)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var entry string
		if err := rows.Scan(&entry); err != nil {
			return nil, 0, err
		}
		hash, entries = link(hash, entry), entries+1
	}
	return hash, entries, rows.Err()
}

func (c Chain) add(ctx context.Context, h Head) error {
	_, err := c.rows.DB().ExecContext(ctx, "INSERT INTO "+c.schema+"audit_seals (up_to, entries, hash, sealed_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		h.UpTo, h.Entries, h.Hash, h.At)
	return err
}

func (c Chain) seals(ctx context.Context) ([]Head, error) {
	rows, err := c.rows.DB().QueryContext(ctx, "SELECT up_to, entries, hash, sealed_at FROM "+c.schema+"audit_seals ORDER BY up_to")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Head
	for rows.Next() {
		var h Head
		if err := rows.Scan(&h.UpTo, &h.Entries, &h.Hash, &h.At); err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, rows.Err()
}

// Copy keeps a head where those who write the audit do not; an older one never
// replaces a newer.
func Copy(ctx context.Context, c *postgres.Control, t postgres.Tenant, h Head) error {
	if h.UpTo == 0 {
		return nil
	}
	_, err := c.DB().ExecContext(ctx, `INSERT INTO control.audit_heads AS old (tenant, up_to, entries, hash, sealed_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (tenant) DO UPDATE SET up_to = excluded.up_to, entries = excluded.entries, hash = excluded.hash, sealed_at = excluded.sealed_at
		WHERE old.up_to < excluded.up_to`, int64(t), h.UpTo, h.Entries, h.Hash, h.At)
	return err
}

// Copied is the head kept of a tenant's chain, 0 for the staff's.
func Copied(ctx context.Context, c *postgres.Control, t postgres.Tenant) (Head, error) {
	var h Head
	err := c.DB().QueryRowContext(ctx, "SELECT up_to, entries, hash, sealed_at FROM control.audit_heads WHERE tenant = ?", int64(t)).
		Scan(&h.UpTo, &h.Entries, &h.Hash, &h.At)
	if postgres.NoRows(err) {
		return Head{}, nil
	}
	return h, err
}
