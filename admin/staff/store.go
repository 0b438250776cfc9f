package staff

import (
	"context"
	"database/sql"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/signin"
)

const selectPerson = `SELECT id, email, name, role, password_hash, reset_generation, reset_until, created_at, seen_at, disabled_at
	FROM control.staff `

type scanner interface{ Scan(...any) error }

func read(row scanner) (p Person, err error) {
	var until, seen, disabled sql.NullTime
	err = row.Scan(&p.ID, &p.Email, &p.Name, &p.Role, &p.PasswordHash, &p.generation, &until, &p.CreatedAt, &seen, &disabled)
	p.ResetUntil, p.SeenAt, p.DisabledAt = until.Time, seen.Time, disabled.Time
	return p, err
}

func one(ctx context.Context, c *postgres.Control, where string, args ...any) (Person, error) {
	return read(c.DB().QueryRowContext(ctx, selectPerson+where, args...))
}

// Get reads a login, in use or not.
func Get(ctx context.Context, c *postgres.Control, id int64) (Person, error) {
	p, err := one(ctx, c, "WHERE id = ?", id)
	return p, postgres.Found(err, "staff.unknown")
}

// ByEmail reads a login that is in use.
func ByEmail(ctx context.Context, c *postgres.Control, email string) (Person, error) {
	p, err := one(ctx, c, "WHERE email = ? AND disabled_at IS NULL", signin.Login(email))
	return p, postgres.Found(err, "staff.unknown")
}

// List gives every login, those in use first, by name.
func List(ctx context.Context, c *postgres.Control) ([]Person, error) {
	rows, err := c.DB().QueryContext(ctx, selectPerson+"ORDER BY disabled_at IS NOT NULL, extensions.unaccent(lower(name)), id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Person
	for rows.Next() {
		p, err := read(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// insert gives 0 when the address is taken.
func insert(ctx context.Context, c *postgres.Control, p Person) (id int64, err error) {
	err = c.DB().QueryRowContext(ctx, `INSERT INTO control.staff (email, name, role, created_at) VALUES (?, ?, ?, ?)
		ON CONFLICT ON CONSTRAINT staff_email DO NOTHING RETURNING id`, p.Email, p.Name, p.Role, c.Clock().Now()).Scan(&id)
	if postgres.NoRows(err) {
		return 0, nil
	}
	return id, err
}

func lockAdmins(ctx context.Context, c *postgres.Control) (ids []int64, err error) {
	err = c.DB().NewRaw("SELECT id FROM control.staff WHERE role = ? AND disabled_at IS NULL ORDER BY id FOR UPDATE", Admin).Scan(ctx, &ids)
	return ids, err
}

// change runs an update of one row, which must be there.
func change(ctx context.Context, c *postgres.Control, set string, args ...any) error {
	res, err := c.DB().ExecContext(ctx, "UPDATE control.staff SET "+set, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return postgres.Found(sql.ErrNoRows, "staff.unknown")
}

func setRole(ctx context.Context, c *postgres.Control, id int64, role Role) error {
	return change(ctx, c, "role = ? WHERE id = ?", role, id)
}

func setDisabled(ctx context.Context, c *postgres.Control, id int64, at time.Time) error {
	return change(ctx, c, "disabled_at = ?, reset_hash = NULL, reset_until = NULL WHERE id = ?", nullable(at), id)
}

// SetPassword stores a new hash; "" takes the password away.
func SetPassword(ctx context.Context, c *postgres.Control, id int64, hash string) error {
	return change(ctx, c, "password_hash = ? WHERE id = ?", hash, id)
}

// Seen notes a sign-in.
func Seen(ctx context.Context, c *postgres.Control, id int64) error {
	return change(ctx, c, "seen_at = ? WHERE id = ?", c.Clock().Now(), id)
}

func offer(ctx context.Context, c *postgres.Control, id int64, until time.Time) error {
	return change(ctx, c, "reset_generation = reset_generation + 1, reset_hash = NULL, reset_until = ? WHERE id = ? AND disabled_at IS NULL", until, id)
}

// setReset is false when the link was replaced or used meanwhile.
func setReset(ctx context.Context, c *postgres.Control, p Person, hash []byte) (bool, error) {
	res, err := c.DB().ExecContext(ctx, `UPDATE control.staff SET reset_hash = ?
		WHERE id = ? AND reset_generation = ? AND reset_until IS NOT NULL AND disabled_at IS NULL`, hash, p.ID, p.generation)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func byReset(ctx context.Context, c *postgres.Control, hash []byte) (Person, error) {
	p, err := one(ctx, c, "WHERE reset_hash = ? AND reset_until > ? AND disabled_at IS NULL", hash, c.Clock().Now())
	return p, postgres.Found(err, "staff.link_dead")
}

func useReset(ctx context.Context, c *postgres.Control, hash []byte, passwordHash string) (id int64, err error) {
	err = c.DB().QueryRowContext(ctx, `UPDATE control.staff SET password_hash = ?, reset_hash = NULL, reset_until = NULL
		WHERE reset_hash = ? AND reset_until > ? AND disabled_at IS NULL RETURNING id`, passwordHash, hash, c.Clock().Now()).Scan(&id)
	return id, postgres.Found(err, "staff.link_dead")
}

func nullable(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
