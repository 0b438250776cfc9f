package provisioning

import (
	"context"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/members"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/subscriptions"
)

// Jobs of a house that leaves. Farewell tells its visitors, Countdown its
// owner (ref: days left), Purge erases its space (tenant 0, ref: the tenant,
// because the tenant's own jobs go with it).
const (
	KindFarewell  = "provisioning.farewell"
	KindCountdown = "provisioning.countdown"
	KindPurge     = "provisioning.purge"
)

// Days after the contract ends. With backups of 35 days all is gone within the
// three months that the privacy policy promises.
const (
	ReadDays   = 30 // the Agenda can be read
	ExportDays = 45 // the export can be fetched
	PurgeDays  = messages.PurgeDays
)

// countdown is on which days before the purge the owner is told.
var countdown = []int{30, 15, 7, 1}

// Choice is what the owner wants of the data.
type Choice string

const (
	Return Choice = "return" // fetch them first
	Delete Choice = "delete"
)

// Leaving is where a house that leaves stands.
type Leaving struct {
	Tenant        postgres.Tenant
	Choice        Choice
	AskedAt       time.Time
	ReadOnlyUntil time.Time
	ExportUntil   time.Time
	PurgeAt       time.Time
	Step          Step
	DoneAt        time.Time // zero: the space is still there
	Approvals     []int64   // staff who let it be erased
}

// Readable tells whether the Agenda can still be read.
func (l Leaving) Readable(now time.Time) bool { return now.Before(l.ReadOnlyUntil) }

// Exportable tells whether the export can still be fetched.
func (l Leaving) Exportable(now time.Time) bool { return now.Before(l.ExportUntil) }

// Farewell asks for the end of a contract.
type Farewell struct {
	Tenant postgres.Tenant
	By     subscriptions.Actor
	Choice Choice
	Reason string // of staff
}

// Leave ends a contract: bookings and reminders stop, and the dates of the end
// are set, all in one transaction. It returns a Conflict fault for a contract
// that has ended already.
func (d Desk) Leave(ctx context.Context, f Farewell) error {
	if f.Choice != Return && f.Choice != Delete {
		return fault.Wrong(fault.On("choice", "provisioning.choice"))
	}
	return d.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		err := subscriptions.Do(ctx, c, subscriptions.Order{Tenant: f.Tenant, Act: subscriptions.Terminate, By: f.By, Reason: f.Reason})
		if err != nil {
			return err
		}
		now := c.Clock().Now()
		l := Leaving{Tenant: f.Tenant, Choice: f.Choice, AskedAt: now, ReadOnlyUntil: now.AddDate(0, 0, ReadDays),
			ExportUntil: now.AddDate(0, 0, ExportDays), PurgeAt: now.AddDate(0, 0, PurgeDays)}
		if err := keepLeaving(ctx, c, l); err != nil {
			return err
		}
		if err := jobstore.PutFor(ctx, c, jobstore.Job{Tenant: f.Tenant, Kind: KindFarewell, Ref: int64(f.Tenant)}, now); err != nil {
			return err
		}
		for _, days := range countdown {
			job := jobstore.Job{Tenant: f.Tenant, Kind: KindCountdown, Ref: int64(days)}
			if err := jobstore.PutFor(ctx, c, job, l.PurgeAt.AddDate(0, 0, -days)); err != nil {
				return err
			}
		}
		return jobstore.PutFor(ctx, c, jobstore.Job{Kind: KindPurge, Ref: int64(f.Tenant)}, l.PurgeAt)
	})
}

// Stay takes a termination back, as long as nothing was erased.
func (d Desk) Stay(ctx context.Context, id postgres.Tenant, by subscriptions.Actor, reason string) error {
	return d.Control.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		l, err := FindLeaving(ctx, c, id)
		if err != nil {
			return err
		}
		if l.Step != waiting {
			return fault.New(fault.Conflict, "provisioning.purge_begun")
		}
		if err := subscriptions.Do(ctx, c, subscriptions.Order{Tenant: id, Act: subscriptions.Restore, By: by, Reason: reason}); err != nil {
			return err
		}
		return forgetLeaving(ctx, c, id) // its jobs find nothing to do
	})
}

// Tell plans the words to everybody who has an appointment to come, and to the
// owner, in the transaction that ends the job.
func (d Desk) Tell(ctx context.Context, j jobstore.Job) error {
	return d.Control.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) error {
		if err := booking.SayClosing(ctx, s); err != nil {
			return err
		}
		if err := tellOwners(ctx, s, messages.Left); err != nil {
			return err
		}
		return jobstore.Finish(ctx, s, j)
	})
}

// CountDown tells the owner that the purge comes nearer.
func (d Desk) CountDown(ctx context.Context, j jobstore.Job) error {
	l, err := FindLeaving(ctx, d.Control, j.Tenant)
	if fault.Is(err, fault.NotFound) || err == nil && l.Step != waiting {
		return nil // taken back, or gone
	}
	if err != nil {
		return err
	}
	return d.Control.Scope(ctx, j.Tenant, func(ctx context.Context, s postgres.Scope) error {
		if err := tellOwners(ctx, s, messages.PurgeNear); err != nil {
			return err
		}
		return jobstore.Finish(ctx, s, j)
	})
}

func tellOwners(ctx context.Context, s postgres.Scope, kind messages.Kind) error {
	team, err := members.List(ctx, s)
	if err != nil {
		return err
	}
	for _, m := range team {
		if m.Role != members.Owner {
			continue
		}
		if err := messages.Put(ctx, s, messages.Planned{Kind: kind, Channel: messages.Mail, Due: s.Now()}, messages.About{Member: m.ID}); err != nil {
			return err
		}
	}
	return nil
}
