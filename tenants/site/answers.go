package site

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
)

// answers are the fields of the form that a person fills in: what is kept when
// the moment changes.
var answers = []string{"first_name", "last_name", "phone", "email", "reason"}

// sheet is the page with the form: the moment wished, and what was typed.
type sheet struct {
	visit
	moment []availability.Slot // one for each who is free then
	form   ui.Form
}

// readSheet looks whether the moment wished can be had; without one the sheet
// has no moment, and the visit stands as it was asked.
func readSheet(ctx context.Context, sc postgres.Scope, p page, w wish) (sheet, error) {
	v, err := readVisit(ctx, sc, p, w)
	if err != nil {
		return sheet{}, err
	}
	f := sheet{visit: v}
	if !f.knows(w.practitioner) {
		return f, nil
	}
	day := f.clamp(calendar.DateOf(w.start, p.now.Location()))
	if err := f.ask(ctx, sc, day, day.AddDays(1)); err != nil {
		return f, err
	}
	for _, s := range f.offer.Slots {
		if s.Start.Equal(w.start) {
			f.moment = append(f.moment, s)
		}
	}
	return f, nil
}

// names are those who are free at the moment.
func (f sheet) names() string {
	if one := f.member(f.only()); one != nil {
		return one.Name
	}
	var names []string
	for _, s := range f.moment {
		if one := f.member(s.Practitioner); one != nil {
			names = append(names, one.ShortName)
		}
	}
	last := len(names) - 1
	return f.T("site.either", "First", list(", ", names[:last]...), "Last", names[last])
}

// reader is whom a word is written for.
func (f sheet) reader() string {
	if one := f.member(f.only()); one != nil {
		return one.ShortName
	}
	return f.house.Name
}

func (f sheet) asksReason() bool { return f.offer.Service.Reason != catalog.NoReason }

func (f sheet) reasonMark() string {
	if f.offer.Service.Reason == catalog.RequiredReason {
		return ""
	}
	return f.T("site.optional")
}

func (f sheet) reasonHint() string {
	hint := f.T("site.reason_hint", "House", f.house.Name)
	if f.offer.Service.Reason == catalog.RequiredReason {
		hint = f.T("site.reason_why") + " " + hint
	}
	return hint
}

// key makes a form that is sent twice one appointment. It stays with the form
// as long as that is about the same moment.
func (f sheet) key() string {
	if key := f.form.Value("idempotency_key", ""); isKey(key) {
		return key
	}
	return uuid.NewString()
}

func isKey(s string) bool {
	id, err := uuid.Parse(s)
	return err == nil && id.String() == s
}

func (f sheet) policy() string { return strconv.Itoa(f.tenant.Policy) }

// label names a field in the list of errors.
func (f sheet) label(field string) string {
	if field == "reason" {
		return f.T("site.reason", "Who", f.reader())
	}
	return f.T("site." + field)
}

// lines names the field in each error of the list on top.
func (f sheet) lines() ui.Form {
	form := f.form
	form.Errors = nil
	for _, e := range f.form.Errors {
		e.Line = f.T("site.error_line", "Field", f.label(e.Name), "Text", uncapital(e.Text))
		form.Errors = append(form.Errors, e)
	}
	return form
}

// title says first when something is wrong.
func (f sheet) title() string {
	if f.form.OK() {
		return f.T("site.details")
	}
	return f.T("site.details_wrong")
}

func uncapital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// kept are the answers of a form, without the moment and the key they were
// for.
func kept(form ui.Form) ui.Form {
	fresh := ui.Form{Values: map[string][]string{}}
	for _, name := range answers {
		fresh.Values[name] = []string{form.Value(name, "")}
	}
	return fresh
}

// body is what a request stands for: the same when it is sent twice.
func body(w wish, form ui.Form) []byte {
	q := url.Values{}
	for name, values := range form.Values {
		q[name] = values
	}
	q.Set("service", strconv.FormatInt(w.service, 10))
	q.Set("practitioner", strconv.FormatInt(w.practitioner, 10))
	q.Set("start", w.start.Format(time.RFC3339))
	return []byte(strings.ToValidUTF8(q.Encode(), ""))
}
