package members

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/signin"
)

// insert gives 0 when the address is taken.
func insert(ctx context.Context, s postgres.Scope, m Member) (id int64, err error) {
	m.CreatedAt = s.Now()
	err = s.DB().NewInsert().Model(&m).On("CONFLICT ON CONSTRAINT members_email DO NOTHING").Returning("id").Scan(ctx, &id)
	if postgres.NoRows(err) {
		return 0, nil
	}
	return id, err
}

func one(ctx context.Context, s postgres.Scope, where string, args ...any) (Member, error) {
	var m Member
	err := s.DB().NewSelect().Model(&m).Where(where, args...).Where("disabled_at IS NULL").Scan(ctx)
	return m, err
}

// Get reads a login that is in use.
func Get(ctx context.Context, s postgres.Scope, id int64) (Member, error) {
	m, err := one(ctx, s, "id = ?", id)
	return m, postgres.Found(err, "members.unknown")
}

// ByEmail reads a login that is in use.
func ByEmail(ctx context.Context, s postgres.Scope, email string) (Member, error) {
	m, err := one(ctx, s, "email = ?", signin.Login(email))
	return m, postgres.Found(err, "members.unknown")
}

// List gives the logins in use.
func List(ctx context.Context, s postgres.Scope) (list []Member, err error) {
	err = s.DB().NewSelect().Model(&list).Where("disabled_at IS NULL").Order("id").Scan(ctx)
	return list, err
}

func byReset(ctx context.Context, s postgres.Scope, hash []byte) (Member, error) {
	m, err := one(ctx, s, "reset_hash = ? AND reset_until > ?", hash, s.Now())
	return m, postgres.Found(err, "members.link_dead")
}

func useReset(ctx context.Context, s postgres.Scope, hash []byte, passwordHash string) (id int64, err error) {
	err = s.DB().QueryRowContext(ctx, `UPDATE members SET password_hash = ?, reset_hash = NULL, reset_until = NULL
		WHERE reset_hash = ? AND reset_until > ? AND disabled_at IS NULL RETURNING id`, passwordHash, hash, s.Now()).Scan(&id)
	return id, postgres.Found(err, "members.link_dead")
}

func raise(ctx context.Context, s postgres.Scope, id int64) (generation int, err error) {
	err = s.DB().QueryRowContext(ctx, `UPDATE members SET reset_generation = reset_generation + 1
		WHERE id = ? RETURNING reset_generation`, id).Scan(&generation)
	return generation, postgres.Found(err, "members.unknown")
}

func setReset(ctx context.Context, s postgres.Scope, id int64, hash []byte, until time.Time) error {
	_, err := s.DB().ExecContext(ctx, "UPDATE members SET reset_hash = ?, reset_until = ? WHERE id = ?", hash, until, id)
	return err
}

// SetPassword stores a new hash; "" takes the password away.
func SetPassword(ctx context.Context, s postgres.Scope, id int64, hash string) error {
	_, err := s.DB().ExecContext(ctx, "UPDATE members SET password_hash = ? WHERE id = ?", hash, id)
	return err
}

// Seen notes a sign-in.
func Seen(ctx context.Context, s postgres.Scope, id int64) error {
	_, err := s.DB().ExecContext(ctx, "UPDATE members SET seen_at = ? WHERE id = ?", s.Now(), id)
	return err
}
