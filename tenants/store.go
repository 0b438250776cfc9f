package tenants

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
)

const selectTenant = `SELECT t.id, t.slug, t.name, t.phone, t.status, t.status_at, p.name, t.max_agendas, t.max_members, t.max_sms, t.trial_until,
	coalesce((SELECT max(version) FROM control.policies), 0) FROM control.tenants t JOIN control.plans p ON p.id = t.plan `

type row interface{ Scan(into ...any) error }

func scan(r row) (Tenant, error) {
	var t Tenant
	var trial *time.Time
	err := r.Scan(&t.ID, &t.Slug, &t.Name, &t.Phone, &t.Status, &t.Since, &t.Plan, &t.Limits.Agendas, &t.Limits.Members, &t.Limits.SMS, &trial, &t.Policy)
	if trial != nil {
		t.TrialUntil = *trial
	}
	return t, err
}

func one(ctx context.Context, c *postgres.Control, where string, arg any) (Tenant, error) {
	t, err := scan(c.DB().QueryRowContext(ctx, selectTenant+where, arg))
	return t, postgres.Found(err, "tenants.unknown")
}

// BySlug finds a tenant whatever its state.
func BySlug(ctx context.Context, c *postgres.Control, slug string) (Tenant, error) {
	return one(ctx, c, "WHERE t.slug = ?", slug)
}

func byDomain(ctx context.Context, c *postgres.Control, host string) (Tenant, error) {
	return one(ctx, c, "WHERE t.id = (SELECT tenant FROM control.domains WHERE host = ?)", host)
}

func byID(ctx context.Context, c *postgres.Control, id postgres.Tenant) (Tenant, error) {
	return one(ctx, c, "WHERE t.id = ?", int64(id))
}

// List gives every tenant by slug.
func List(ctx context.Context, c *postgres.Control) ([]Tenant, error) {
	rows, err := c.DB().QueryContext(ctx, selectTenant+"ORDER BY t.slug")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Tenant
	for rows.Next() {
		t, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, rows.Err()
}
