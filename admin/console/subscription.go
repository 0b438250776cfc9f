package console

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"smartagenda/admin/journal"
	"smartagenda/admin/professionals"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/subscriptions"
)

// turn is an act on a subscription that staff may do by hand.
type turn struct {
	act  subscriptions.Act
	path string // its word in the address
	icon string
}

var turns = []turn{
	{subscriptions.Activate, "activer", "check"},
	{subscriptions.Reactivate, "reprendre", "check"},
	{subscriptions.Extend, "prolonger", "hourglass"},
	{subscriptions.ChangePlan, "formule", "repeat"},
	{subscriptions.PastDue, "impaye", "credit-card"},
	{subscriptions.Suspend, "suspendre", "pause"},
}

// turnView is the page that asks before an act is done.
type turnView struct {
	turn
	professionals.Professional
	sub   subscriptions.Subscription
	plans []subscriptions.Plan
	form  ui.Form
}

func turnPath(id postgres.Tenant, t turn) string {
	return professionalPath(id) + "/abonnement/" + t.path
}

// subscriptionCard shows what is subscribed to, and what can be done about it.
func subscriptionCard(ctx context.Context, c *postgres.Control, v *visit, p professionals.Professional) (templ.Component, error) {
	s, err := subscriptions.Get(ctx, c, p.ID)
	if err != nil {
		return nil, err
	}
	return subscriptionPart(v, s), nil
}

// possible are the acts that the present state allows.
func possible(s subscriptions.Subscription) []turn {
	var some []turn
	for _, t := range turns {
		if subscriptions.May(t.act, s.Tenant.Status) {
			some = append(some, t)
		}
	}
	return some
}

// named finds the act and the Professional that the address names.
func (v *visit) turn(ctx context.Context, c *postgres.Control) (t turnView, err error) {
	for _, one := range turns {
		if one.path == v.c.Params("act") {
			t.turn = one
		}
	}
	if t.act == "" {
		return t, fault.New(fault.NotFound, "web.not_found")
	}
	if t.Professional, err = professionals.Get(ctx, c, postgres.Tenant(v.id())); err != nil {
		return t, err
	}
	if t.sub, err = subscriptions.Get(ctx, c, t.ID); err != nil {
		return t, err
	}
	t.plans, err = subscriptions.Plans(ctx, c)
	return t, err
}

// askTurn asks for what an act needs.
func (o console) askTurn(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	t, err := v.turn(ctx, c)
	if err != nil {
		return nil, err
	}
	if !subscriptions.May(t.act, t.sub.Tenant.Status) {
		return nil, fault.New(fault.Conflict, "subscriptions.not_from_"+string(t.sub.Tenant.Status))
	}
	return v.drawTurn(t), nil
}

func (v *visit) drawTurn(t turnView) answer {
	return page(turnPage(v.shell(v.T("console.turn_"+string(t.act)), professionalsPath), v, t))
}

// doTurn does it.
func (o console) doTurn(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	t, err := v.turn(ctx, c)
	if err != nil {
		return nil, err
	}
	order := subscriptions.Order{
		Tenant: t.ID, Act: t.act, By: subscriptions.Actor{Who: subscriptions.ByStaff, ID: v.me.ID},
		Reason: words(v.c.FormValue("reason")), Plan: v.c.FormValue("plan"), Until: t.until(v.c.FormValue("days")),
		Usage: subscriptions.Usage{Agendas: t.Activity.Agendas, Members: t.Activity.Members},
	}
	if err := subscriptions.Do(ctx, c, order); err != nil {
		return nil, err
	}
	if err := v.note(ctx, c, journal.Entry{Act: "subscription." + string(t.act), Tenant: t.ID}); err != nil {
		return nil, err
	}
	return o.say("subscription", professionalPath(t.ID)), nil
}

// correctTurn shows what was typed again.
func (o console) correctTurn(err error) act {
	return func(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
		t, readErr := v.turn(ctx, c)
		if readErr != nil {
			return nil, readErr
		}
		if t.form, err = web.Mark(v.c, web.Typed(v.c), err); err != nil {
			return nil, err
		}
		return v.drawTurn(t), nil
	}
}

// longer are the days that a trial can be extended by.
var longer = []int{15, 30, 60}

func (t turnView) longer(v *visit) []ui.Option {
	var all []ui.Option
	for _, days := range longer {
		until := calendar.InParis(t.sub.TrialUntil.AddDate(0, 0, days))
		all = append(all, ui.Option{Value: strconv.Itoa(days), Label: v.T("console.days_more", "Count", days), Hint: v.LongDate(until)})
	}
	return all
}

// until is the end that was chosen, zero for none of those offered.
func (t turnView) until(days string) time.Time {
	n, err := strconv.Atoi(days)
	if err != nil || !slices.Contains(longer, n) {
		return time.Time{}
	}
	return t.sub.TrialUntil.AddDate(0, 0, n)
}

// subscriptionActs tells what became of the subscription.
func subscriptionActs(ctx context.Context, c *postgres.Control, v *visit, p professionals.Professional) ([]event, error) {
	history, err := subscriptions.History(ctx, c, p.ID)
	if err != nil {
		return nil, err
	}
	names, err := v.names(ctx, c)
	if err != nil {
		return nil, err
	}
	var all []event
	for _, e := range history {
		one := event{at: e.At, title: v.T("console.turned_" + string(e.Act)), wrong: e.Act == subscriptions.PastDue || e.Act == subscriptions.Suspend}
		switch e.By.Who {
		case subscriptions.ByOwner:
			one.text = v.T("console.by_owner")
		case subscriptions.ByStaff:
			one.text = names[e.By.ID]
		case subscriptions.BySystem:
			one.text = v.T("console.program")
		}
		if e.FromPlan != e.ToPlan {
			one.text += " · " + v.T("console.plan_from_to", "From", capital(e.FromPlan), "To", capital(e.ToPlan))
		}
		if e.Reason != "" && e.By.Who == subscriptions.ByStaff {
			one.text += " · " + v.T("console.because", "Reason", e.Reason)
		}
		all = append(all, one)
	}
	return all, nil
}

func (t turnView) options(v *visit) []ui.Option {
	var all []ui.Option
	for _, p := range t.plans {
		if p.ID != t.sub.Plan.ID {
			all = append(all, ui.Option{Value: p.ID, Label: p.Name, Hint: v.T("console.a_month", "Price", v.Euros(int64(p.PriceCents)))})
		}
	}
	return all
}

func subscriptionFacts(v *visit, s subscriptions.Subscription) []ui.Fact {
	facts := []ui.Fact{
		{Term: v.T("console.plan"), Value: s.Plan.Name},
		{Term: v.T("console.price"), Value: v.T("console.a_month", "Price", v.Euros(int64(s.Plan.PriceCents)))},
		{Term: v.T("console.status"), Body: v.status(s.Tenant.Status)},
	}
	if s.Tenant.Status == "trial" {
		facts = append(facts, ui.Fact{Term: v.T("console.trial_until"), Value: v.LongDate(calendar.InParis(s.TrialUntil))})
	}
	return facts
}
