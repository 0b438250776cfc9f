package tenants

import (
	"context"

	"smartagenda/configs/platform/postgres"
)

const selectTenant = `SELECT t.id, t.slug, t.name, t.phone, t.status, t.max_agendas, t.max_members, t.max_sms,
	coalesce((SELECT max(version) FROM control.policies), 0) FROM control.tenants t `

func one(ctx context.Context, c *postgres.Control, where string, arg any) (Tenant, error) {
	var t Tenant
	err := c.DB().QueryRowContext(ctx, selectTenant+where, arg).Scan(&t.ID, &t.Slug, &t.Name, &t.Phone, &t.Status,
		&t.Limits.Agendas, &t.Limits.Members, &t.Limits.SMS, &t.Policy)
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
		var t Tenant
		if err := rows.Scan(&t.ID, &t.Slug, &t.Name, &t.Phone, &t.Status,
			&t.Limits.Agendas, &t.Limits.Members, &t.Limits.SMS, &t.Policy); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

// SetStatus moves a tenant from one state to another by compare-and-swap;
// false when it was not in the first.
func SetStatus(ctx context.Context, c *postgres.Control, id postgres.Tenant, from, to Status) (bool, error) {
	res, err := c.DB().ExecContext(ctx, `UPDATE control.tenants SET status = ?, status_at = ? WHERE id = ? AND status = ?`,
		to, c.Clock().Now(), int64(id), from)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}
