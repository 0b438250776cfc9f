package subscriptions

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
)

const planColumns = "id, name, max_agendas, max_members, max_sms, price_cents, offered"

func (p *Plan) fields() []any {
	return []any{&p.ID, &p.Name, &p.Limits.Agendas, &p.Limits.Members, &p.Limits.SMS, &p.PriceCents, &p.Offered}
}

// Plans lists what is offered, the smallest first.
func Plans(ctx context.Context, c *postgres.Control) ([]Plan, error) {
	rows, err := c.DB().QueryContext(ctx, "SELECT "+planColumns+" FROM control.plans WHERE offered ORDER BY position, id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Plan
	for rows.Next() {
		var p Plan
		if err := rows.Scan(p.fields()...); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// GetPlan reads one, offered or not.
func GetPlan(ctx context.Context, c *postgres.Control, id string) (Plan, error) {
	var p Plan
	err := c.DB().QueryRowContext(ctx, "SELECT "+planColumns+" FROM control.plans WHERE id = ?", id).Scan(p.fields()...)
	return p, postgres.Found(err, "subscriptions.plan_unknown")
}

// Get reads where a tenant stands.
func Get(ctx context.Context, c *postgres.Control, id postgres.Tenant) (Subscription, error) {
	return read(ctx, c, id, "")
}

// lock is Get, and keeps others from it until the transaction ends.
func lock(ctx context.Context, c *postgres.Control, id postgres.Tenant) (Subscription, error) {
	return read(ctx, c, id, " FOR UPDATE OF t")
}

func read(ctx context.Context, c *postgres.Control, id postgres.Tenant, how string) (Subscription, error) {
	var s Subscription
	var trial *time.Time
	t, p := &s.Tenant, &s.Plan
	err := c.DB().QueryRowContext(ctx, `SELECT t.id, t.slug, t.name, t.phone, t.status, t.max_agendas, t.max_members, t.max_sms,
			t.status_at, t.created_at, t.trial_until, p.id, p.name, p.max_agendas, p.max_members, p.max_sms, p.price_cents, p.offered
		FROM control.tenants t JOIN control.plans p ON p.id = t.plan WHERE t.id = ?`+how, int64(id)).
		Scan(append([]any{&t.ID, &t.Slug, &t.Name, &t.Phone, &t.Status, &t.Limits.Agendas, &t.Limits.Members, &t.Limits.SMS,
			&s.Since, &s.CreatedAt, &trial}, p.fields()...)...)
	if trial != nil {
		s.TrialUntil = *trial
	}
	return s, postgres.Found(err, "tenants.unknown")
}

func save(ctx context.Context, c *postgres.Control, s Subscription) error {
	l := s.Tenant.Limits
	_, err := c.DB().ExecContext(ctx, `UPDATE control.tenants SET status = ?0, status_at = ?1, plan = ?2, max_agendas = ?3, max_members = ?4, max_sms = ?5,
		trial_until = ?6, warned_days = CASE WHEN trial_until = ?6 THEN warned_days END WHERE id = ?7`,
		s.Tenant.Status, s.Since, s.Plan.ID, l.Agendas, l.Members, l.SMS, instant(s.TrialUntil), int64(s.Tenant.ID))
	return err
}

// instant is NULL for the zero time.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func record(ctx context.Context, c *postgres.Control, o Order, from, to Subscription) (id int64, err error) {
	err = c.DB().QueryRowContext(ctx, `INSERT INTO control.subscription_events
			(tenant, at, actor, actor_id, act, from_status, to_status, from_plan, to_plan, reason)
		VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?) RETURNING id`,
		int64(o.Tenant), c.Clock().Now(), o.By.Who, o.By.ID, o.Act, from.Tenant.Status, to.Tenant.Status, from.Plan.ID, to.Plan.ID, o.Reason).Scan(&id)
	return id, err
}

// warned notes a warning and its event, unless it was given before.
func warned(ctx context.Context, c *postgres.Control, s Subscription, days int) (event int64, fresh bool, err error) {
	err = c.DB().QueryRowContext(ctx, `WITH said AS (
			UPDATE control.tenants SET warned_days = ?0 WHERE id = ?1 AND warned_days IS DISTINCT FROM ?0 RETURNING id, status, plan)
		INSERT INTO control.subscription_events (tenant, at, actor, act, from_status, to_status, from_plan, to_plan)
		SELECT id, ?2, 'system', 'warn', status, status, plan, plan FROM said RETURNING id`,
		days, int64(s.Tenant.ID), c.Clock().Now()).Scan(&event)
	if postgres.NoRows(err) {
		return 0, false, nil
	}
	return event, err == nil, err
}

// History lists the acts on a tenant's subscription, the newest first.
func History(ctx context.Context, c *postgres.Control, id postgres.Tenant) ([]Event, error) {
	return events(ctx, c, "tenant = ? ORDER BY id DESC LIMIT 200", int64(id))
}

func event(ctx context.Context, c *postgres.Control, t postgres.Tenant, id int64) (Event, bool, error) {
	list, err := events(ctx, c, "tenant = ? AND id = ?", int64(t), id)
	if err != nil || len(list) == 0 {
		return Event{}, false, err
	}
	return list[0], true, nil
}

func events(ctx context.Context, c *postgres.Control, where string, args ...any) ([]Event, error) {
	rows, err := c.DB().QueryContext(ctx, `SELECT id, at, actor, coalesce(actor_id, 0), act, from_status, to_status, from_plan, to_plan, reason
		FROM control.subscription_events WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Event
	for rows.Next() {
		var e Event
		if err := rows.Scan(&e.ID, &e.At, &e.By.Who, &e.By.ID, &e.Act, &e.From, &e.To, &e.FromPlan, &e.ToPlan, &e.Reason); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// Used counts what a house uses of its limits; since is the beginning of the
// month in its zone.
func Used(ctx context.Context, s postgres.Scope, since time.Time) (Usage, error) {
	var u Usage
	err := s.DB().QueryRowContext(ctx, `SELECT (SELECT count(*) FROM practitioners WHERE archived_at IS NULL),
		(SELECT count(*) FROM members WHERE disabled_at IS NULL),
		(SELECT coalesce(sum(greatest(parts, 1)), 0) FROM messages WHERE channel = 'sms' AND claimed_at >= ?)`, since).Scan(&u.Agendas, &u.Members, &u.SMS)
	return u, err
}

// hold keeps two members who add something at once from both taking the last
// place.
func hold(ctx context.Context, s postgres.Scope) error {
	_, err := s.DB().ExecContext(ctx, "SELECT id FROM profile FOR UPDATE")
	return err
}
