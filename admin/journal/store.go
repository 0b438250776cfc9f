package journal

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/postgres"
)

// Write adds an entry, at the clock's time. Nobody can change it afterwards.
func Write(ctx context.Context, c *postgres.Control, e Entry) error {
	_, err := c.DB().ExecContext(ctx, `INSERT INTO control.audit (at, staff_id, act, tenant, subject_id, facts)
		VALUES (?, nullif(?, 0), ?, nullif(?, 0), nullif(?, 0), ?)`, c.Clock().Now(), e.Staff, e.Act, int64(e.Tenant), e.Subject, e.Facts)
	return err
}

// List gives a part of the entries that the filter chooses, newest first, and
// how many there are in all.
func List(ctx context.Context, c *postgres.Control, f Filter, part Slice) (list []Entry, total int, err error) {
	q := chosen(c.DB().NewSelect().TableExpr("control.audit"), f)
	n, err := q.Count(ctx)
	if err != nil || n == 0 {
		return nil, 0, err
	}
	rows, err := chosen(c.DB().NewSelect().TableExpr("control.audit"), f).
		ColumnExpr("id, at, coalesce(staff_id, 0), act, coalesce(tenant, 0), coalesce(subject_id, 0), facts").
		Order("at DESC", "id DESC").Offset(int64(part.Offset)).Limit(int64(part.Limit)).Rows(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := read(rows)
		if err != nil {
			return nil, 0, err
		}
		list = append(list, e)
	}
	return list, int(n), rows.Err()
}

func read(rows *sql.Rows) (e Entry, err error) {
	var facts []byte
	if err = rows.Scan(&e.ID, &e.At, &e.Staff, &e.Act, &e.Tenant, &e.Subject, &facts); err == nil && facts != nil {
		err = json.Unmarshal(facts, &e.Facts)
	}
	return e, err
}

func chosen(q *bun.SelectQuery, f Filter) *bun.SelectQuery {
	if f.Staff != 0 {
		q = q.Where("staff_id = ?", f.Staff)
	}
	if f.Act != "" {
		q = q.Where("act = ?", f.Act)
	}
	if f.Tenant != 0 {
		q = q.Where("tenant = ?", int64(f.Tenant))
	}
	if !f.From.IsZero() {
		q = q.Where("at >= ?", f.From)
	}
	if !f.Until.IsZero() {
		q = q.Where("at < ?", f.Until)
	}
	return q
}

// Acts lists the kinds of acts that have happened.
func Acts(ctx context.Context, c *postgres.Control) (acts []string, err error) {
	err = c.DB().NewRaw("SELECT DISTINCT act FROM control.audit ORDER BY act").Scan(ctx, &acts)
	return acts, err
}
