package demo

import (
	"context"
	"time"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/messages"
)

// begin is the act that marks a house as set up.
const begin = "demo.begin"

// hurry spares this transaction the wait for the disk: what a crash of the
// machine loses, the next run writes again.
func hurry(ctx context.Context, s postgres.Scope) error {
	_, err := s.DB().ExecContext(ctx, "SET LOCAL synchronous_commit TO off")
	return err
}

// progress reads until when the house's story goes, zero when it has not been
// set up, and how far it has been told. The journal itself is the mark: acts
// of the story are told in order, each at an instant of its own, and what
// people did since then comes after its end.
func progress(ctx context.Context, s postgres.Scope) (until, told time.Time, err error) {
	var end, last *time.Time
	err = s.DB().QueryRowContext(ctx, `WITH begun AS (SELECT (facts->>'until')::timestamptz AS until FROM audit WHERE act = ?)
		SELECT (SELECT until FROM begun), (SELECT max(at) FROM audit, begun WHERE at <= until)`, begin).Scan(&end, &last)
	if err != nil || end == nil {
		return time.Time{}, time.Time{}, err
	}
	return end.UTC(), last.UTC(), nil
}

// settle takes the messages about an appointment (0: about none) that were due
// by an instant as sent then, so that no worker sends them: what became of
// them depends on the person's address.
func settle(ctx context.Context, s postgres.Scope, participation int64, p person, until time.Time) error {
	_, err := s.DB().ExecContext(ctx, `WITH gone AS (
			UPDATE messages SET attempts = 1, parts = (channel = 'sms')::int, claimed_at = due_at,
				settled_at = least(due_at + make_interval(secs => CASE channel WHEN 'mail' THEN 2 + id % 5 ELSE 4 + id % 37 END), ?2),
				state = CASE WHEN channel = 'mail' AND ?3 OR channel = 'sms' AND ?4 THEN 'failed' WHEN channel = 'mail' THEN 'sent' ELSE 'delivered' END,
				error = CASE WHEN channel = 'mail' AND ?3 THEN 'refused' WHEN channel = 'sms' AND ?4 THEN 'not_delivered' ELSE '' END
			WHERE state = 'waiting' AND due_at <= ?2 AND (participation_id = ?1 OR ?1 = 0 AND participation_id IS NULL) RETURNING id)
		SELECT platform.drop_job(?0, id) FROM gone`, messages.KindSend, participation, until, p.is(bounces), p.is(unreachable))
	return err
}

// find gives the participation in what a practitioner has at an instant, 0
// when the booking was refused.
func find(ctx context.Context, s postgres.Scope, practitioner int64, start time.Time) (id int64, err error) {
	err = s.DB().QueryRowContext(ctx, `SELECT p.id FROM participations p JOIN appointments a ON a.id = p.appointment_id
		WHERE a.practitioner_id = ? AND a.starts_at = ? ORDER BY p.id LIMIT 1`, practitioner, start).Scan(&id)
	if postgres.NoRows(err) {
		return 0, nil
	}
	return id, err
}

// mark moves an appointment from a status to the next, if it is there still.
func mark(ctx context.Context, s postgres.Scope, from, to booking.Status, e audit.Entry) error {
	res, err := s.DB().ExecContext(ctx, "UPDATE participations SET status = ? WHERE id = ? AND status = ?", to, e.Subject, from)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return audit.Write(ctx, s, e)
}

func ownAgenda(ctx context.Context, s postgres.Scope, member, practitioner int64) error {
	_, err := s.DB().ExecContext(ctx, "UPDATE members SET practitioner_id = ? WHERE id = ?", practitioner, member)
	return err
}
