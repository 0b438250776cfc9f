package api

import (
	"encoding/json"
	"reflect"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/tenants/patients"
)

// given is one value of a request. A value of the wrong type is noted instead
// of ending the reading, so that all fields at fault are told at once.
type given[T any] struct {
	value T
	wrong bool
}

// UnmarshalJSON never fails.
func (g *given[T]) UnmarshalJSON(b []byte) error {
	g.wrong = json.Unmarshal(b, &g.value) != nil
	return nil
}

// Schema is that of the value.
func (given[T]) Schema(r huma.Registry) *huma.Schema { return r.Schema(reflect.TypeFor[T](), true, "") }

// Request asks for an appointment. Names that are not listed are ignored.
type Request struct {
	Service       given[string]                     `json:"service" doc:"Id"`
	Practitioner  given[string]                     `json:"practitioner" required:"false" doc:"Id; without it, whoever is free, the least busy first"`
	Start         given[time.Time]                  `json:"start" doc:"One of the slots" example:"2026-11-24T10:20:00+01:00"`
	Patient       given[Person]                     `json:"patient"`
	Reason        given[string]                     `json:"reason" required:"false" maxLength:"500" doc:"Why they come, for the Professional alone; some services require it"`
	Fields        given[map[string]json.RawMessage] `json:"fields" required:"false" doc:"Answers to the service's fields, by key"`
	PolicyVersion given[int]                        `json:"policy_version" doc:"Version of the privacy policy that the person was shown: the one in force"`
}

// Person is who comes. A mail address or a telephone number is needed.
type Person struct {
	Title     given[string]  `json:"title" required:"false" enum:"mme,m,"`
	LastName  given[string]  `json:"last_name" minLength:"1" maxLength:"80"`
	FirstName given[string]  `json:"first_name" minLength:"1" maxLength:"80"`
	Email     given[string]  `json:"email" required:"false" maxLength:"254"`
	Phone     given[string]  `json:"phone" required:"false" doc:"As people write it: 06 12 34 56 78 or +33612345678"`
	Address   given[Address] `json:"address" required:"false"`
	Company   given[string]  `json:"company" required:"false" maxLength:"120"`
}

// Address is where they live.
type Address struct {
	Street   given[string] `json:"street" required:"false" maxLength:"200"`
	Postcode given[string] `json:"postcode" required:"false" maxLength:"12"`
	City     given[string] `json:"city" required:"false" maxLength:"120"`
}

// read takes a body apart. It fails only for what is no JSON object.
func read(body []byte) (r Request, err error) {
	if !utf8.Valid(body) || json.Unmarshal(body, &r) != nil {
		return r, fault.New(fault.Invalid, "api.json")
	}
	return r, nil
}

// wrong lists the fields of a wrong type or missing, and those that no house
// knows.
func (r Request) wrong(policy int) []fault.Field {
	p, a := r.Patient.value, r.Patient.value.Address.value
	var bad []fault.Field
	for _, f := range []struct {
		name  string
		wrong bool
		key   string
	}{
		{"service", r.Service.wrong, "api.text"}, {"practitioner", r.Practitioner.wrong, "api.text"},
		{"start", r.Start.wrong, "api.instant"}, {"patient", r.Patient.wrong, "api.object"}, {"reason", r.Reason.wrong, "api.text"},
		{"fields", r.Fields.wrong, "api.object"}, {"policy_version", r.PolicyVersion.wrong, "api.whole"},
		{"patient.title", p.Title.wrong, "api.text"}, {"patient.last_name", p.LastName.wrong, "api.text"},
		{"patient.first_name", p.FirstName.wrong, "api.text"}, {"patient.email", p.Email.wrong, "api.text"},
		{"patient.phone", p.Phone.wrong, "api.text"}, {"patient.company", p.Company.wrong, "api.text"},
		{"patient.address", p.Address.wrong, "api.object"}, {"patient.address.street", a.Street.wrong, "api.text"},
		{"patient.address.postcode", a.Postcode.wrong, "api.text"}, {"patient.address.city", a.City.wrong, "api.text"},
	} {
		if f.wrong {
			bad = append(bad, fault.On(f.name, f.key))
		}
	}
	if r.Service.value == "" && !r.Service.wrong {
		bad = append(bad, fault.On("service", "api.missing"))
	}
	if !r.PolicyVersion.wrong && r.PolicyVersion.value != policy {
		bad = append(bad, fault.On("policy_version", "api.policy", "Version", policy))
	}
	return bad
}

// draft is the person as the domain takes one, who reads the language that the
// request was answered in.
func (p Person) draft(lang string) patients.Draft {
	a := p.Address.value
	return patients.Draft{
		Title: p.Title.value, FirstName: p.FirstName.value, LastName: p.LastName.value, Email: p.Email.value, Phone: p.Phone.value,
		Company: p.Company.value, Street: a.Street.value, Postcode: a.Postcode.value, City: a.City.value, Lang: lang,
	}
}

// places says where in a request the domain's fields stand.
var places = map[string]string{
	"title": "patient.title", "first_name": "patient.first_name", "last_name": "patient.last_name",
	"email": "patient.email", "phone": "patient.phone", "company": "patient.company",
	"street": "patient.address.street", "postcode": "patient.address.postcode", "city": "patient.address.city",
	"idempotency_key": keyHeader,
}

// placed gives the fields their names in the request.
func placed(fields []fault.Field) []fault.Field {
	for i, f := range fields {
		if place, ok := places[f.Name]; ok {
			fields[i].Name = place
		}
	}
	return fields
}
