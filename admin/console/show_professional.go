package console

import (
	"context"
	"slices"
	"time"

	"github.com/a-h/templ"

	"smartagenda/admin/journal"
	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
)

// event is something that happened to a Professional.
type event struct {
	at    time.Time
	title string
	text  string // may be empty
	wrong bool
}

// teller finds events of a Professional, for everybody who may look at them.
type teller func(ctx context.Context, c *postgres.Control, v *visit, p professionals.Professional) ([]event, error)

// tellers of the timeline; the newest event comes first whoever found it.
var tellers = []teller{registered, staffActs, subscriptionActs, orders}

// card is a part of a Professional's page, nil where it has nothing to show.
type card struct {
	right staff.Right
	draw  func(ctx context.Context, c *postgres.Control, v *visit, p professionals.Professional) (templ.Component, error)
}

// cards stand between the facts and the timeline, in order.
var cards = []card{{staff.Subscriptions, subscriptionCard}, {staff.Look, purgeCard}, {staff.SupportView, supportCard}}

// deeds are the buttons in the head of the page.
var deeds []func(v *visit, p professionals.Professional) []ui.Button

// professionalView is what the page of one shows.
type professionalView struct {
	professionals.Professional
	cards  []templ.Component
	deeds  []ui.Button
	events []event
	// refused is why the last act was not done.
	refused string
}

// showProfessional is the page of one: facts, counts and what happened.
func (o console) showProfessional(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	return o.drawProfessional(ctx, c, v, "")
}

func (o console) drawProfessional(ctx context.Context, c *postgres.Control, v *visit, refused string) (answer, error) {
	p, err := professionals.Get(ctx, c, postgres.Tenant(v.id()))
	if err != nil {
		return nil, err
	}
	one := professionalView{Professional: p, refused: refused}
	for _, k := range cards {
		if !v.may(k.right) {
			continue
		}
		drawn, err := k.draw(ctx, c, v, p)
		if err != nil {
			return nil, err
		}
		if drawn != nil {
			one.cards = append(one.cards, drawn)
		}
	}
	for _, d := range deeds {
		one.deeds = append(one.deeds, d(v, p)...)
	}
	for _, tell := range tellers {
		events, err := tell(ctx, c, v, p)
		if err != nil {
			return nil, err
		}
		one.events = append(one.events, events...)
	}
	slices.SortStableFunc(one.events, func(a, b event) int { return b.at.Compare(a.at) })
	return page(professionalPage(v.shell(v.T("console.professional_page"), professionalsPath), v, one)), nil
}

// registered is what the registry itself remembers.
func registered(_ context.Context, _ *postgres.Control, v *visit, p professionals.Professional) ([]event, error) {
	return []event{{at: p.CreatedAt, title: v.T("console.event_created"), text: v.T("console.event_address", "Address", string(p.Slug))}}, nil
}

// actsShown is how many of the staff's acts a timeline shows.
const actsShown = 50

// staffActs is what the staff did about this Professional.
func staffActs(ctx context.Context, c *postgres.Control, v *visit, p professionals.Professional) ([]event, error) {
	entries, _, err := journal.List(ctx, c, journal.Filter{Tenant: p.ID}, journal.Slice{Limit: actsShown})
	if err != nil {
		return nil, err
	}
	names, err := v.names(ctx, c)
	if err != nil {
		return nil, err
	}
	var all []event
	for _, e := range entries {
		all = append(all, event{at: e.At, title: v.T(actKey(e.Act)), text: names[e.Staff]})
	}
	return all, nil
}

// names are those of the staff by id; 0 is the program.
func (v *visit) names(ctx context.Context, c *postgres.Control) (map[int64]string, error) {
	list, err := staff.List(ctx, c)
	if err != nil {
		return nil, err
	}
	names := map[int64]string{0: v.T("console.program")}
	for _, p := range list {
		names[p.ID] = p.Name
	}
	return names, nil
}

func (one professionalView) rail(v *visit) []ui.RailItem {
	var items []ui.RailItem
	for _, e := range one.events {
		item := ui.RailItem{Mark: ui.Done, Title: e.title, Text: e.text, Note: v.moment(e.at)}
		if e.wrong {
			item.Mark = ui.Wrong
		}
		items = append(items, item)
	}
	return items
}

func (one professionalView) facts(v *visit) []ui.Fact {
	return []ui.Fact{
		{Term: v.T("console.status"), Body: v.status(one.Status)},
		{Term: v.T("console.since"), Value: v.since(one.StatusAt)},
		{Term: v.T("console.address"), Body: siteOf(v, one.Professional)},
		{Term: v.T("console.owner"), Value: one.OwnerName},
		{Term: v.T("console.email"), Body: mailTo(one.OwnerEmail)},
		{Term: v.T("console.phone"), Value: orDash(phone.Format(one.Phone)), Num: true},
		{Term: v.T("console.number"), Value: one.ID.String(), Num: true},
	}
}

func (one professionalView) figures(v *visit) []ui.KPI {
	n := one.Activity
	figure := func(key string, n int, note string) ui.KPI {
		return ui.KPI{Label: v.T(key), Value: v.figure(one.Professional, n), Note: note}
	}
	of := func(limit int) string { return v.T("console.of", "Limit", v.Number(int64(limit))) }
	return []ui.KPI{
		figure("console.appointments_30d", n.Appointments, v.T("console.upcoming", "Number", v.figure(one.Professional, n.Upcoming))),
		figure("console.patients", n.Patients, ""), figure("console.agendas", n.Agendas, of(one.Limits.Agendas)),
		figure("console.members", n.Members, of(one.Limits.Members)), figure("console.sms_month", n.SMS, of(one.Limits.SMS)),
	}
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
