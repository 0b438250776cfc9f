package console

import (
	"context"

	"github.com/a-h/templ"

	"smartagenda/admin/professionals"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/instructions"
)

// supportCard says whether the Professional lets us look, and leads there.
func supportCard(ctx context.Context, c *postgres.Control, v *visit, p professionals.Professional) (templ.Component, error) {
	given, err := instructions.Given(ctx, c, p.ID)
	if err != nil || !p.Status.Reachable() {
		return nil, err
	}
	if len(given) > 0 && given[0].Running(c.Clock().Now()) {
		return supportOpen(v, p, given[0]), nil
	}
	return supportClosed(v), nil
}

func orderFacts(v *visit, i instructions.Instruction) []ui.Fact {
	return []ui.Fact{
		{Term: v.T("console.instruction_extent"), Value: v.T("console.extent_" + string(i.Extent))},
		{Term: v.T("console.instruction_reason"), Value: i.Reason},
		{Term: v.T("console.instruction_until"), Value: capital(v.moment(i.ExpiresAt))},
	}
}

// orders tells when the Professional let us look.
func orders(ctx context.Context, c *postgres.Control, v *visit, p professionals.Professional) ([]event, error) {
	given, err := instructions.Given(ctx, c, p.ID)
	if err != nil {
		return nil, err
	}
	now := c.Clock().Now()
	var all []event
	for _, i := range given {
		all = append(all, event{at: i.GivenAt, title: v.T("console.event_instructed"), text: v.T("console.extent_"+string(i.Extent)) + " · " + i.Reason})
		if !i.Running(now) {
			over := i.ExpiresAt
			if !i.EndedAt.IsZero() {
				over = i.EndedAt
			}
			all = append(all, event{at: over, title: v.T("console.event_uninstructed")})
		}
	}
	return all, nil
}

// askedToLook are the spaces that wait for somebody to look in.
func askedToLook(ctx context.Context, c *postgres.Control, v *visit) ([]duty, error) {
	running, err := instructions.RunningFor(ctx, c)
	if err != nil {
		return nil, err
	}
	var all []duty
	for _, r := range running {
		p, err := professionals.Get(ctx, c, r.Tenant)
		if err != nil {
			return nil, err
		}
		all = append(all, duty{title: v.T("console.duty_instruction", "House", p.Name), text: v.T("console.duty_instruction_text", "Reason", r.Reason, "When", v.moment(r.ExpiresAt)),
			verb: v.T("console.support_enter"), href: supportPath(p.ID)})
	}
	return all, nil
}
