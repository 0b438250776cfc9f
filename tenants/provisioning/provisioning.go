// Package provisioning makes a tenant out of a spare schema and opens it to
// its owner. It must not know what plans cost, nor what a tenant does inside.
package provisioning

import (
	"cmp"
	"context"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/keyring"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/subscriptions"
)

// KindOpen is the job that finishes a creation which was cut short.
const KindOpen = "provisioning.open"

// Desk creates tenants.
type Desk struct {
	Control *postgres.Control
	Keys    *keyring.Keyring
}

// Application is what a new subscriber gives.
type Application struct {
	Slug       string
	Name       string // of the house
	OwnerName  string
	OwnerEmail string
	Phone      string
	Plan       string         // "": the first
	Limits     tenants.Limits // other than the plan's, where not zero
	SignUp     *SignUp        // nil where nobody filled in a form
}

// Create claims a spare schema for the application and opens it. The claim,
// the address and the key are one transaction; the owner's login is another,
// in the tenant's own space, which a job repeats if this process dies between
// the two. It returns an Invalid fault for a wrong or taken address and an
// Unavailable one when no spare is left.
func (d Desk) Create(ctx context.Context, a Application) (tenants.Tenant, error) {
	ok, err := a.check()
	if err != nil {
		return tenants.Tenant{}, err
	}
	var id postgres.Tenant
	err = d.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		if id, err = claim(ctx, c); err != nil {
			return err
		}
		if ok.plan, err = subscriptions.GetPlan(ctx, c, cmp.Or(a.Plan, subscriptions.First)); err != nil {
			return noPlan(err)
		}
		if err := register(ctx, c, id, ok); err != nil {
			return err
		}
		if err := keepSignUp(ctx, c, id, a.SignUp); err != nil {
			return err
		}
		if err := d.Keys.Make(ctx, c, id); err != nil {
			return err
		}
		return jobstore.PutFor(ctx, c, opening(id), c.Clock().Now().Add(resume))
	})
	if err != nil {
		return tenants.Tenant{}, err
	}
	return d.Open(ctx, id)
}

// Open writes the house's name and the owner's login into a claimed tenant and
// lets it answer. Doing it again changes nothing.
func (d Desk) Open(ctx context.Context, id postgres.Tenant) (tenants.Tenant, error) {
	owner, err := applicant(ctx, d.Control, id)
	if err != nil {
		return tenants.Tenant{}, err
	}
	err = d.Control.Scope(ctx, id, func(ctx context.Context, s postgres.Scope) error {
		if err := name(ctx, s, owner); err != nil {
			return err
		}
		member, added, err := members.AddOwner(ctx, s, owner.Email, owner.Name)
		if err != nil || !added {
			return err
		}
		return messages.Put(ctx, s, messages.Planned{Kind: messages.Welcome, Channel: messages.Mail, Due: s.Now()}, messages.About{Member: member})
	})
	if err != nil {
		return tenants.Tenant{}, err
	}
	err = subscriptions.Do(ctx, d.Control, subscriptions.Order{Tenant: id, Act: subscriptions.Open, By: subscriptions.Actor{Who: subscriptions.BySystem}})
	if err != nil && !fault.Is(err, fault.Conflict) { // opened before
		return tenants.Tenant{}, err
	}
	if err := jobstore.DropFor(ctx, d.Control, opening(id)); err != nil { // nothing is left to resume
		return tenants.Tenant{}, err
	}
	return tenants.NewRegistry(d.Control).ByID(ctx, id)
}

func opening(id postgres.Tenant) jobstore.Job {
	return jobstore.Job{Tenant: id, Kind: KindOpen, Ref: int64(id)}
}

// checked is an application that can be accepted.
type checked struct {
	Application
	slug   tenants.Slug
	number string // E.164 or ""
	plan   subscriptions.Plan
}

func (a Application) check() (checked, error) {
	var bad []fault.Field
	slug, err := tenants.ParseSlug(a.Slug)
	if err != nil {
		bad = append(bad, fault.As(err).Fields...)
	}
	if n := len([]rune(a.Name)); n < 1 || n > 120 {
		bad = append(bad, fault.On("name", "provisioning.name"))
	}
	if a.OwnerName == "" && a.SignUp == nil {
		a.OwnerName = a.Name
	}
	if a.OwnerEmail, err = phone.ParseMail(a.OwnerEmail); err != nil {
		bad = append(bad, fault.On("owner_email", err.Error()))
	}
	number := ""
	if a.Phone != "" {
		parsed, err := phone.Parse(a.Phone)
		if err != nil {
			bad = append(bad, fault.On("phone", err.Error()))
		}
		number = string(parsed)
	}
	bad = append(bad, a.SignUp.check(a)...)
	return checked{Application: a, slug: slug, number: number}, fault.Wrong(bad...)
}
