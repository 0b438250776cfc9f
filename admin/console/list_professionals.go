package console

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"smartagenda/admin/professionals"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants"
)

// perPage is how many rows a long list shows at once.
const perPage = 25

// statuses a list can be narrowed to.
var statuses = []tenants.Status{tenants.Trial, tenants.Active, tenants.PastDue, tenants.Suspended, tenants.Terminated, tenants.Setup, tenants.Purged}

// listView is what the list of Professionals shows.
type listView struct {
	query professionals.Query
	list  []professionals.Professional
	total int
	page  int
}

// listProfessionals searches who subscribes.
func (o console) listProfessionals(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	l := listView{page: v.page()}
	l.query = professionals.Query{
		Words: words(v.c.Query("q")), Status: tenants.Status(v.c.Query("etat")), Sort: professionals.Sort(v.c.Query("tri")),
		Offset: (l.page - 1) * perPage, Limit: perPage,
	}
	if !slices.Contains(statuses, l.query.Status) {
		l.query.Status = ""
	}
	if !slices.Contains(professionals.Sorts(), l.query.Sort) {
		l.query.Sort = professionals.ByName
	}
	var err error
	if l.list, l.total, err = professionals.List(ctx, c, l.query); err != nil {
		return nil, err
	}
	return page(professionalsPage(v.shell(v.T("console.professionals"), professionalsPath), v, l)), nil
}

// page is the page of a long list that the address asks for, from 1.
func (v *visit) page() int {
	n, err := strconv.Atoi(v.c.Query("page"))
	if err != nil || n < 1 || n > 100_000 {
		return 1
	}
	return n
}

// pager leads through total rows; at is the page shown and keep what else the
// address holds.
func (v *visit) pager(path string, keep url.Values, at, total int) ui.Pager {
	first, last := (at-1)*perPage+1, min(at*perPage, total)
	p := ui.Pager{Label: v.T("console.pages"), Text: v.T("console.range", "First", v.Number(int64(first)), "Last", v.Number(int64(last)), "Total", v.Number(int64(total)))}
	link := func(n int, key string) ui.Link {
		to := url.Values{}
		for name, values := range keep {
			if values[0] != "" {
				to[name] = values
			}
		}
		to.Set("page", strconv.Itoa(n))
		return ui.Link{Href: path + "?" + to.Encode(), Text: v.T(key)}
	}
	if at > 1 {
		p.Prev = link(at-1, "console.previous")
	}
	if last < total {
		p.Next = link(at+1, "console.next")
	}
	return p
}

func (l listView) pager(v *visit) ui.Pager {
	return v.pager(professionalsPath, url.Values{"q": {l.query.Words}, "etat": {string(l.query.Status)}, "tri": {string(l.query.Sort)}}, l.page, l.total)
}

func (v *visit) statusOptions() []ui.Option {
	all := []ui.Option{{Value: "", Label: v.T("console.any_status")}}
	for _, s := range statuses {
		all = append(all, ui.Option{Value: string(s), Label: v.T("console.status_" + string(s))})
	}
	return all
}

func (v *visit) sortOptions() []ui.Option {
	var all []ui.Option
	for _, s := range professionals.Sorts() {
		all = append(all, ui.Option{Value: string(s), Label: v.T("console.sort_" + string(s))})
	}
	return all
}

// professionalPath is the page of one Professional.
func professionalPath(id postgres.Tenant) string { return professionalsPath + "/" + id.String() }

// rows are the lines of a table of Professionals.
func (v *visit) rows(list []professionals.Professional) ui.Table {
	t := ui.Table{Label: v.T("console.professionals"), Fold: true, Columns: []ui.Column{
		{Title: v.T("console.professional"), Wide: true}, {Title: v.T("console.status")}, {Title: v.T("console.since")},
		{Title: v.T("console.appointments_30d"), Num: true}, {Title: v.T("console.last_booking"), Num: true},
	}}
	for _, p := range list {
		booking := v.day(p.Activity.LastBooking)
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Body: nameOf(p)}, {Body: v.status(p.Status)}, {Text: v.since(p.StatusAt)},
			{Body: onPhone(v.T("console.appointments_30d"), v.figure(p, p.Activity.Appointments))},
			{Body: onPhone(v.T("console.last_booking"), booking), None: booking == "–"},
		}})
	}
	return t
}
