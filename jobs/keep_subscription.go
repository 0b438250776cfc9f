package jobs

import (
	"context"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/subscriptions"
)

// ReviewSubscription is the handler of subscriptions.KindReview: it does what
// time has brought to one subscription.
func ReviewSubscription(c *postgres.Control) Handler {
	return func(ctx context.Context, j jobstore.Job) error {
		err := subscriptions.Review(ctx, c, j.Tenant)
		if fault.Is(err, fault.NotFound) {
			return jobstore.Never("no_tenant")
		}
		return err
	}
}

// TellOwner is the handler of subscriptions.KindTell.
func TellOwner(c *postgres.Control) Handler {
	return func(ctx context.Context, j jobstore.Job) error { return subscriptions.Tell(ctx, c, j) }
}
