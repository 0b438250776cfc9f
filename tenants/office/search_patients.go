package office

import (
	"context"
	"strings"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/patients"
)

// found is what a search has brought.
type found struct {
	asked  string
	people []patients.Patient
	more   bool // there are others
}

// most is how many people a search shows.
const most = 8

// searchPatients lists who fits the question, as somebody types it into the
// form of a new appointment.
func (o office) searchPatients(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	if err := v.mayChange(); err != nil {
		return nil, err
	}
	if !wantsPart(v.c) {
		return goTo(newPath), nil
	}
	f, err := search(ctx, s, v.c.Query("q"))
	if err != nil {
		return nil, err
	}
	return page(foundPatients(v, ui.Form{}, f)), nil
}

// search needs two letters to begin.
func search(ctx context.Context, s postgres.Scope, typed string) (found, error) {
	f := found{asked: line(typed)}
	if len(i18n.Fold(f.asked)) < 2 {
		return found{}, nil
	}
	var err error
	if f.people, err = patients.Search(ctx, s, f.asked, most+1); err != nil {
		return f, err
	}
	if f.more = len(f.people) > most; f.more {
		f.people = f.people[:most]
	}
	return f, nil
}

// tell says what tells people of one name apart.
func (v *visit) tell(p patients.Patient) string {
	var known []string
	if !p.BornOn.IsZero() {
		known = append(known, v.ShortDate(noon(p.BornOn)))
	}
	for _, way := range []string{phone.Format(p.AnyPhone()), p.Email} {
		if way != "" {
			known = append(known, way)
		}
	}
	return strings.Join(known, ", ")
}

// newFile is chosen when the person has no file yet.
const newFile = "0"
