package provisioning

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
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

type owner struct {
	House, Phone, Name, Email     string
	Trade, Street, Postcode, City string // "" without a sign-up
}

func applicant(ctx context.Context, c *postgres.Control, id postgres.Tenant) (o owner, err error) {
	err = c.DB().QueryRowContext(ctx, `SELECT t.name, t.phone, t.owner_name, t.owner_email, coalesce(u.trade, ''), coalesce(u.street, ''),
			coalesce(u.postcode, ''), coalesce(u.city, '')
		FROM control.tenants t LEFT JOIN control.signups u ON u.tenant = t.id WHERE t.id = ?`, int64(id)).
		Scan(&o.House, &o.Phone, &o.Name, &o.Email, &o.Trade, &o.Street, &o.Postcode, &o.City)
	return o, postgres.Found(err, "tenants.unknown")
}

// name gives the house its name unless it has one already, and with it what
// the sign-up told: its trade, its mail, its first place.
func name(ctx context.Context, s postgres.Scope, o owner) error {
	trade := catalog.TradeOf(o.Trade)
	res, err := s.DB().ExecContext(ctx, "UPDATE profile SET name = ?, phone = ? WHERE name = ''", o.House, o.Phone)
	if err != nil || o.Street == "" {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	if _, err = s.DB().ExecContext(ctx, "UPDATE profile SET trade = ?, person = ?, email = ?", trade.Name, trade.Person, o.Email); err != nil {
		return err
	}
	_, err = catalog.AddLocation(ctx, s, catalog.Location{Name: o.House, Street: o.Street, Postcode: o.Postcode, City: o.City})
	return err
}

// taken tells whether an address was ever given.
func taken(ctx context.Context, c *postgres.Control, slug tenants.Slug) (yes bool, err error) {
	err = c.DB().QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM control.slugs WHERE slug = ?)", slug).Scan(&yes)
	return yes, err
}

