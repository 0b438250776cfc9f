package session

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

type row struct {
	TokenHash []byte
	Who       string
	WhoID     int64
	CreatedAt time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
}

func insert(ctx context.Context, rows Rows, s row) error {
	_, err := rows.DB().ExecContext(ctx, `INSERT INTO sessions (token_hash, who, who_id, created_at, seen_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?)`, s.TokenHash, s.Who, s.WhoID, s.CreatedAt, s.SeenAt, s.ExpiresAt)
	return err
}

func find(ctx context.Context, rows Rows, hash []byte, who string) (*row, error) {
	var s row
	err := rows.DB().QueryRowContext(ctx, "SELECT who_id, seen_at, expires_at FROM sessions WHERE token_hash = ? AND who = ?", hash, who).
		Scan(&s.WhoID, &s.SeenAt, &s.ExpiresAt)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &s, err
}

func seen(ctx context.Context, rows Rows, hash []byte, now time.Time) error {
	_, err := rows.DB().ExecContext(ctx, "UPDATE sessions SET seen_at = ? WHERE token_hash = ?", now, hash)
	return err
}

func remove(ctx context.Context, rows Rows, hash []byte) error {
	_, err := rows.DB().ExecContext(ctx, "DELETE FROM sessions WHERE token_hash = ?", hash)
	return err
}

func removeAll(ctx context.Context, rows Rows, who string, id int64) error {
	_, err := rows.DB().ExecContext(ctx, "DELETE FROM sessions WHERE who = ? AND who_id = ?", who, id)
	return err
}

// Sweep forgets sessions that have expired; it belongs to a nightly job.
func Sweep(ctx context.Context, rows Rows, now time.Time) error {
	_, err := rows.DB().ExecContext(ctx, "DELETE FROM sessions WHERE expires_at < ? OR seen_at < ?", now, now.Add(-Idle))
	return err
}
