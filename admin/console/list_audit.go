package console

import (
	"bytes"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"smartagenda/admin/journal"
	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
)

// auditView is what the journal shows.
type auditView struct {
	typed   map[string]string // as the address holds it
	entries []journal.Entry
	total   int
	page    int
	people  []staff.Person
	names   map[int64]string
	houses  map[postgres.Tenant]string
	acts    []string
}

// listAudit is what staff did, newest first.
func (o console) listAudit(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	a := auditView{page: v.page(), typed: map[string]string{}}
	for _, name := range []string{"qui", "acte", "abonne", "du", "au"} {
		a.typed[name] = words(v.c.Query(name))
	}
	f, found, err := a.filter(ctx, c)
	if err != nil {
		return nil, err
	}
	if found {
		a.entries, a.total, err = journal.List(ctx, c, f, journal.Slice{Offset: (a.page - 1) * perPage, Limit: perPage})
		if err != nil {
			return nil, err
		}
	}
	if a.people, err = staff.List(ctx, c); err != nil {
		return nil, err
	}
	if a.names, err = v.names(ctx, c); err != nil {
		return nil, err
	}
	if a.acts, err = journal.Acts(ctx, c); err != nil {
		return nil, err
	}
	if a.houses, err = houses(ctx, c, a.entries); err != nil {
		return nil, err
	}
	return page(auditPage(v.shell(v.T("console.audit"), auditPath), v, a)), nil
}

// filter reads what the list is to be narrowed to; found is false for an
// address that nobody has. Dates that are none narrow nothing.
func (a auditView) filter(ctx context.Context, c *postgres.Control) (f journal.Filter, found bool, err error) {
	f.Act = a.typed["acte"]
	f.Staff, _ = strconv.ParseInt(a.typed["qui"], 10, 64)
	if d, ok := date(a.typed["du"]); ok {
		f.From = midnight(d)
	}
	if d, ok := date(a.typed["au"]); ok {
		f.Until = midnight(d.AddDate(0, 0, 1))
	}
	if a.typed["abonne"] == "" {
		return f, true, nil
	}
	t, err := tenants.BySlug(ctx, c, a.typed["abonne"])
	if fault.Is(err, fault.NotFound) {
		return f, false, nil
	}
	f.Tenant = t.ID
	return f, err == nil, err
}

// date reads a day as people write it here, or as programs do.
func date(typed string) (time.Time, bool) {
	for _, layout := range []string{"2/1/2006", time.DateOnly} {
		if d, err := time.Parse(layout, typed); err == nil {
			return d, true
		}
	}
	return time.Time{}, false
}

// midnight is the beginning of a date in Paris.
func midnight(d time.Time) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, calendar.InParis(d).Location())
}

// houses names the Professionals of the entries.
func houses(ctx context.Context, c *postgres.Control, entries []journal.Entry) (map[postgres.Tenant]string, error) {
	names := map[postgres.Tenant]string{}
	for _, e := range entries {
		if _, known := names[e.Tenant]; known || e.Tenant == 0 {
			continue
		}
		p, err := professionals.Get(ctx, c, e.Tenant)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		names[e.Tenant] = p.Name
	}
	return names, nil
}

func (a auditView) pager(v *visit) ui.Pager {
	keep := url.Values{}
	for name, value := range a.typed {
		keep.Set(name, value)
	}
	return v.pager(auditPath, keep, a.page, a.total)
}

func (a auditView) peopleOptions(v *visit) []ui.Option {
	all := []ui.Option{{Value: "", Label: v.T("console.anybody")}}
	for _, p := range a.people {
		all = append(all, ui.Option{Value: strconv.FormatInt(p.ID, 10), Label: p.Name})
	}
	return all
}

func (a auditView) actOptions(v *visit) []ui.Option {
	all := []ui.Option{{Value: "", Label: v.T("console.any_act")}}
	for _, act := range a.acts {
		all = append(all, ui.Option{Value: act, Label: v.T(actKey(act))})
	}
	slices.SortStableFunc(all[1:], func(a, b ui.Option) int { return bytes.Compare(i18n.SortKey(a.Label), i18n.SortKey(b.Label)) })
	return all
}

func (a auditView) table(v *visit) ui.Table {
	t := ui.Table{Label: v.T("console.audit"), Fold: true, Columns: []ui.Column{
		{Title: v.T("console.when")}, {Title: v.T("console.who")}, {Title: v.T("console.what"), Wide: true}, {Title: v.T("console.about")},
	}}
	for _, e := range a.entries {
		about := a.about(e)
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: v.moment(e.At)}, {Text: a.names[e.Staff]}, {Body: actWords(v, e)}, about}})
	}
	return t
}

// about names what an act was about: a Professional, or somebody of the staff.
func (a auditView) about(e journal.Entry) ui.Cell {
	switch {
	case e.Tenant != 0 && a.houses[e.Tenant] != "":
		return ui.Cell{Text: a.houses[e.Tenant], Href: professionalPath(e.Tenant)}
	case strings.HasPrefix(e.Act, "staff.") && e.Subject != e.Staff:
		return ui.Cell{Text: a.names[e.Subject]}
	}
	return ui.Cell{None: true}
}
