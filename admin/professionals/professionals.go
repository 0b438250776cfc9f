// Package professionals shows SmartAgenda's staff who subscribes: the registry
// and the counts that jobs carry out of each space. It must not know anything
// that a space holds, nor what a subscription costs.
package professionals

import (
	"context"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/activity"
)

// Professional is one subscriber as the registry knows them.
type Professional struct {
	ID         postgres.Tenant
	Slug       tenants.Slug
	Name       string
	Phone      string // E.164 or ""
	OwnerName  string
	OwnerEmail string
	Status     tenants.Status
	Limits     tenants.Limits
	CreatedAt  time.Time
	StatusAt   time.Time // since when it has this status
	Activity   activity.Counts
	CountedAt  time.Time // of Activity; zero: not counted yet
}

// Sort is an order of the list.
type Sort string

const (
	ByName    Sort = "name"
	ByNewest  Sort = "newest"
	ByBooking Sort = "booking" // the latest booking first
	ByVolume  Sort = "volume"  // the most appointments first
)

// Sorts lists the orders, the usual one first.
func Sorts() []Sort { return []Sort{ByName, ByNewest, ByBooking, ByVolume} }

// Query chooses a part of the list; its zero value is the beginning of all.
type Query struct {
	Words  string         // of the name, the address or the owner's mail, in any order, without accents
	Status tenants.Status // "": any
	Sort   Sort           // "": ByName
	Offset int
	Limit  int // 0: all
}

// KindCount is the job that counts how much a space is used; the console's
// login cannot look there itself.
const KindCount = "professionals.count"

// Recount has one space counted now. It returns a Conflict fault for one that
// is not open yet, or gone.
func Recount(ctx context.Context, c *postgres.Control, p Professional) error {
	if !p.Status.Reachable() {
		return fault.New(fault.Conflict, "professionals.not_open")
	}
	return jobstore.PutFor(ctx, c, jobstore.Job{Tenant: p.ID, Kind: KindCount}, c.Clock().Now())
}

// Watched are the states somebody should look at, the most pressing first.
func Watched() []tenants.Status {
	return []tenants.Status{tenants.PastDue, tenants.Suspended, tenants.Terminated, tenants.Trial, tenants.Setup}
}
