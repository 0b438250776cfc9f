package activity

import (
	"context"
	"database/sql"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
)

// Count reads the tenant's counts, in one statement.
func Count(ctx context.Context, s postgres.Scope) (n Counts, err error) {
	house, err := catalog.GetProfile(ctx, s)
	if err != nil {
		return n, err
	}
	zone, err := calendar.LoadZone(house.Zone)
	if err != nil {
		return n, err
	}
	y, m, _ := s.Now().In(zone).Date()
	var last sql.NullTime
	err = s.DB().QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM appointments WHERE status = 'open' AND starts_at >= ?1 AND starts_at < ?0),
		(SELECT count(*) FROM appointments WHERE status = 'open' AND starts_at >= ?0),
		(SELECT count(*) FROM patients WHERE erased_at IS NULL),
		(SELECT count(*) FROM members WHERE disabled_at IS NULL),
		(SELECT count(*) FROM practitioners WHERE archived_at IS NULL),
		(SELECT coalesce(sum(parts), 0) FROM messages WHERE channel = 'sms' AND state IN ('sent', 'delivered', 'unknown') AND settled_at >= ?2),
		(SELECT max(created_at) FROM appointments)`,
		s.Now(), s.Now().Add(-Recent), time.Date(y, m, 1, 0, 0, 0, 0, zone)).
		Scan(&n.Appointments, &n.Upcoming, &n.Patients, &n.Members, &n.Agendas, &n.SMS, &last)
	n.LastBooking = last.Time
	return n, err
}
