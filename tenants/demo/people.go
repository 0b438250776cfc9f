package demo

import (
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"

	"smartagenda/tenants/calendar"
	"smartagenda/tenants/patients"
)

// files list who comes to each house. Nobody in them exists; their mail
// addresses end where no mail is delivered.
//
//go:embed people/*.csv
var files embed.FS

// person is one line of such a list.
type person struct {
	patients.Draft
	landline  string // beside the mobile
	birthName string
	born      calendar.Date
	traits    []string
	since     time.Time // when the house made the file; zero for a newcomer
}

// Traits that a line may end with.
const (
	often       = "often"       // comes again and again
	rare        = "rare"        // hardly ever
	newcomer    = "new"         // the first booking makes the file
	english     = "english"     // gets messages in English
	bounces     = "bounces"     // mail is refused
	unreachable = "unreachable" // the mobile is dead
)

const columns = 13

func people(slug string) ([]person, error) {
	f, err := files.Open("people/" + slug + ".csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = columns
	lines, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	var list []person
	for _, l := range lines[1:] {
		p := person{
			Draft: patients.Draft{Title: l[0], FirstName: l[1], LastName: l[2], Email: l[5], Phone: cmp.Or(l[6], l[7]),
				Company: l[8], Street: l[9], Postcode: l[10], City: l[11]},
			birthName: l[3], traits: strings.Fields(l[12]),
		}
		if l[6] != "" {
			p.landline = l[7]
		}
		if l[4] != "" {
			if p.born, err = calendar.ParseDate(l[4]); err != nil {
				return nil, fmt.Errorf("demo: %s: %w", slug, err)
			}
		}
		if p.is(english) {
			p.Lang = "en"
		}
		list = append(list, p)
	}
	return list, nil
}

func (p person) is(trait string) bool { return slices.Contains(p.traits, trait) }
