package jobs

import (
	"context"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/tenants/provisioning"
)

// OpenTenant is the handler of provisioning.KindOpen: it finishes a creation
// that was cut short; a finished one it leaves alone.
func OpenTenant(d provisioning.Desk) Handler {
	return func(ctx context.Context, j jobstore.Job) error {
		_, err := d.Open(ctx, j.Tenant)
		if fault.Is(err, fault.NotFound) {
			return jobstore.Never("no_tenant")
		}
		return err
	}
}
