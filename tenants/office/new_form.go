package office

import (
	"time"

	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/calendar"
)

// sub says the moment that was clicked in words, with its day of the week.
func (f sheet) sub() string {
	d, err := calendar.ParseDate(f.date)
	if err != nil || f.time == "" {
		return ""
	}
	return capital(f.T("office.day_at", "Day", f.DayMonth(noon(d)), "Time", f.time))
}

// back is the day from which the form was opened.
func (f sheet) back() string {
	if d, ok := parseDay(f.form.Date("date")); ok {
		return dated(dayPath, d)
	}
	if d, ok := parseDay(f.date); ok {
		return dated(dayPath, d)
	}
	return home
}

func (f sheet) serviceOptions() []ui.Option {
	var all []ui.Option
	for _, v := range f.services {
		all = append(all, ui.Option{Value: number(v.ID), Label: f.T("office.service_and_length",
			"Service", v.Name, "Length", f.Duration(time.Duration(v.Minutes)*time.Minute))})
	}
	return all
}

func (f sheet) people() []ui.Option {
	var all []ui.Option
	for _, p := range f.hours.people {
		all = append(all, ui.Option{Value: number(p.ID), Label: p.Name})
	}
	return all
}

func (f sheet) dateField() ui.DateField {
	year, _, _ := f.today().Parts()
	d := ui.DateField{Form: f.form, Name: "date", Label: f.T("office.date"), Value: f.date, From: year - 1, To: year + 2,
		Day: f.T("office.date_day"), Month: f.T("office.date_month"), Year: f.T("office.date_year")}
	for m := time.January; m <= time.December; m++ {
		d.Months = append(d.Months, monthName(f.visit, m))
	}
	return d
}

// monthName is "novembre".
func monthName(v *visit, m time.Month) string {
	name := v.MonthYear(time.Date(firstYear, m, 1, 0, 0, 0, 0, time.UTC))
	return name[:len(name)-len(" 2000")]
}
