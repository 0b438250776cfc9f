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
	u, err := held(ctx, s)
	if err == nil && u.Agendas >= t.Limits.Agendas {
		err = fault.New(fault.Conflict, "subscriptions.agendas_full", "Plan", t.Plan, "Count", t.Limits.Agendas)
	}
	return err
}

// RoomForMember does the same for an access.
func RoomForMember(ctx context.Context, s postgres.Scope, t tenants.Tenant) error {
	u, err := held(ctx, s)
	if err == nil && u.Members >= t.Limits.Members {
		err = fault.New(fault.Conflict, "subscriptions.members_full", "Plan", t.Plan, "Count", t.Limits.Members)
	}
	return err
}

// held counts what is used, while nobody else can add to it.
func held(ctx context.Context, s postgres.Scope) (Usage, error) {
	if err := hold(ctx, s); err != nil {
		return Usage{}, err
	}
	return Used(ctx, s, s.Now())
}

// Month is when the month that SMS are counted in began, by the clocks of a zone.
func Month(now time.Time, zone *time.Location) time.Time {
	now = now.In(zone)
	return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, zone)
}
