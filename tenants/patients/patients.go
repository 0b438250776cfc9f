// Package patients holds the people who book: who they are and how to reach
// them. It must not know what they have booked or been sent.
package patients

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/phone"
	"smartagenda/tenants/calendar"
)

// Patient is one person's file. Mail or phone is enough: some people have no
// mail, and a secretary may know neither.
type Patient struct {
	ID            int64 `bun:",pk,autoincrement"`
	Title         string
	FirstName     string
	LastName      string
	BirthName     string
	BornOn        calendar.Date
	Email         string
	Mobile        string // E.164
	Phone         string // E.164, a landline
	Company       string
	Street        string
	Postcode      string
	City          string
	Lang          string
	FindKey       string
	PolicyVersion int // in force when the data was given
	CreatedAt     time.Time
	RestrictedAt  time.Time `bun:",nullzero"`
	ErasedAt      time.Time `bun:",nullzero"`
}

// Name is how the person is called: "Camille Roussel".
func (p Patient) Name() string { return strings.TrimSpace(p.FirstName + " " + p.LastName) }

// AnyPhone is the number to call, the mobile first.
func (p Patient) AnyPhone() string {
	if p.Mobile != "" {
		return p.Mobile
	}
	return p.Phone
}

// Draft is a person as typed into a form or an API body.
type Draft struct {
	Title, FirstName, LastName string
	Email, Phone               string
	Company                    string
	Street, Postcode, City     string
	Lang                       string
	NoContact                  bool // a member may book for someone without mail or phone
}

// Normal turns a draft into a Patient without an id, or says which fields are
// wrong: names of 1 to 80 characters of any script, a mail address or a phone
// number, no control characters anywhere.
func (d Draft) Normal() (Patient, []fault.Field) {
	p := Patient{Title: d.Title, Lang: d.Lang}
	var bad []fault.Field
	for _, f := range []struct {
		name, typed string
		into        *string
		least, most int
	}{
		{"first_name", d.FirstName, &p.FirstName, 1, 80},
		{"last_name", d.LastName, &p.LastName, 1, 80},
		{"company", d.Company, &p.Company, 0, 120},
		{"street", d.Street, &p.Street, 0, 200},
		{"postcode", d.Postcode, &p.Postcode, 0, 12},
		{"city", d.City, &p.City, 0, 120},
	} {
		line, ok := clean(f.typed)
		n := utf8.RuneCountInString(line)
		switch {
		case !ok:
			bad = append(bad, fault.On(f.name, "patients.characters"))
		case n < f.least:
			bad = append(bad, fault.On(f.name, "patients."+f.name+"_missing"))
		case n > f.most:
			bad = append(bad, fault.On(f.name, "patients.too_long", "Most", f.most))
		}
		*f.into = line
	}
	if d.Title != "" && d.Title != "mme" && d.Title != "m" {
		bad = append(bad, fault.On("title", "patients.title"))
	}
	if d.Lang != i18n.English {
		p.Lang = i18n.French
	}
	p.FindKey = FindKey(p.LastName, p.FirstName)
	return p, append(bad, d.contact(&p)...)
}

// contact reads mail and phone; one of them is needed so that the person can
// be told of a change.
func (d Draft) contact(p *Patient) []fault.Field {
	var bad []fault.Field
	if typed := strings.TrimSpace(d.Email); typed != "" {
		mail, err := phone.ParseMail(typed)
		if err != nil {
			bad = append(bad, fault.On("email", err.Error()))
		}
		p.Email = mail
	}
	if typed := strings.TrimSpace(d.Phone); typed != "" {
		number, err := phone.Parse(typed)
		switch {
		case err != nil:
			bad = append(bad, fault.On("phone", err.Error()))
		case phone.IsMobile(string(number)):
			p.Mobile = string(number)
		default:
			p.Phone = string(number)
		}
	}
	if strings.TrimSpace(d.Email+d.Phone) == "" && !d.NoContact {
		bad = append(bad, fault.On("phone", "patients.contact_missing"))
	}
	return bad
}

// clean is one line of text, composed (NFC) and without outer or double
// spaces; ok is false when it has characters that no keyboard makes.
func clean(s string) (line string, ok bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	s = norm.NFC.String(s)
	for _, r := range s {
		if unicode.IsControl(r) && r != '\t' || r == '\u2028' || r == '\u2029' || isBidi(r) {
			return "", false
		}
	}
	return strings.Join(strings.Fields(s), " "), true
}

// isBidi tells the marks that turn the direction of text around: they serve
// only to make a name look like another one.
func isBidi(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }

// FindKey is what a person is recognised and searched by: folded last and
// first name.
func FindKey(last, first string) string { return i18n.Fold(last + " " + first) }
