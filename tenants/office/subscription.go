package office

import (
	"context"
	"time"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
	"smartagenda/tenants/subscriptions"
)

// subscription is what the owner sees of the contract.
type subscription struct {
	*visit
	subscriptions.Subscription
	plans   []subscriptions.Plan
	usage   subscriptions.Usage
	history []subscriptions.Event
	form    ui.Form
}

// ownerOnly refuses everybody else, with a sentence.
func (v *visit) ownerOnly() error {
	if v.member.Role != members.Owner {
		return fault.New(fault.Denied, "office.owner_only")
	}
	return nil
}

func (o office) readSubscription(ctx context.Context, s postgres.Scope, v *visit) (sub subscription, err error) {
	sub.visit = v
	if err = v.ownerOnly(); err != nil {
		return sub, err
	}
	if sub.usage, err = subscriptions.Used(ctx, s, subscriptions.Month(v.now, v.zone())); err != nil {
		return sub, err
	}
	if sub.Subscription, err = subscriptions.Get(ctx, o.Control, s.Tenant()); err != nil {
		return sub, err
	}
	if sub.plans, err = subscriptions.Plans(ctx, o.Control); err != nil {
		return sub, err
	}
	sub.history, err = subscriptions.History(ctx, o.Control, s.Tenant())
	return sub, err
}

// showSubscription shows plan, use and history.
func (o office) showSubscription(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	sub, err := o.readSubscription(ctx, s, v)
	if err != nil {
		return nil, err
	}
	return v.drawSubscription(sub), nil
}

func (v *visit) drawSubscription(sub subscription) answer {
	return page(subscriptionPage(at(v.shell(v.T("office.subscription")), subscriptionPath), sub))
}

// changePlan takes another plan, which has room for what is used.
func (o office) changePlan(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	sub, err := o.readSubscription(ctx, s, v)
	if err != nil {
		return nil, err
	}
	if err := audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: v.member.ID, Act: "subscription.change_plan"}); err != nil {
		return nil, err
	}
	err = subscriptions.Do(ctx, o.Control, subscriptions.Order{Tenant: s.Tenant(), Act: subscriptions.ChangePlan, Plan: v.c.FormValue("plan"),
		By: subscriptions.Actor{Who: subscriptions.ByOwner, ID: v.member.ID}, Usage: sub.usage})
	if err != nil {
		return nil, err
	}
	return o.say(saidPlan, subscriptionPath), nil
}

func (o office) correctPlan(wrong error) act {
	return func(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
		sub, err := o.readSubscription(ctx, s, v)
		if err != nil {
			return nil, err
		}
		if sub.form, err = web.Mark(v.c, web.Typed(v.c), wrong); err != nil {
			return nil, err
		}
		return v.drawSubscription(sub), nil
	}
}

func (s subscription) options() []ui.Option {
	var all []ui.Option
	for _, p := range s.plans {
		all = append(all, ui.Option{Value: p.ID, Label: p.Name, Hint: s.T("office.plan_holds", "Price", s.Euros(int64(p.PriceCents)),
			"Agendas", s.T("office.count_agendas", "Count", p.Limits.Agendas), "Members", s.T("office.count_members", "Count", p.Limits.Members),
			"SMS", s.Number(int64(p.Limits.SMS)))})
	}
	return all
}

// stands says where the subscription is, in a sentence.
func (s subscription) stands() string {
	since := s.LongDate(s.Since.In(s.zone()))
	switch s.Tenant.Status {
	case tenants.Trial:
		return s.T("office.stands_trial", "Until", s.LongDate(s.TrialUntil.In(s.zone())))
	case tenants.PastDue:
		return s.T("office.stands_past_due", "Until", s.LongDate(s.Since.Add(subscriptions.Grace).In(s.zone())))
	}
	return s.T("office.stands_"+string(s.Tenant.Status), "Since", since)
}

func (s subscription) used() []ui.Fact {
	limits := s.Tenant.Limits
	one := func(key string, used, most int) ui.Fact {
		return ui.Fact{Term: s.T(key), Body: usedOf(s, s.T(key), used, most)}
	}
	return []ui.Fact{one("office.agendas", s.usage.Agendas, limits.Agendas), one("office.accesses", s.usage.Members, limits.Members), one("office.sms_month", s.usage.SMS, limits.SMS)}
}

func (s subscription) rail() []ui.RailItem {
	var items []ui.RailItem
	for _, e := range s.history {
		text := ""
		if e.FromPlan != e.ToPlan {
			text = s.T("office.plan_from_to", "From", capital(e.FromPlan), "To", capital(e.ToPlan))
		}
		items = append(items, ui.RailItem{Mark: ui.Done, Title: s.T("office.turned_" + string(e.Act)), Text: text, Note: s.moment(e.At)})
	}
	return items
}

// lastDays is when the end of a trial is announced on every page.
const lastDays = 7 * 24 * time.Hour

// notice is what everybody at work must know of the subscription, "" for
// nothing.
func (v *visit) notice() (sentence string) {
	t := v.tenant
	switch {
	case t.Status == tenants.Suspended || t.Status == tenants.Terminated:
		return v.T("office.read_only")
	case t.Status == tenants.PastDue:
		return v.T("office.notice_past_due", "Until", v.LongDate(t.Since.Add(subscriptions.Grace).In(v.zone())))
	case t.Status == tenants.Trial && t.TrialUntil.Sub(v.now) < lastDays:
		return v.T("office.notice_trial", "Until", v.LongDate(t.TrialUntil.In(v.zone())))
	}
	return ""
}

func (v *visit) noticeIcon() string {
	if v.tenant.Status.Writable() {
		return "hourglass"
	}
	return "lock"
}
