package practitioners

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
)

// List gives the practitioners in use, in their order.
func List(ctx context.Context, s postgres.Scope) (list []Practitioner, err error) {
	err = s.DB().NewSelect().Model(&list).Where("archived_at IS NULL").Order("position", "id").Scan(ctx)
	return list, err
}

// Get reads one, archived ones too.
func Get(ctx context.Context, s postgres.Scope, id int64) (Practitioner, error) {
	var p Practitioner
	err := s.DB().NewSelect().Model(&p).Where("id = ?", id).Scan(ctx)
	return p, postgres.Found(err, "practitioners.unknown")
}

// Add keeps a new practitioner with the resource that stands for their time.
func Add(ctx context.Context, s postgres.Scope, p Practitioner) (int64, error) {
	err := s.DB().NewRaw("INSERT INTO resources (kind, name) VALUES ('practitioner', ?) RETURNING id", p.Name).Scan(ctx, &p.ResourceID)
	if err != nil {
		return 0, err
	}
	_, err = s.DB().NewInsert().Model(&p).Exec(ctx)
	return p.ID, err
}

// Skills lists who performs what.
func Skills(ctx context.Context, s postgres.Scope) (list []Skill, err error) {
	err = s.DB().NewSelect().Model(&list).ModelTableExpr("service_practitioners AS skill").Scan(ctx)
	return list, err
}

// Teach says that a practitioner performs a service.
func Teach(ctx context.Context, s postgres.Scope, k Skill) error {
	_, err := s.DB().NewInsert().Model(&k).ModelTableExpr("service_practitioners").Exec(ctx)
	return err
}

// Openings lists all weekly ranges.
func Openings(ctx context.Context, s postgres.Scope) (list []Opening, err error) {
	err = s.DB().NewSelect().Model(&list).Order("practitioner_id", "weekday", "opens").Scan(ctx)
	return list, err
}

// AddOpening keeps a weekly range.
func AddOpening(ctx context.Context, s postgres.Scope, o Opening) error {
	_, err := s.DB().NewInsert().Model(&o).Exec(ctx)
	return err
}

// Absences lists what touches the time from one instant to another, closures
// of the house included.
func Absences(ctx context.Context, s postgres.Scope, from, to time.Time) (list []Absence, err error) {
	err = s.DB().NewSelect().Model(&list).Where("starts_at < ? AND ends_at > ?", to, from).Order("starts_at", "id").Scan(ctx)
	return list, err
}

// AddAbsence keeps an absence or a closure.
func AddAbsence(ctx context.Context, s postgres.Scope, a Absence) error {
	_, err := s.DB().NewInsert().Model(&a).Exec(ctx)
	return err
}
