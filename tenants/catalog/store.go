package catalog

import (
	"context"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
)

// GetProfile reads the house.
func GetProfile(ctx context.Context, s postgres.Scope) (Profile, error) {
	var p Profile
	err := s.DB().QueryRowContext(ctx, `SELECT name, trade, heading, presentation, notice, phone, email, brand, person,
		zone, remind_hours, confirm_by_sms, sms_sender FROM profile`).
		Scan(&p.Name, &p.Trade, &p.Heading, &p.Presentation, &p.Notice, &p.Phone, &p.Email, &p.Brand, &p.Person,
			&p.Zone, &p.RemindHours, &p.ConfirmBySMS, &p.SMSSender)
	return p, err
}

// SaveProfile replaces the house's description; it returns an Invalid fault
// with the fields that are wrong.
func SaveProfile(ctx context.Context, s postgres.Scope, p Profile) error {
	if err := fault.Wrong(p.Check()...); err != nil {
		return err
	}
	_, err := s.DB().ExecContext(ctx, `UPDATE profile SET (name, trade, heading, presentation, notice, phone, email, brand,
		person, zone, remind_hours, confirm_by_sms, sms_sender) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.Name, p.Trade, p.Heading, p.Presentation, p.Notice, p.Phone, p.Email, p.Brand,
		p.Person, p.Zone, p.RemindHours, p.ConfirmBySMS, p.SMSSender)
	return err
}

// Locations lists places in use, in their order.
func Locations(ctx context.Context, s postgres.Scope) (list []Location, err error) {
	err = s.DB().NewSelect().Model(&list).Where("archived_at IS NULL").Order("position", "id").Scan(ctx)
	return list, err
}

// AddLocation keeps a new place and gives its id.
func AddLocation(ctx context.Context, s postgres.Scope, l Location) (int64, error) {
	_, err := s.DB().NewInsert().Model(&l).Exec(ctx)
	return l.ID, err
}

// Services lists services in use, in their order; the public ones only for
// visitors.
func Services(ctx context.Context, s postgres.Scope, publicOnly bool) (list []Service, err error) {
	q := s.DB().NewSelect().Model(&list).Where("archived_at IS NULL").Order("position", "id")
	if publicOnly {
		q = q.Where("mode <> ?", Internal)
	}
	return list, q.Scan(ctx)
}

// GetService reads one service, archived ones too: appointments outlive them.
func GetService(ctx context.Context, s postgres.Scope, id int64) (Service, error) {
	var one Service
	err := s.DB().NewSelect().Model(&one).Where("id = ?", id).Scan(ctx)
	return one, postgres.Found(err, "catalog.service_unknown")
}

// AddService keeps a new service and gives its id; it returns an Invalid fault
// with the fields that are wrong.
func AddService(ctx context.Context, s postgres.Scope, v Service) (int64, error) {
	if err := fault.Wrong(v.Check()...); err != nil {
		return 0, err
	}
	_, err := s.DB().NewInsert().Model(&v).Exec(ctx)
	return v.ID, err
}
