package jobstore

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/postgres"
)

// Put asks for work on a row of the tenant, at due or soon after, in the
// transaction that makes it necessary. Putting the same work again replaces
// what was waiting.
func Put(ctx context.Context, s postgres.Scope, kind string, ref int64, due time.Time) error {
	_, err := s.DB().ExecContext(ctx, "SELECT platform.put_job(?, ?, ?)", kind, ref, due)
	if !due.After(s.Now()) {
		s.Nudge()
	}
	return err
}

// Drop takes back work that has not begun; false when it has, or never was.
func Drop(ctx context.Context, s postgres.Scope, kind string, ref int64) (dropped bool, err error) {
	err = s.DB().NewRaw("SELECT platform.drop_job(?, ?)", kind, ref).Scan(ctx, &dropped)
	return dropped, err
}

// Finish marks the job done in the transaction that did its work.
func Finish(ctx context.Context, s postgres.Scope, j Job) error {
	_, err := s.DB().ExecContext(ctx, "SELECT platform.finish_job(?, ?, ?)", j.ID, j.Gen, s.Now())
	return err
}

// PutFor asks for work from SmartAgenda's side, for a tenant or (0) for itself.
func PutFor(ctx context.Context, c *postgres.Control, j Job, due time.Time) error {
	_, err := c.DB().ExecContext(ctx, `
		INSERT INTO platform.jobs AS j (tenant, kind, ref, due_at) VALUES (?, ?, ?, ?)
		ON CONFLICT ON CONSTRAINT jobs_once DO UPDATE
		SET gen = j.gen + 1, state = 'waiting', due_at = excluded.due_at,
		    enqueued_at = NULL, done_at = NULL, attempts = 0, last_error = NULL`,
		int64(j.Tenant), j.Kind, j.Ref, due)
	return err
}

// DropFor takes back work that PutFor asked for and that has not begun.
func DropFor(ctx context.Context, c *postgres.Control, j Job) error {
	_, err := c.DB().ExecContext(ctx, "DELETE FROM platform.jobs WHERE tenant = ? AND kind = ? AND ref = ? AND state = 'waiting'",
		int64(j.Tenant), j.Kind, j.Ref)
	return err
}

// columns in the order of scan.
const columns = "j.id, j.tenant, j.kind, j.ref, j.gen, j.attempts"

func scan(ctx context.Context, c *postgres.Control, query string, args ...any) ([]Job, error) {
	rows, err := c.DB().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var jobs []Job
	for rows.Next() {
		var j Job
		if err := rows.Scan(&j.ID, &j.Tenant, &j.Kind, &j.Ref, &j.Gen, &j.Attempts); err != nil {
			return nil, err
		}
		jobs = append(jobs, j)
	}
	return jobs, rows.Err()
}

// Take marks what is due as enqueued and returns it; several relays may take
// at once. The caller enqueues after the commit: what a kill loses in between
// is found by Stale.
func Take(ctx context.Context, c *postgres.Control, limit int) ([]Job, error) {
	now := c.Clock().Now()
	return scan(ctx, c, `
		UPDATE platform.jobs j SET state = 'enqueued', enqueued_at = ?0
		WHERE j.id IN (SELECT id FROM platform.jobs WHERE state = 'waiting' AND due_at <= ?0
			ORDER BY due_at LIMIT ?1 FOR UPDATE SKIP LOCKED)
		RETURNING `+columns, now, limit)
}

// Stale lists what was enqueued before and is still not done; it counts as
// enqueued now, so that the next call does not list it at once again.
func Stale(ctx context.Context, c *postgres.Control, before time.Time, limit int) ([]Job, error) {
	return scan(ctx, c, `
		UPDATE platform.jobs j SET enqueued_at = ?0
		WHERE j.id IN (SELECT id FROM platform.jobs WHERE state = 'enqueued' AND enqueued_at < ?1
			ORDER BY enqueued_at LIMIT ?2 FOR UPDATE SKIP LOCKED)
		RETURNING `+columns, c.Clock().Now(), before, limit)
}

// Return makes taken jobs wait again, because the queue did not accept them.
func Return(ctx context.Context, c *postgres.Control, jobs []Job) error {
	ids := make([]int64, len(jobs))
	for i, j := range jobs {
		ids[i] = j.ID
	}
	if len(ids) == 0 {
		return nil
	}
	_, err := c.DB().ExecContext(ctx, `UPDATE platform.jobs SET state = 'waiting', enqueued_at = NULL
		WHERE id IN (?) AND state = 'enqueued'`, bun.List(ids))
	return err
}

// Renew raises the generation of a job whose delivery the queue has given up,
// so that it can be enqueued under a new name.
func Renew(ctx context.Context, c *postgres.Control, j Job) (Job, error) {
	err := c.DB().NewRaw(`UPDATE platform.jobs SET gen = gen + 1
		WHERE id = ? AND gen = ? AND state = 'enqueued' RETURNING gen`, j.ID, j.Gen).Scan(ctx, &j.Gen)
	return j, err
}

// Begin counts an attempt and tells whether this delivery is still wanted:
// false when the job is done, dead or was put again since.
func Begin(ctx context.Context, c *postgres.Control, j Job) (Job, bool, error) {
	err := c.DB().NewRaw(`UPDATE platform.jobs SET attempts = attempts + 1
		WHERE id = ? AND gen = ? AND state = 'enqueued' RETURNING attempts - 1`, j.ID, j.Gen).Scan(ctx, &j.Attempts)
	if postgres.NoRows(err) {
		return j, false, nil
	}
	return j, err == nil, err
}

func finish(ctx context.Context, c *postgres.Control, j Job, now time.Time) error {
	_, err := c.DB().ExecContext(ctx, `UPDATE platform.jobs SET state = 'done', done_at = ?, last_error = NULL
		WHERE id = ? AND gen = ? AND state = 'enqueued'`, now, j.ID, j.Gen)
	return err
}

func again(ctx context.Context, c *postgres.Control, j Job, code string, due time.Time) error {
	_, err := c.DB().ExecContext(ctx, `UPDATE platform.jobs SET state = 'waiting', due_at = ?, enqueued_at = NULL, last_error = ?
		WHERE id = ? AND gen = ? AND state = 'enqueued'`, due, code, j.ID, j.Gen)
	return err
}

func bury(ctx context.Context, c *postgres.Control, j Job, code string) error {
	_, err := c.DB().ExecContext(ctx, `UPDATE platform.jobs SET state = 'dead', last_error = ?
		WHERE id = ? AND gen = ? AND state = 'enqueued'`, code, j.ID, j.Gen)
	return err
}

// Sweep forgets what was finished before the given instant.
func Sweep(ctx context.Context, c *postgres.Control, before time.Time) (int64, error) {
	res, err := c.DB().ExecContext(ctx, "DELETE FROM platform.jobs WHERE state = 'done' AND done_at < ?", before)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Backlog counts jobs by state, for metrics and doctor.
func Backlog(ctx context.Context, c *postgres.Control) (map[string]int, error) {
	rows, err := c.DB().QueryContext(ctx, "SELECT state, count(*) FROM platform.jobs WHERE state <> 'done' GROUP BY state")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, rows.Err()
}
