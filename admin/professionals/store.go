package professionals

import (
	"context"
	"database/sql"
	"strings"

	"github.com/uptrace/bun"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/activity"
)

const columns = `t.id, t.slug, t.name, t.phone, t.owner_name, t.owner_email, t.status, t.max_agendas, t.max_members, t.max_sms,
	t.created_at, t.status_at, coalesce(a.appointments_30d, 0), coalesce(a.upcoming, 0), coalesce(a.patients, 0), coalesce(a.members, 0),
	coalesce(a.agendas, 0), coalesce(a.sms_month, 0), a.last_booking_at, a.counted_at`

// searched is what the words of a query are looked for in, folded as
// i18n.Fold folds them.
const searched = `translate(extensions.unaccent(lower(t.name || ' ' || t.slug || ' ' || t.owner_name || ' ' || t.owner_email)), '-’''', '   ')`

var orders = map[Sort]string{
	ByName:    "extensions.unaccent(lower(t.name)), t.id",
	ByNewest:  "t.created_at DESC, t.id",
	ByBooking: "a.last_booking_at DESC NULLS LAST, t.id",
	ByVolume:  "coalesce(a.appointments_30d, 0) DESC, t.id",
}

// List gives the part of the list that q chooses, and how many there are in all.
func List(ctx context.Context, c *postgres.Control, q Query) (list []Professional, total int, err error) {
	n, err := chosen(c, q).Count(ctx)
	if err != nil || n == 0 {
		return nil, 0, err
	}
	order, ok := orders[q.Sort]
	if !ok {
		order = orders[ByName]
	}
	list, err = read(ctx, chosen(c, q).ColumnExpr(columns).OrderExpr(order).Offset(int64(q.Offset)).Limit(int64(q.Limit)))
	return list, int(n), err
}

func table(c *postgres.Control) *bun.SelectQuery {
	return c.DB().NewSelect().TableExpr("control.tenants AS t").Join("LEFT JOIN control.activity AS a ON a.tenant = t.id")
}

func chosen(c *postgres.Control, q Query) *bun.SelectQuery {
	s := table(c)
	if q.Status != "" {
		s = s.Where("t.status = ?", q.Status)
	}
	for _, word := range strings.Fields(q.Words) {
		s = s.Where(searched+" LIKE ?", "%"+escape.Replace(i18n.Fold(word))+"%")
	}
	return s
}

var escape = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

// Get reads one, whatever its state.
func Get(ctx context.Context, c *postgres.Control, id postgres.Tenant) (Professional, error) {
	list, err := read(ctx, table(c).ColumnExpr(columns).Where("t.id = ?", int64(id)))
	if err == nil && len(list) == 0 {
		err = postgres.Found(sql.ErrNoRows, "professionals.unknown")
	}
	if err != nil {
		return Professional{}, err
	}
	return list[0], nil
}

// Watch lists those whose state somebody should look at: the most pressing
// state first, in it the oldest.
func Watch(ctx context.Context, c *postgres.Control, limit int) ([]Professional, error) {
	states := make([]string, 0, len(Watched()))
	for _, s := range Watched() {
		states = append(states, string(s))
	}
	return read(ctx, table(c).ColumnExpr(columns).Where("t.status IN (?)", bun.List(states)).
		OrderExpr("array_position(ARRAY[?]::text[], t.status), t.status_at, t.id", bun.List(states)).Limit(int64(limit)))
}

// Count tells how many Professionals are in each state.
func Count(ctx context.Context, c *postgres.Control) (map[tenants.Status]int, error) {
	rows, err := c.DB().QueryContext(ctx, "SELECT status, count(*) FROM control.tenants GROUP BY status")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[tenants.Status]int{}
	for rows.Next() {
		var s tenants.Status
		var n int
		if err := rows.Scan(&s, &n); err != nil {
			return nil, err
		}
		counts[s] = n
	}
	return counts, rows.Err()
}

func read(ctx context.Context, q *bun.SelectQuery) ([]Professional, error) {
	rows, err := q.Rows(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Professional
	for rows.Next() {
		var p Professional
		var last, counted sql.NullTime
		n := &p.Activity
		if err := rows.Scan(&p.ID, &p.Slug, &p.Name, &p.Phone, &p.OwnerName, &p.OwnerEmail, &p.Status, &p.Limits.Agendas, &p.Limits.Members, &p.Limits.SMS,
			&p.CreatedAt, &p.StatusAt, &n.Appointments, &n.Upcoming, &n.Patients, &n.Members, &n.Agendas, &n.SMS, &last, &counted); err != nil {
			return nil, err
		}
		n.LastBooking, p.CountedAt = last.Time, counted.Time
		list = append(list, p)
	}
	return list, rows.Err()
}

// Keep stores what was counted in a space, with the platform's login.
func Keep(ctx context.Context, c *postgres.Control, t postgres.Tenant, n activity.Counts) error {
	last := sql.NullTime{Time: n.LastBooking, Valid: !n.LastBooking.IsZero()}
	_, err := c.DB().ExecContext(ctx, `INSERT INTO control.activity (tenant, counted_at, appointments_30d, upcoming, patients, members, agendas, sms_month, last_booking_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (tenant) DO UPDATE SET counted_at = excluded.counted_at, appointments_30d = excluded.appointments_30d, upcoming = excluded.upcoming,
			patients = excluded.patients, members = excluded.members, agendas = excluded.agendas, sms_month = excluded.sms_month, last_booking_at = excluded.last_booking_at`,
		int64(t), c.Clock().Now(), n.Appointments, n.Upcoming, n.Patients, n.Members, n.Agendas, n.SMS, last)
	return err
}
