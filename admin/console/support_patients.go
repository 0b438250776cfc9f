package console

import (
	"context"
	"fmt"

	"github.com/a-h/templ"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/patients"
)

// supportSearch is who fits a question.
type supportSearch struct {
	support
	asked  string
	people []patients.Patient
}

// peopleShown is how many a search shows.
const peopleShown = 25

// searchPatients finds people of the house, by two letters or more.
func searchPatients(ctx context.Context, s postgres.Scope, l support) (func(ui.ConsolePage) templ.Component, error) {
	f := supportSearch{support: l, asked: words(l.c.Query("q"))}
	var err error
	if len(i18n.Fold(f.asked)) >= 2 {
		f.people, err = patients.Search(ctx, s, f.asked, peopleShown)
	}
	return func(p ui.ConsolePage) templ.Component { return supportSearchPage(p, f) }, err
}

func (f supportSearch) list() ui.Table {
	t := ui.Table{Label: f.T("console.support_people"), Fold: true, Columns: []ui.Column{
		{Title: f.T("console.patient"), Wide: true}, {Title: f.T("console.born")}, {Title: f.T("console.phone")}, {Title: f.T("console.email")},
	}}
	for _, p := range f.people {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: p.Name(), Href: fmt.Sprintf("%s/patients/%d", f.path(), p.ID)}, {Text: f.born(p)}, {Text: phone.Format(p.AnyPhone())}, {Text: p.Email},
		}})
	}
	return t
}

func (l support) born(p patients.Patient) string {
	if p.BornOn.IsZero() {
		return ""
	}
	return l.ShortDate(p.BornOn.At(calendar.HourMinute(12, 0), l.zone))
}

// supportFile is one person of the house.
type supportFile struct {
	support
	patients.Patient
	visits []booking.Appointment
}

// showFile shows who somebody is to the house, and their appointments.
func showFile(ctx context.Context, s postgres.Scope, l support) (func(ui.ConsolePage) templ.Component, error) {
	f := supportFile{support: l}
	var err error
	if f.Patient, err = patients.Get(ctx, s, l.number("patient")); err != nil {
		return nil, err
	}
	f.visits, err = booking.Of(ctx, s, f.Patient.ID)
	return func(p ui.ConsolePage) templ.Component { return supportFilePage(p, f) }, err
}

func (f supportFile) facts() []ui.Fact {
	p := f.Patient
	if hidden(p) {
		return nil
	}
	facts := []ui.Fact{
		{Term: f.T("console.born"), Value: orDash(f.born(p)), Num: true}, {Term: f.T("console.phone"), Value: orDash(phone.Format(p.AnyPhone())), Num: true},
		{Term: f.T("console.email"), Value: orDash(p.Email)},
		{Term: f.T("console.file_since"), Value: f.moment(p.CreatedAt)}, {Term: f.T("console.file_policy"), Value: f.Number(int64(p.PolicyVersion)), Num: true},
	}
	return facts
}
