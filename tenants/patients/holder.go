package patients

import (
	"context"
	"strconv"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// Holder answers privacy requests for the file itself.
type Holder struct{}

var _ tenants.DataHolder = Holder{}

// Holds names the room.
func (Holder) Holds() string { return "patients" }

// Export gives the file.
func (Holder) Export(ctx context.Context, s postgres.Scope, id int64) ([]tenants.Section, error) {
	p, err := Get(ctx, s, id)
	if err != nil {
		return nil, err
	}
	return []tenants.Section{{
		Name: "patients",
		Columns: []string{"title", "last_name", "first_name", "birth_name", "born_on", "email", "mobile", "phone", "company",
			"street", "postcode", "city", "lang", "policy_version", "created_at"},
		Rows: [][]string{{p.Title, p.LastName, p.FirstName, p.BirthName, p.BornOn.String(), p.Email, p.Mobile, p.Phone, p.Company,
			p.Street, p.Postcode, p.City, p.Lang, strconv.Itoa(p.PolicyVersion), p.CreatedAt.Format(time.RFC3339)}},
	}}, nil
}

// Rectify corrects the file; the result must be one that a form would take.
func (Holder) Rectify(ctx context.Context, s postgres.Scope, id int64, fields map[string]string) (tenants.Count, error) {
	p, err := Get(ctx, s, id)
	if err != nil {
		return tenants.Count{}, err
	}
	d := Draft{Title: p.Title, FirstName: p.FirstName, LastName: p.LastName, Email: p.Email, Phone: p.AnyPhone(),
		Company: p.Company, Street: p.Street, Postcode: p.Postcode, City: p.City, Lang: p.Lang, NoContact: true}
	touched := false
	for name, into := range map[string]*string{"title": &d.Title, "first_name": &d.FirstName, "last_name": &d.LastName,
		"email": &d.Email, "phone": &d.Phone, "company": &d.Company, "street": &d.Street, "postcode": &d.Postcode, "city": &d.City} {
		if value, asked := fields[name]; asked {
			*into, touched = value, true
		}
	}
	if !touched {
		return tenants.Count{}, nil
	}
	fresh, bad := d.Normal()
	if err := fault.Wrong(bad...); err != nil {
		return tenants.Count{}, err
	}
	if _, asked := fields["phone"]; !asked {
		fresh.Mobile, fresh.Phone = p.Mobile, p.Phone // a draft has one number, a file may have two
	}
	return tenants.Count{Rows: 1}, rectify(ctx, s, id, fresh)
}

// Erase keeps the row, because past appointments point to it, and empties it.
func (Holder) Erase(ctx context.Context, s postgres.Scope, id int64) (tenants.Count, error) {
	n, err := erase(ctx, s, id)
	return tenants.Count{Rows: n}, err
}

// Restrict hides the file from lists and searches.
func (Holder) Restrict(ctx context.Context, s postgres.Scope, id int64, _ time.Time) (tenants.Count, error) {
	n, err := restrict(ctx, s, id)
	return tenants.Count{Rows: n}, err
}

// Merge empties the file that goes; other rooms move what belongs to it.
func (h Holder) Merge(ctx context.Context, s postgres.Scope, from, _ int64) (tenants.Count, error) {
	return h.Erase(ctx, s, from)
}
