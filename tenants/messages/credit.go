package messages

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// low is the share of the month's SMS, in per cent, at which the owner is told.
const low = 80

// credit tells whether one more SMS is in the plan. When none is left the
// message goes by mail instead, where there is an address; either way its row
// says so. The owner hears of it once a month, and once before.
func credit(ctx context.Context, s postgres.Scope, t tenants.Tenant, m Message) (bool, error) {
	zone, err := zoneOf(ctx, s)
	if err != nil {
		return false, err
	}
	now := s.Now().In(zone)
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, zone)
	used, err := partsSince(ctx, s, month)
	if err != nil {
		return false, err
	}
	stamp := now.Year()*100 + int(now.Month())
	switch {
	case used >= t.Limits.SMS:
		if err := tellOwners(ctx, s, CreditEmpty, stamp); err != nil {
			return false, err
		}
		return false, byMail(ctx, s, m)
	case used*100 >= t.Limits.SMS*low:
		return true, tellOwners(ctx, s, CreditLow, stamp)
	}
	return true, nil
}

// byMail sends what was to be an SMS as a mail, unless one of the kind is
// planned already or there is no address: the composer finds that out.
func byMail(ctx context.Context, s postgres.Scope, m Message) error {
	if err := settle(ctx, s, m.ID, Outcome{State: Failed, Error: "no_credit"}); err != nil {
		return err
	}
	return Put(ctx, s, Planned{Kind: m.Kind, Channel: Mail, Due: s.Now()}, About{Participation: m.Participation, Member: m.Member, Sequence: m.Sequence})
}
