package console

import (
	"context"

	"github.com/a-h/templ"

	"smartagenda/admin/journal"
	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/provisioning"
)

// purgeView is what staff see of a house that leaves. The counts are those
// that jobs carry out: the console reads no space.
type purgeView struct {
	professionals.Professional
	provisioning.Leaving
	approvers []string
	mine      bool // who looks has approved
	may       bool
}

// purgeCard shows the end of a contract and takes approvals of the erasure.
func purgeCard(ctx context.Context, c *postgres.Control, v *visit, p professionals.Professional) (templ.Component, error) {
	l, err := provisioning.FindLeaving(ctx, c, p.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names, err := v.names(ctx, c)
	if err != nil {
		return nil, err
	}
	one := purgeView{Professional: p, Leaving: l, may: v.may(staff.ApprovePurge) && l.DoneAt.IsZero()}
	for _, id := range l.Approvals {
		one.approvers, one.mine = append(one.approvers, names[id]), one.mine || id == v.me.ID
	}
	return purgePart(v, one), nil
}

// approvePurge lets a space be erased, as one of two.
func (o console) approvePurge(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	id := postgres.Tenant(v.id())
	if _, err := professionals.Get(ctx, c, id); err != nil {
		return nil, err
	}
	if err := provisioning.Approve(ctx, c, id, v.me.ID); err != nil {
		return nil, err
	}
	if err := v.note(ctx, c, journal.Entry{Act: "purge.approve", Tenant: id}); err != nil {
		return nil, err
	}
	return o.say("approved", professionalPath(id)), nil
}

// purges are the erasures that wait for somebody, urgent once their day is over.
func purges(ctx context.Context, c *postgres.Control, v *visit) ([]duty, error) {
	list, err := provisioning.ListLeaving(ctx, c)
	if err != nil {
		return nil, err
	}
	var all []duty
	for _, l := range list {
		if len(l.Approvals) >= 2 && c.Clock().Now().Before(l.PurgeAt.AddDate(0, 0, 1)) || c.Clock().Now().Before(l.PurgeAt.AddDate(0, 0, -7)) {
			continue
		}
		p, err := professionals.Get(ctx, c, l.Tenant)
		if err != nil {
			return nil, err
		}
		day := calendar.InParis(l.PurgeAt)
		all = append(all, duty{urgent: !c.Clock().Now().Before(l.PurgeAt), title: v.T("console.purge_duty", "Name", p.Name),
			text: v.T("console.purge_duty_text", "Day", v.LongDate(day), "Number", len(l.Approvals)), verb: v.T("console.verify"), href: professionalPath(l.Tenant)})
	}
	return all, nil
}

func (one purgeView) facts(v *visit) []ui.Fact {
	day := func(key string, l string) ui.Fact { return ui.Fact{Term: v.T(key), Value: l} }
	facts := []ui.Fact{
		day("console.left_at", v.LongDate(calendar.InParis(one.AskedAt))), day("console.read_until", v.LongDate(calendar.InParis(one.ReadOnlyUntil))),
		day("console.export_until", v.LongDate(calendar.InParis(one.ExportUntil))), day("console.purge_at", v.LongDate(calendar.InParis(one.PurgeAt))),
	}
	for _, name := range one.approvers {
		facts = append(facts, ui.Fact{Term: v.T("console.approved_by"), Value: name})
	}
	if !one.DoneAt.IsZero() {
		facts = append(facts, ui.Fact{Term: v.T("console.purged_at"), Value: v.moment(one.DoneAt)})
	}
	return facts
}
