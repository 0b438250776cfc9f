package subscriptions

import (
	"context"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/members"
	"smartagenda/tenants/messages"
)

// letters says which mail an act brings the owners; the others bring none.
var letters = map[Act]messages.Kind{
	"warn": messages.TrialEnding, PastDue: messages.PastDue, Suspend: messages.Paused,
	Activate: messages.InOrder, Reactivate: messages.InOrder, ChangePlan: messages.PlanChanged, Extend: messages.TrialExtended,
}

// Tell plans the mail about an event, in the tenant's transaction that also
// ends the job.
func Tell(ctx context.Context, c *postgres.Control, j jobstore.Job) error {
	e, found, err := event(ctx, c, j.Tenant, j.Ref)
	if err != nil {
		return err
	}
	return c.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) error {
		if kind, told := letters[e.Act]; found && told {
			if err := tellOwners(ctx, s, kind); err != nil {
				return err
			}
		}
		return jobstore.Finish(ctx, s, j)
	})
}

func tellOwners(ctx context.Context, s postgres.Scope, kind messages.Kind) error {
	team, err := members.List(ctx, s)
	if err != nil {
		return err
	}
	for _, m := range team {
		if m.Role != members.Owner {
			continue
		}
		if err := messages.Put(ctx, s, messages.Planned{Kind: kind, Channel: messages.Mail, Due: s.Now()}, messages.About{Member: m.ID}); err != nil {
			return err
		}
	}
	return nil
}
