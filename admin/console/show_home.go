package console

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants"
)

// duty is one thing that waits for somebody, in their language.
type duty struct {
	urgent      bool
	title, text string
	verb, href  string // of the button; none without href
}

// board finds duties of those who have the right.
type board struct {
	right staff.Right
	list  func(ctx context.Context, c *postgres.Control, v *visit) ([]duty, error)
}

// boards in the order of the page; urgent duties come first whoever found them.
var boards = []board{
	{staff.ManageStaff, deadJobs},
	{staff.ApprovePurge, purges},
	{staff.SupportView, askedToLook},
}

// aside is a card beside the home page's columns; nil draws nothing.
type aside struct {
	right staff.Right
	draw  func(ctx context.Context, c *postgres.Control, v *visit) (templ.Component, error)
}

// asides under the figures, in order.
var asides []aside

// watched is how many Professionals the home page lists.
const watched = 8

// homeView is what the home page shows.
type homeView struct {
	duties []duty
	counts map[tenants.Status]int
	watch  []professionals.Professional
	asides []templ.Component
}

// showHome is the first page: what waits, and how many there are.
func (o console) showHome(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	var h homeView
	var err error
	if h.duties, err = v.duties(ctx, c); err != nil {
		return nil, err
	}
	if h.counts, err = professionals.Count(ctx, c); err != nil {
		return nil, err
	}
	if h.watch, err = professionals.Watch(ctx, c, watched); err != nil {
		return nil, err
	}
	for _, a := range asides {
		if !v.may(a.right) {
			continue
		}
		card, err := a.draw(ctx, c, v)
		if err != nil {
			return nil, err
		}
		h.asides = append(h.asides, card)
	}
	return page(homePage(v.shell(v.T("console.home"), home), v, h)), nil
}

func (v *visit) duties(ctx context.Context, c *postgres.Control) ([]duty, error) {
	var all []duty
	for _, b := range boards {
		if !v.may(b.right) {
			continue
		}
		list, err := b.list(ctx, c, v)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	slices.SortStableFunc(all, func(a, b duty) int {
		switch {
		case a.urgent == b.urgent:
			return 0
		case a.urgent:
			return -1
		}
		return 1
	})
	return all, nil
}

// deadJobs is work that was tried until nobody tries any more.
func deadJobs(ctx context.Context, c *postgres.Control, v *visit) ([]duty, error) {
	counts, err := jobstore.Backlog(ctx, c)
	if err != nil || counts["dead"] == 0 {
		return nil, err
	}
	return []duty{{urgent: true, title: v.T("console.dead_jobs", "Count", counts["dead"]), text: v.T("console.dead_jobs_hint")}}, nil
}

// items hang the duties on the thread.
func (h homeView) items() []ui.RailItem {
	var items []ui.RailItem
	for _, d := range h.duties {
		item := ui.RailItem{Mark: ui.Here, Title: d.title, Text: d.text}
		if d.urgent {
			item.Mark = ui.Wrong
		}
		if d.href != "" {
			item.Action = ui.Button{Kind: ui.Line, Href: d.href, Label: d.verb}
		}
		items = append(items, item)
	}
	return items
}

func (h homeView) figures(v *visit) []ui.KPI {
	var all []ui.KPI
	for _, s := range []tenants.Status{tenants.Active, tenants.Trial, tenants.PastDue, tenants.Suspended} {
		all = append(all, ui.KPI{Label: v.T("console.many_" + string(s)), Value: v.Number(int64(h.counts[s]))})
	}
	return all
}

// total counts those who are still there.
func (h homeView) total() (n int) {
	for s, count := range h.counts {
		if s != tenants.Purged {
			n += count
		}
	}
	return n
}
