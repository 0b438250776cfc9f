package subscriptions

import (
	"context"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// RoomForAgenda refuses, as a Conflict fault that says what to do, one agenda
// more than the plan has. Call it in the transaction that adds: of two that
// want the last place at once, the second sees it taken.
func RoomForAgenda(ctx context.Context, s postgres.Scope, t tenants.Tenant) error {
	return room(ctx, s, t, "subscriptions.agendas_full", t.Limits.Agendas, func(u Usage) int { return u.Agendas })
}

// RoomForMember does the same for an access.
func RoomForMember(ctx context.Context, s postgres.Scope, t tenants.Tenant) error {
	return room(ctx, s, t, "subscriptions.members_full", t.Limits.Members, func(u Usage) int { return u.Members })
}

func room(ctx context.Context, s postgres.Scope, t tenants.Tenant, key string, most int, of func(Usage) int) error {
	if err := hold(ctx, s); err != nil {
		return err
	}
	u, err := Used(ctx, s, s.Now())
	if err != nil {
		return err
	}
	if of(u) >= most {
		return fault.New(fault.Conflict, key, "Plan", t.Plan, "Count", most)
	}
	return nil
}

// Month is when the month that SMS are counted in began, by the clocks of a zone.
func Month(now time.Time, zone *time.Location) time.Time {
	now = now.In(zone)
	return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, zone)
}
