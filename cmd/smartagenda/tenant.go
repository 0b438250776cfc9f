package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"

	"smartagenda/configs"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/tenants"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
)

type tenantCommand struct {
	Create  tenantCreate  `cmd:"" help:"Open a tenant; its owner gets a mail with a link to choose a password."`
	List    tenantList    `cmd:"" help:"List tenants."`
	Show    tenantShow    `cmd:"" help:"Show one tenant."`
	Suspend tenantSuspend `cmd:"" help:"Pause a tenant's online booking; felt everywhere within 5 seconds."`
	Resume  tenantResume  `cmd:"" help:"End a pause."`

	Terminate tenantTerminate `cmd:"" help:"End a tenant's contract: its space is erased 50 days later."`
	Export    tenantExport    `cmd:"" help:"Write a tenant's whole space to a ZIP file."`
	Purge     tenantPurge     `cmd:"" help:"Erase the space of a tenant whose contract ended 50 days ago, as two of the staff approve."`
}

type tenantCreate struct {
	Slug  string `arg:"" help:"Address: the label in front of the domain."`
	Name  string `required:"" help:"Name of the house, as visitors see it."`
	Email string `required:"" help:"Owner's mail address."`
	Owner string `help:"Owner's name."`
	Phone string `help:"Telephone of the house."`
	Plan  string `default:"solo" help:"Plan: solo, cabinet or centre."`
}

// Run creates the tenant and says where it answers.
func (t tenantCreate) Run(ctx context.Context, cfg configs.Config) error {
	return with(ctx, cfg, func(p *program) error {
		desk := provisioning.Desk{Control: p.control, Keys: p.keys}
		one, err := desk.Create(ctx, provisioning.Application{
			Slug: t.Slug, Name: t.Name, OwnerName: t.Owner, OwnerEmail: t.Email, Phone: t.Phone,
			Plan: t.Plan,
		})
		if err != nil {
			return p.spoken(err)
		}
		fmt.Println(p.sites.URL(one.Slug, "/"))
		return nil
	})
}

type tenantList struct{}

// Run prints one line a tenant.
func (tenantList) Run(ctx context.Context, cfg configs.Config) error {
	return with(ctx, cfg, func(p *program) error {
		list, err := tenants.List(ctx, p.control)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
		fmt.Fprintln(w, "ID\tSLUG\tSTATUS\tNAME")
		for _, t := range list {
			fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", t.ID, t.Slug, t.Status, t.Name)
		}
		return w.Flush()
	})
}

type tenantShow struct {
	Slug string `arg:""`
}

// Run prints what SmartAgenda knows of a tenant.
func (t tenantShow) Run(ctx context.Context, cfg configs.Config) error {
	return with(ctx, cfg, func(p *program) error {
		one, err := tenants.BySlug(ctx, p.control, t.Slug)
		if err != nil {
			return p.spoken(err)
		}
		fmt.Printf("id      %d\nslug    %s\nname    %s\nstatus  %s\nlimits  %d agendas, %d members, %d SMS a month\nschema  %s\nsite    %s\n",
			one.ID, one.Slug, one.Name, one.Status, one.Limits.Agendas, one.Limits.Members, one.Limits.SMS, one.ID.Schema(), p.sites.URL(one.Slug, "/"))
		return nil
	})
}

type tenantSuspend struct {
	Slug   string `arg:""`
	Reason string `default:"by the operator" help:"Why: it stays in the history."`
}

// Run suspends a tenant that is in use.
func (t tenantSuspend) Run(ctx context.Context, cfg configs.Config) error {
	return subscribe(ctx, cfg, t.Slug, subscriptions.Order{Act: subscriptions.Suspend, Reason: t.Reason})
}

type tenantResume struct {
	Slug string `arg:""`
}

// Run makes a suspended tenant active again.
func (t tenantResume) Run(ctx context.Context, cfg configs.Config) error {
	return subscribe(ctx, cfg, t.Slug, subscriptions.Order{Act: subscriptions.Reactivate})
}

// subscribe carries out an act of the operator on a tenant's subscription.
func subscribe(ctx context.Context, cfg configs.Config, slug string, o subscriptions.Order) error {
	return with(ctx, cfg, func(p *program) error {
		one, err := tenants.BySlug(ctx, p.control, slug)
		if err == nil {
			o.Tenant, o.By = one.ID, subscriptions.Actor{Who: subscriptions.ByStaff}
			err = subscriptions.Do(ctx, p.control, o)
		}
		if err != nil {
			return p.spoken(err)
		}
		return nil
	})
}

// with opens the program for one act of an operator.
func with(ctx context.Context, cfg configs.Config, act func(*program) error) error {
	p, err := open(ctx, cfg, "cli")
	if err != nil {
		return err
	}
	defer p.close()
	return act(p)
}

// spoken turns a fault into its English sentences.
func (p *program) spoken(err error) error {
	e, text := fault.As(err), p.texts.In(i18n.English)
	if e.Kind == fault.Internal {
		return err
	}
	said := text.Fill(e.Key, e.Args)
	for _, f := range e.Fields {
		said += "\n  " + f.Name + ": " + text.Fill(f.Key, f.Args)
	}
	return fmt.Errorf("%s", said)
}
