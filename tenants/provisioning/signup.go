package provisioning

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
)

// SignUp is what a form adds to an application: where the house is, and what
// was accepted.
type SignUp struct {
	Form                   [16]byte // of the form: sent twice, it opens one house
	Trade                  string   // key of one of catalog.Trades
	Street, Postcode, City string
	Policy, Terms          int // versions accepted
}

var fiveDigits = regexp.MustCompile(`^\d{5}$`)

func (u *SignUp) check(a Application) (bad []fault.Field) {
	if u == nil {
		return nil
	}
	within := func(field, text string, most int) {
		if n := utf8.RuneCountInString(text); n == 0 || n > most {
			bad = append(bad, fault.On(field, "provisioning."+field))
		}
	}
	within("owner_name", a.OwnerName, 120)
	within("street", u.Street, 200)
	if !fiveDigits.MatchString(u.Postcode) {
		bad = append(bad, fault.On("postcode", "provisioning.postcode"))
	}
	within("city", u.City, 120)
	if a.Phone == "" {
		bad = append(bad, fault.On("phone", "provisioning.phone"))
	}
	if catalog.TradeOf(u.Trade).Key != u.Trade {
		bad = append(bad, fault.On("trade", "provisioning.trade"))
	}
	return bad
}

// Receive is Create for an application that has a SignUp: the same form sent
// again, even at once, gives the house that it has opened.
func (d Desk) Receive(ctx context.Context, a Application) (tenants.Tenant, error) {
	before, err := opened(ctx, d.Control, a.SignUp.Form)
	if err == nil {
		return d.Open(ctx, before)
	}
	if !fault.Is(err, fault.NotFound) {
		return tenants.Tenant{}, err
	}
	t, err := d.Create(ctx, a)
	if fault.Is(err, fault.Invalid) { // perhaps the address was taken by this very form
		if before, again := opened(ctx, d.Control, a.SignUp.Form); again == nil {
			return d.Open(ctx, before)
		}
	}
	return t, err
}

// FirstLink is the text of the link by which the owner of a new house chooses
// a password; "" once one has been chosen.
func (d Desk) FirstLink(ctx context.Context, id postgres.Tenant) (token string, err error) {
	who, err := applicant(ctx, d.Control, id)
	if err != nil {
		return "", err
	}
	err = d.Control.ReadScope(ctx, id, func(ctx context.Context, s postgres.Scope) error {
		m, err := members.ByEmail(ctx, s, who.Email)
		if err != nil || m.PasswordHash != "" {
			return err
		}
		token, err = members.ResetToken(ctx, s, m)
		return err
	})
	return token, err
}

// Free tells whether an address can be had: an Invalid fault on "slug" says
// why not.
func (d Desk) Free(ctx context.Context, typed string) error {
	slug, err := tenants.ParseSlug(typed)
	if err != nil {
		return err
	}
	yes, err := taken(ctx, d.Control, slug)
	if err == nil && yes {
		err = fault.Wrong(fault.On("slug", "tenants.slug_taken"))
	}
	return err
}

// longest leaves room for a number behind a proposed address.
const longest = 36

// Propose gives a free address made of a name, "" when none comes to mind.
func (d Desk) Propose(ctx context.Context, name string) (string, error) {
	base := notPlain.ReplaceAllString(i18n.Fold(name), "-")
	base = strings.Trim(base[:min(len(base), longest)], "-")
	for n := 1; n < 10; n++ {
		slug := base
		if n > 1 {
			slug += "-" + strconv.Itoa(n)
		}
		err := d.Free(ctx, slug)
		if err == nil {
			return slug, nil
		}
		if !fault.Is(err, fault.Invalid) {
			return "", err
		}
	}
	return "", nil
}

var notPlain = regexp.MustCompile(`[^a-z0-9]+`)

// noPlan puts an unknown plan beside the question.
func noPlan(err error) error {
	if fault.Is(err, fault.NotFound) {
		return fault.Wrong(fault.On("plan", "provisioning.plan"))
	}
	return err
}
