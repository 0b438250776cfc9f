package provisioning

import (
	"context"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// resume is how long a creation may take before the job takes it over.
const resume = time.Minute

func claim(ctx context.Context, c *postgres.Control) (id postgres.Tenant, err error) {
	err = c.DB().QueryRowContext(ctx, `UPDATE platform.tenants SET state = 'claimed'
		WHERE id = (SELECT id FROM platform.tenants WHERE state = 'spare' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING id`).Scan(&id)
	if postgres.NoRows(err) {
		return 0, fault.New(fault.Unavailable, "provisioning.none_left")
	}
	return id, err
}

func register(ctx context.Context, c *postgres.Control, id postgres.Tenant, a checked) error {
	now := c.Clock().Now()
	_, err := c.DB().ExecContext(ctx, "INSERT INTO control.slugs (slug, tenant, taken_at) VALUES (?, ?, ?)", a.slug, int64(id), now)
	if postgres.Constraint(err) == "slugs_taken" {
		return fault.Wrong(fault.On("slug", "tenants.slug_taken"))
	}
	if err != nil {
		return err
	}
	limits := a.Limits
	if limits == (tenants.Limits{}) {
		limits = a.plan.Limits
	}
	_, err = c.DB().ExecContext(ctx, `INSERT INTO control.tenants (id, slug, name, status, plan, max_agendas, max_members, max_sms,
		phone, owner_name, owner_email, created_at, status_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		int64(id), a.slug, a.Name, tenants.Setup, a.plan.ID, limits.Agendas, limits.Members, limits.SMS,
		a.number, a.OwnerName, a.OwnerEmail, now, now)
	return err
}

type owner struct{ House, Phone, Name, Email string }

func applicant(ctx context.Context, c *postgres.Control, id postgres.Tenant) (o owner, err error) {
	err = c.DB().QueryRowContext(ctx, "SELECT name, phone, owner_name, owner_email FROM control.tenants WHERE id = ?", int64(id)).
		Scan(&o.House, &o.Phone, &o.Name, &o.Email)
	return o, postgres.Found(err, "tenants.unknown")
}

// name gives the house its name unless it has one already.
func name(ctx context.Context, s postgres.Scope, o owner) error {
	_, err := s.DB().ExecContext(ctx, "UPDATE profile SET name = ?, phone = ? WHERE name = ''", o.House, o.Phone)
	return err
}