func keepSignUp(ctx context.Context, c *postgres.Control, id postgres.Tenant, u *SignUp) error {
	if u == nil {
		return nil
	}
	_, err := c.DB().ExecContext(ctx, `INSERT INTO control.signups (tenant, form_hash, trade, street, postcode, city, policy_version,
		terms_version, accepted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, int64(id), secure.HashToken(u.Form), u.Trade,
		u.Street, u.Postcode, u.City, u.Policy, u.Terms, c.Clock().Now())
	return err
}

// opened finds the house that a form has opened.
func opened(ctx context.Context, c *postgres.Control, form [16]byte) (id postgres.Tenant, err error) {
	err = c.DB().QueryRowContext(ctx, "SELECT tenant FROM control.signups WHERE form_hash = ?", secure.HashToken(form)).Scan(&id)
	return id, postgres.Found(err, "tenants.unknown")
}

func keepLeaving(ctx context.Context, c *postgres.Control, l Leaving) error {
	_, err := c.DB().ExecContext(ctx, `INSERT INTO control.offboardings (tenant, choice, asked_at, read_only_until, export_until, purge_at)
		VALUES (?, ?, ?, ?, ?, ?)`, int64(l.Tenant), l.Choice, l.AskedAt, l.ReadOnlyUntil, l.ExportUntil, l.PurgeAt)
	return err
}

func forgetLeaving(ctx context.Context, c *postgres.Control, id postgres.Tenant) error {
	_, err := c.DB().ExecContext(ctx, "DELETE FROM control.offboardings WHERE tenant = ?", int64(id))
	return err
}

const selectLeaving = `SELECT o.tenant, o.choice, o.asked_at, o.read_only_until, o.export_until, o.purge_at, o.step, o.done_at,
	coalesce((SELECT json_agg(a.staff_id ORDER BY a.at) FROM control.purge_approvals a WHERE a.tenant = o.tenant), '[]')
	FROM control.offboardings o `

func scanLeaving(scan func(...any) error) (Leaving, error) {
	var l Leaving
	var end *time.Time
	var ids []byte
	if err := scan(&l.Tenant, &l.Choice, &l.AskedAt, &l.ReadOnlyUntil, &l.ExportUntil, &l.PurgeAt, &l.Step, &end, &ids); err != nil {
		return l, err
	}
	if end != nil {
		l.DoneAt = *end
	}
	return l, json.Unmarshal(ids, &l.Approvals)
}

// FindLeaving reads where a house that leaves stands; a NotFound fault for one
// that does not leave.
func FindLeaving(ctx context.Context, c *postgres.Control, id postgres.Tenant) (Leaving, error) {
	l, err := scanLeaving(c.DB().QueryRowContext(ctx, selectLeaving+"WHERE o.tenant = ?", int64(id)).Scan)
	return l, postgres.Found(err, "provisioning.not_leaving")
}

// ListLeaving gives those whose space is still there, the nearest purge first.
func ListLeaving(ctx context.Context, c *postgres.Control) ([]Leaving, error) {
	rows, err := c.DB().QueryContext(ctx, selectLeaving+"WHERE o.step <> 'done' ORDER BY o.purge_at")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Leaving
	for rows.Next() {
		l, err := scanLeaving(rows.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}

func approve(ctx context.Context, c *postgres.Control, id postgres.Tenant, staff int64) (fresh bool, err error) {
	res, err := c.DB().ExecContext(ctx, "INSERT INTO control.purge_approvals (tenant, staff_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
		int64(id), staff, c.Clock().Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func mark(ctx context.Context, c *postgres.Control, id postgres.Tenant, to Step) error {
	_, err := c.DB().ExecContext(ctx, "UPDATE control.offboardings SET step = ?0, done_at = CASE WHEN ?0 = 'done' THEN ?1::timestamptz END WHERE tenant = ?2",
		to, c.Clock().Now(), int64(id))
	return err
}

func writeLedger(ctx context.Context, c *postgres.Control, id postgres.Tenant) error {
	_, err := c.DB().ExecContext(ctx, "INSERT INTO vault.ledger (tenant, at, act) VALUES (?, ?, 'purge') ON CONFLICT DO NOTHING", int64(id), c.Clock().Now())
	return err
}

func dropJobs(ctx context.Context, c *postgres.Control, id postgres.Tenant) error {
	_, err := c.DB().ExecContext(ctx, "DELETE FROM platform.jobs WHERE tenant = ?", int64(id))
	return err
}

func keepCertificate(ctx context.Context, c *postgres.Control, cert Certificate) error {
	counts, err := json.Marshal(cert.Counts)
	if err != nil {
		return err
	}
	_, err = c.DB().ExecContext(ctx, "INSERT INTO control.certificates (tenant, issued_at, counts, signature) VALUES (?, ?, ?::jsonb, ?) ON CONFLICT DO NOTHING",
		int64(cert.Tenant), cert.IssuedAt, string(counts), cert.Signature)
	return err
}

// FindCertificate reads the proof of a purge.
func FindCertificate(ctx context.Context, c *postgres.Control, id postgres.Tenant) (Certificate, error) {
	cert := Certificate{Tenant: id}
	var counts []byte
	err := c.DB().QueryRowContext(ctx, "SELECT issued_at, counts, signature FROM control.certificates WHERE tenant = ?", int64(id)).
		Scan(&cert.IssuedAt, &counts, &cert.Signature)
	if err != nil {
		return cert, postgres.Found(err, "provisioning.no_certificate")
	}
	return cert, json.Unmarshal(counts, &cert.Counts)
}

// countTables counts every table of a space.
func countTables(ctx context.Context, m *postgres.Migrator, id postgres.Tenant) (map[string]int64, error) {
	rows, err := m.DB().QueryContext(ctx, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace(?)", id.Schema())
	if err != nil {
		return nil, err
	}
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			_ = rows.Close()
			return nil, err
		}
		names = append(names, name)
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, name := range names {
		var n int64
		if err := m.DB().NewRaw("SELECT count(*) FROM ?.?", bun.Ident(id.Schema()), bun.Ident(name)).Scan(ctx, &n); err != nil {
			return nil, err
		}
		counts[name] = n
	}
	return counts, nil
}

// dropSchema removes the space with all that is in it; nothing when it is gone.
func dropSchema(ctx context.Context, m *postgres.Migrator, id postgres.Tenant) error {
	_, err := m.DB().ExecContext(ctx, "DROP SCHEMA IF EXISTS ? CASCADE", bun.Ident(id.Schema()))
	if err != nil {
		return err
	}
	_, err = m.DB().ExecContext(ctx, "UPDATE platform.tenants SET state = 'gone' WHERE id = ?", int64(id))
	return err
}

// dropRole removes the tenant's role. With the schema everything that it had
// here is gone; a role of that name in another database of the server stays.
func dropRole(ctx context.Context, m *postgres.Migrator, id postgres.Tenant) error {
	var exists bool
	if err := m.DB().NewRaw("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)", id.Schema()).Scan(ctx, &exists); err != nil || !exists {
		return err
	}
	_, err := m.DB().ExecContext(ctx, "DROP ROLE ?", bun.Ident(id.Schema()))
	if postgres.InUse(err) { // by another installation's database on this server
		return nil
	}
	return err
}

// tables lists those of a space that an export holds.
func tables(ctx context.Context, s postgres.Scope) (names []string, err error) {
	err = s.DB().NewRaw(`SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
		AND relname NOT IN (?) ORDER BY relname`, bun.List(credentials)).Scan(ctx, &names)
	return names, err
}

// readTable gives a table's columns and rows as text, NULL as nil.
func readTable(ctx context.Context, s postgres.Scope, name string) (columns []string, list [][]*string, err error) {
	err = s.DB().NewRaw(`SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
		AND attname NOT IN (?) ORDER BY attnum`, name, bun.List(secrets)).Scan(ctx, &columns)
	if err != nil {
		return nil, nil, err
	}
	q := s.DB().NewSelect().TableExpr("?", bun.Ident(name)).OrderExpr("1")
	for _, c := range columns {
		q = q.ColumnExpr("?::text", bun.Ident(c))
	}
	rows, err := q.Rows(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		cells, into := make([]*string, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, nil, err
		}
		list = append(list, cells)
	}
	return columns, list, rows.Err()
}
