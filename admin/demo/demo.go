// Package demo writes SmartAgenda's own side of the demonstration: who works
// there. It must never run where data are real.
package demo

import (
	"context"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
)

// people who can sign in to the demo's console: the second approver is another
// person, because some acts take two.
var people = []staff.Person{
	{Email: "staff@smartagenda.test", Name: "Nour Belkacem", Role: staff.Admin},
	{Email: "staff2@smartagenda.test", Name: "Paul Thévenot", Role: staff.Admin},
	{Email: "assistance@smartagenda.test", Name: "Inès Caron", Role: staff.Support},
}

// Seed gives them logins that the password opens. A second run changes nothing.
func Seed(ctx context.Context, c *postgres.Control, password string) error {
	for _, p := range people {
		hash, err := secure.Hash(ctx, password)
		if err != nil {
			return err
		}
		err = c.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
			id, err := staff.Add(ctx, c, p)
			if err != nil {
				return err
			}
			return staff.SetPassword(ctx, c, id, hash)
		})
		if err != nil && !fault.Is(err, fault.Invalid) { // there already
			return err
		}
	}
	return nil
}
