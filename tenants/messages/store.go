package messages

import (
	"context"
	"time"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/calendar"
)

// Put plans a message and the job that sends it, in the transaction of what it
// announces. Planning the same one again changes nothing.
func Put(ctx context.Context, s postgres.Scope, m Planned, a About) error {
	var id int64
	err := s.DB().QueryRowContext(ctx, `INSERT INTO messages (kind, channel, participation_id, member_id, sequence, due_at, created_at)
		VALUES (?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?) ON CONFLICT ON CONSTRAINT messages_once DO NOTHING RETURNING id`,
		m.Kind, m.Channel, a.Participation, a.Member, a.Sequence, m.Due, s.Now()).Scan(&id)
	if postgres.NoRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return jobstore.Put(ctx, s, KindSend, id, m.Due)
}

// Withdraw takes back what has not left yet about one person's appointment.
func Withdraw(ctx context.Context, s postgres.Scope, participation int64) error {
	_, err := s.DB().ExecContext(ctx, `WITH gone AS (
			UPDATE messages SET state = 'skipped', settled_at = ?, error = 'withdrawn'
			WHERE participation_id = ? AND state = 'waiting' RETURNING id)
		SELECT platform.drop_job(?, id) FROM gone`, s.Now(), participation, KindSend)
	return err
}

// Receipts lists the messages about one person's appointment, in their order.
func Receipts(ctx context.Context, s postgres.Scope, participation int64) (list []Receipt, err error) {
	rows, err := s.DB().QueryContext(ctx, `SELECT id, kind, channel, state, coalesce(settled_at, due_at), error FROM messages
		WHERE participation_id = ? ORDER BY coalesce(settled_at, due_at), id`, participation)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r Receipt
		if err := rows.Scan(&r.ID, &r.Kind, &r.Channel, &r.State, &r.At, &r.Error); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// CountFailed counts messages that did not arrive since an instant.
func CountFailed(ctx context.Context, s postgres.Scope, since time.Time) (n int, err error) {
	err = s.DB().QueryRowContext(ctx, "SELECT count(*) FROM messages WHERE state = 'failed' AND due_at >= ?", since).Scan(&n)
	return n, err
}

// lock reads a message and keeps others from it until the transaction ends.
func lock(ctx context.Context, s postgres.Scope, id int64) (m Message, err error) {
	err = s.DB().QueryRowContext(ctx, `SELECT id, kind, channel, coalesce(participation_id, 0), coalesce(member_id, 0), sequence,
		state, due_at, attempts, provider_id, created_at, coalesce(claimed_at, created_at) FROM messages WHERE id = ? FOR UPDATE`, id).
		Scan(&m.ID, &m.Kind, &m.Channel, &m.Participation, &m.Member, &m.Sequence, &m.State, &m.DueAt, &m.Attempts, &m.ProviderID, &m.CreatedAt, &m.ClaimedAt)
	return m, postgres.Found(err, "messages.unknown")
}

// claim keeps the instant of the first attempt that may have sent something: a
// carrier's history is searched around it.
func claim(ctx context.Context, s postgres.Scope, id int64) error {
	_, err := s.DB().ExecContext(ctx, `UPDATE messages SET state = 'sending', attempts = attempts + 1,
		claimed_at = CASE state WHEN 'waiting' THEN ? ELSE claimed_at END WHERE id = ?`, s.Now(), id)
	return err
}

// settle writes the state; the time is kept once the state is a last one.
func settle(ctx context.Context, s postgres.Scope, id int64, o Outcome) error {
	_, err := s.DB().ExecContext(ctx, `UPDATE messages SET state = ?, error = ?, provider_id = coalesce(nullif(?, ''), provider_id),
		parts = greatest(parts, ?), settled_at = ? WHERE id = ?`, o.State, o.Error, o.ProviderID, o.Parts, s.Now(), id)
	return err
}

// history lists the messages about a patient's appointments as an export
// shows them, instants in RFC 3339.
func history(ctx context.Context, s postgres.Scope, patient int64) (list [][]string, err error) {
	rows, err := s.DB().QueryContext(ctx, `SELECT kind, channel, state, created_at, due_at, settled_at FROM messages
		WHERE participation_id IN (SELECT id FROM participations WHERE patient_id = ?) ORDER BY created_at, id`, patient)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var kind, channel, state, settled string
		var created, due time.Time
		var at *time.Time
		if err := rows.Scan(&kind, &channel, &state, &created, &due, &at); err != nil {
			return nil, err
		}
		if at != nil {
			settled = at.Format(time.RFC3339)
		}
		list = append(list, []string{kind, channel, state, created.Format(time.RFC3339), due.Format(time.RFC3339), settled})
	}
	return list, rows.Err()
}

// eraseOf deletes the messages about a patient's appointments with the jobs
// that would send them, and counts those it leaves because they are leaving.
func eraseOf(ctx context.Context, s postgres.Scope, patient int64) (erased, leaving int, err error) {
	err = s.DB().QueryRowContext(ctx, `WITH
		about AS (SELECT id, state FROM messages
			WHERE participation_id IN (SELECT id FROM participations WHERE patient_id = ?) FOR UPDATE),
		gone AS (DELETE FROM messages WHERE id IN (SELECT id FROM about WHERE state <> 'sending') RETURNING id),
		jobs AS (SELECT platform.drop_job(?, id) AS dropped FROM gone)
		SELECT (SELECT count(dropped) FROM jobs), (SELECT count(*) FROM about WHERE state = 'sending')`, patient, KindSend).
		Scan(&erased, &leaving)
	return erased, leaving, err
}

// partsSince counts the SMS that left, in parts as carriers bill them; one
// whose fate is open counts as one.
func partsSince(ctx context.Context, s postgres.Scope, since time.Time) (n int, err error) {
	err = s.DB().QueryRowContext(ctx, "SELECT coalesce(sum(greatest(parts, 1)), 0) FROM messages WHERE channel = 'sms' AND claimed_at >= ?", since).Scan(&n)
	return n, err
}

// zoneOf reads the house's zone.
func zoneOf(ctx context.Context, s postgres.Scope) (*time.Location, error) {
	var name string
	if err := s.DB().QueryRowContext(ctx, "SELECT zone FROM profile").Scan(&name); err != nil {
		return nil, err
	}
	return calendar.LoadZone(name)
}

// tellOwners plans a mail to each owner, once for each stamp.
func tellOwners(ctx context.Context, s postgres.Scope, kind Kind, stamp int) error {
	rows, err := s.DB().QueryContext(ctx, `SELECT id FROM members w WHERE role = 'owner' AND disabled_at IS NULL
		AND NOT EXISTS (SELECT FROM messages m WHERE m.member_id = w.id AND m.kind = ? AND m.sequence = ?)`, kind, stamp)
	if err != nil {
		return err
	}
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			_ = rows.Close()
			return err
		}
		ids = append(ids, id)
	}
	if err := rows.Close(); err != nil {
		return err
	}
	for _, id := range ids {
		if err := Put(ctx, s, Planned{Kind: kind, Channel: Mail, Due: s.Now()}, About{Member: id, Sequence: stamp}); err != nil {
			return err
		}
	}
	return nil
}
