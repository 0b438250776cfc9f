package provisioning

import (
	"context"
	"encoding/json"
	"errors"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/subscriptions"
)

// Step is how far an erasure has come; each is done whole before the next.
type Step string

const (
	waiting  Step = "waiting" // for its day and for two approvals
	ledger   Step = "ledger"  // it is written down that the space goes
	queueing Step = "queue"   // its jobs are gone
	schema   Step = "schema"  // its tables are gone
	role     Step = "role"    // its role is gone
	key      Step = "key"     // its key is gone: what a backup holds sealed is noise
	done     Step = "done"    // the certificate is issued
)

// approvals is how many different people must let a space be erased.
const approvals = 2

// ErrApprovals says that fewer than two people have approved.
var ErrApprovals = errors.New("provisioning: two people must approve a purge")

// Eraser carries out purges; it needs the owner of the schemas.
type Eraser struct {
	Desk
	Migrator *postgres.Migrator
}

// Approve lets a space be erased, once by each person; only a house that has
// left can be.
func Approve(ctx context.Context, c *postgres.Control, id postgres.Tenant, staff int64) error {
	l, err := FindLeaving(ctx, c, id)
	if err != nil {
		return err
	}
	if l.Step != waiting {
		return fault.New(fault.Conflict, "provisioning.purge_begun")
	}
	fresh, err := approve(ctx, c, id, staff)
	if err == nil && !fresh {
		return fault.New(fault.Conflict, "provisioning.approved_already")
	}
	return err
}

// DryRun counts what a purge would erase, by table.
func (e Eraser) DryRun(ctx context.Context, id postgres.Tenant) (map[string]int64, error) {
	return countTables(ctx, e.Migrator, id)
}

// Purge erases the space of a house that has left, once its day has come and
// two people have approved (ErrApprovals before). Killed anywhere it goes on
// where it was; done, it does nothing.
func (e Eraser) Purge(ctx context.Context, id postgres.Tenant) error {
	l, err := FindLeaving(ctx, e.Control, id)
	if fault.Is(err, fault.NotFound) {
		return nil // taken back
	}
	if err != nil {
		return err
	}
	if now := e.Control.Clock().Now(); now.Before(l.PurgeAt) {
		return jobstore.Later(l.PurgeAt.Sub(now), "not_yet")
	}
	if len(l.Approvals) < approvals {
		return ErrApprovals
	}
	for l.Step != done {
		if l.Step, err = e.advance(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// advance does what follows a step and gives the step it led to.
func (e Eraser) advance(ctx context.Context, l Leaving) (Step, error) {
	id := l.Tenant
	switch l.Step {
	case waiting:
		counts, err := countTables(ctx, e.Migrator, id)
		if err != nil {
			return l.Step, err
		}
		return ledger, e.step(ctx, id, ledger, func(ctx context.Context, c *postgres.Control) error {
			if err := writeLedger(ctx, c, id); err != nil {
				return err
			}
			return e.certify(ctx, c, id, counts)
		})
	case ledger:
		return queueing, e.step(ctx, id, queueing, func(ctx context.Context, c *postgres.Control) error { return dropJobs(ctx, c, id) })
	case queueing:
		if err := dropSchema(ctx, e.Migrator, id); err != nil {
			return l.Step, err
		}
		return schema, e.step(ctx, id, schema, nothing)
	case schema:
		if err := dropRole(ctx, e.Migrator, id); err != nil {
			return l.Step, err
		}
		return role, e.step(ctx, id, role, nothing)
	case role:
		return key, e.step(ctx, id, key, func(ctx context.Context, c *postgres.Control) error { return e.Keys.Destroy(ctx, c, id) })
	}
	return done, e.step(ctx, id, done, func(ctx context.Context, c *postgres.Control) error {
		return subscriptions.Do(ctx, c, subscriptions.Order{Tenant: id, Act: subscriptions.Purge, By: subscriptions.Actor{Who: subscriptions.BySystem}})
	})
}

func nothing(context.Context, *postgres.Control) error { return nil }

// step does something and records it in one transaction.
func (e Eraser) step(ctx context.Context, id postgres.Tenant, to Step, do func(context.Context, *postgres.Control) error) error {
	return e.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		if err := do(ctx, c); err != nil {
			return err
		}
		return mark(ctx, c, id, to)
	})
}

// certify signs what was there: counts by table, the tenant's number, the day.
func (e Eraser) certify(ctx context.Context, c *postgres.Control, id postgres.Tenant, counts map[string]int64) error {
	own, err := e.Keys.Own(ctx)
	if err != nil {
		return err
	}
	cert := Certificate{Tenant: id, IssuedAt: c.Clock().Now().UTC().Truncate(1e6), Counts: counts}
	text, err := json.Marshal(cert.signed())
	if err != nil {
		return err
	}
	cert.Signature = own.Sign(text)
	return keepCertificate(ctx, c, cert)
}
