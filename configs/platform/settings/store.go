// Package settings keeps the few facts that every process of an installation
// must agree on, such as the demo's clock. It must not know what they mean.
package settings

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
)

// Get reads a fact, "" when it was never set.
func Get(ctx context.Context, c *postgres.Control, name string) (value string, err error) {
	err = c.DB().QueryRowContext(ctx, "SELECT value FROM platform.settings WHERE name = ?", name).Scan(&value)
	if postgres.NoRows(err) {
		return "", nil
	}
	return value, err
}

// Set writes a fact and tells whether that changed it.
func Set(ctx context.Context, c *postgres.Control, name, value string) (changed bool, err error) {
	res, err := c.DB().ExecContext(ctx, `INSERT INTO platform.settings AS s (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE s.value <> excluded.value`, name, value)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// clockOffset names the fact that the demo's clock is ahead by so much.
const clockOffset = "clock_offset"

// AdvanceClock moves the program's clock, for this process at once and for the
// others when they next follow.
func AdvanceClock(ctx context.Context, c *postgres.Control, d time.Duration) error {
	offset, err := advance(ctx, c, d)
	if err == nil {
		c.Clock().SetOffset(offset)
	}
	return err
}

// FollowClock takes the offset that another process may have changed.
func FollowClock(ctx context.Context, c *postgres.Control) error {
	offset, err := advance(ctx, c, 0)
	if err == nil {
		c.Clock().SetOffset(offset)
	}
	return err
}

func advance(ctx context.Context, c *postgres.Control, d time.Duration) (offset time.Duration, err error) {
	var nanoseconds int64
	if d == 0 {
		err = c.DB().QueryRowContext(ctx, "SELECT value::bigint FROM platform.settings WHERE name = ?", clockOffset).Scan(&nanoseconds)
		if postgres.NoRows(err) {
			return 0, nil
		}
		return time.Duration(nanoseconds), err
	}
	err = c.DB().QueryRowContext(ctx, `INSERT INTO platform.settings AS s (name, value) VALUES (?0, (?1)::text)
		ON CONFLICT (name) DO UPDATE SET value = (s.value::bigint + ?1)::text RETURNING value::bigint`,
		clockOffset, int64(d)).Scan(&nanoseconds)
	return time.Duration(nanoseconds), err
}
