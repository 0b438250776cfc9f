package signin

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

func count(ctx context.Context, rows Rows, hash []byte) (failures int, until time.Time, err error) {
	err = rows.DB().QueryRowContext(ctx, "SELECT failures, until FROM signin_failures WHERE login_hash = ?", hash).
		Scan(&failures, &until)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	return failures, until, err
}

// fail adds one to a count that is still running and starts a new one else.
func fail(ctx context.Context, rows Rows, hash []byte, now time.Time) (failures int, err error) {
	err = rows.DB().QueryRowContext(ctx, `INSERT INTO signin_failures AS f (login_hash, failures, until) VALUES (?0, 1, ?2)
		ON CONFLICT (login_hash) DO UPDATE
		SET failures = CASE WHEN f.until > ?1 THEN f.failures + 1 ELSE 1 END, until = ?2
		RETURNING failures`, hash, now, now.Add(Pause)).Scan(&failures)
	return failures, err
}

func forget(ctx context.Context, rows Rows, hash []byte) error {
	_, err := rows.DB().ExecContext(ctx, "DELETE FROM signin_failures WHERE login_hash = ?", hash)
	return err
}

// Sweep forgets counts that have run out.
func Sweep(ctx context.Context, rows Rows, now time.Time) error {
	_, err := rows.DB().ExecContext(ctx, "DELETE FROM signin_failures WHERE until < ?", now)
	return err
}
