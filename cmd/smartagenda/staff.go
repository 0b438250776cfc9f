package main

import (
	"context"
	"fmt"
	"os"
	"text/tabwriter"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/session"
)

type staffCommand struct {
	Create  staffCreate  `cmd:"" help:"Let somebody of SmartAgenda into the console; prints a link to choose a password, which works once."`
	List    staffList    `cmd:"" help:"List who may sign in to the console."`
	Disable staffDisable `cmd:"" help:"Take a login of the console out of use, and end its sessions."`
}

type staffCreate struct {
	Email string `arg:"" help:"Mail address, which is the login."`
	Name  string `required:"" help:"Name, as colleagues see it."`
	Role  string `default:"admin" enum:"admin,support,billing,privacy" help:"admin, support, billing or privacy."`
}

// Run creates the login and prints its link, the only time that it is shown.
func (s staffCreate) Run(ctx context.Context, cfg configs.Config) error {
	return with(ctx, cfg, func(p *program) error {
		key, err := p.keys.Own(ctx)
		if err != nil {
			return err
		}
		var link string
		err = p.control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
			id, err := staff.Add(ctx, c, staff.Person{Email: s.Email, Name: s.Name, Role: staff.Role(s.Role)})
			if err != nil {
				return err
			}
			if err := journal.Write(ctx, c, journal.Entry{Act: "staff.add", Subject: id, Facts: map[string]any{"role": s.Role}}); err != nil {
				return err
			}
			_, link, err = staff.Link(ctx, c, key, id)
			return err
		})
		if err != nil {
			return p.spoken(err)
		}
		fmt.Println(p.sites.Console("/mot-de-passe/" + link))
		return nil
	})
}

type staffList struct{}

// Run prints one line a login.
func (staffList) Run(ctx context.Context, cfg configs.Config) error {
	return with(ctx, cfg, func(p *program) error {
		list, err := staff.List(ctx, p.control)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
		fmt.Fprintln(w, "EMAIL\tROLE\tSTATE\tNAME")
		for _, one := range list {
			state := "in use"
			switch {
			case one.Disabled():
				state = "disabled"
			case one.PasswordHash == "":
				state = "invited"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", one.Email, one.Role, state, one.Name)
		}
		return w.Flush()
	})
}

type staffDisable struct {
	Email string `arg:""`
}

// Run disables the login, unless it is the last administrator's.
func (s staffDisable) Run(ctx context.Context, cfg configs.Config) error {
	return with(ctx, cfg, func(p *program) error {
		err := p.control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
			one, err := staff.ByEmail(ctx, c, s.Email)
			if err != nil {
				return err
			}
			if err := staff.Disable(ctx, c, one.ID); err != nil {
				return err
			}
			if err := (session.Realm{Who: "staff"}).CloseAll(ctx, c, one.ID); err != nil {
				return err
			}
			return journal.Write(ctx, c, journal.Entry{Act: "staff.disable", Subject: one.ID})
		})
		if err != nil {
			return p.spoken(err)
		}
		return nil
	})
}
