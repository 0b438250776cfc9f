package instructions

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
)

// grant makes the database open the schema. What has expired and was not
// withdrawn yet is, so that it stands in nobody's way.
func grant(ctx context.Context, s postgres.Scope, o Order) (id int64, err error) {
	_, running, err := Current(ctx, s)
	if err != nil {
		return 0, err
	}
	if !running {
		if _, err := s.DB().ExecContext(ctx, "SELECT platform.end_instruction(?)", s.Now()); err != nil {
			return 0, err
		}
	}
	err = s.DB().QueryRowContext(ctx, "SELECT platform.instruct(?, ?, ?, ?, ?)", o.Extent, o.Hours, o.Reason, o.Member, s.Now()).Scan(&id)
	return id, err
}

func keep(ctx context.Context, s postgres.Scope, id int64, o Order) error {
	_, err := s.DB().ExecContext(ctx, "INSERT INTO instructions (id, scope, reason, given_by, given_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
		id, o.Extent, o.Reason, o.Member, s.Now(), s.Now().Add(time.Duration(o.Hours)*time.Hour))
	return err
}

func end(ctx context.Context, s postgres.Scope, id int64) error {
	if _, err := s.DB().ExecContext(ctx, "UPDATE instructions SET ended_at = ? WHERE id = ?", s.Now(), id); err != nil {
		return err
	}
	_, err := s.DB().ExecContext(ctx, "SELECT platform.end_instruction(?)", s.Now())
	return err
}

// List gives the last hundred, the newest first.
func List(ctx context.Context, s postgres.Scope) ([]Instruction, error) { return last(ctx, s, 100) }

func last(ctx context.Context, s postgres.Scope, n int) ([]Instruction, error) {
	rows, err := s.DB().QueryContext(ctx, "SELECT id, scope, reason, given_by, given_at, expires_at, ended_at FROM instructions ORDER BY id DESC LIMIT ?", n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Instruction
	for rows.Next() {
		var i Instruction
		var ended *time.Time
		if err := rows.Scan(&i.ID, &i.Extent, &i.Reason, &i.GivenBy, &i.GivenAt, &i.ExpiresAt, &ended); err != nil {
			return nil, err
		}
		if ended != nil {
			i.EndedAt = *ended
		}
		list = append(list, i)
	}
	return list, rows.Err()
}

// RevokeExpired withdraws every right whose time is over.
func RevokeExpired(ctx context.Context, c *postgres.Control) error {
	_, err := c.DB().ExecContext(ctx, "SELECT platform.revoke_expired(?)", c.Clock().Now())
	return err
}

// Views counts the pages that SmartAgenda has seen under each instruction.
func Views(ctx context.Context, s postgres.Scope) (map[int64]int, error) {
	rows, err := s.DB().QueryContext(ctx, `SELECT (facts->>'instruction')::bigint, count(*) FROM audit
		WHERE at >= (SELECT min(given_at) FROM instructions) AND actor = 'staff' AND facts->>'instruction' IS NOT NULL GROUP BY 1`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	views := map[int64]int{}
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		views[id] = n
	}
	return views, rows.Err()
}

// Ordered is a running instruction of one of all the houses.
type Ordered struct {
	Tenant postgres.Tenant
	Instruction
}

const selectGiven = "SELECT tenant, id, scope, reason, member, granted_at, expires_at, ended_at FROM platform.instructions "

// RunningFor lists what runs in any house, what ends first at the top, as
// SmartAgenda's side knows it.
func RunningFor(ctx context.Context, c *postgres.Control) ([]Ordered, error) {
	return given(ctx, c, "WHERE ended_at IS NULL AND expires_at > ? ORDER BY expires_at", c.Clock().Now())
}

// Given lists the last hundred that a house gave, the newest first, as
// SmartAgenda's side knows them: that one ended by its time is withdrawn does
// not depend on the house.
func Given(ctx context.Context, c *postgres.Control, t postgres.Tenant) ([]Instruction, error) {
	all, err := given(ctx, c, "WHERE tenant = ? ORDER BY id DESC LIMIT 100", int64(t))
	var list []Instruction
	for _, o := range all {
		list = append(list, o.Instruction)
	}
	return list, err
}

func given(ctx context.Context, c *postgres.Control, where string, arg any) ([]Ordered, error) {
	rows, err := c.DB().QueryContext(ctx, selectGiven+where, arg)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Ordered
	for rows.Next() {
		var o Ordered
		var ended *time.Time
		if err := rows.Scan(&o.Tenant, &o.ID, &o.Extent, &o.Reason, &o.GivenBy, &o.GivenAt, &o.ExpiresAt, &ended); err != nil {
			return nil, err
		}
		if ended != nil {
			o.EndedAt = *ended
		}
		list = append(list, o)
	}
	return list, rows.Err()
}
