package jobs

import (
	"context"
	"errors"
	"time"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/provisioning"
)

// approvalPause is how long a purge waits before it looks for approvals again.
const approvalPause = time.Hour

// Purge is the handler of provisioning.KindPurge. Without its approvals it
// waits, and the console says that somebody must look.
func Purge(e provisioning.Eraser) Handler {
	return func(ctx context.Context, j jobstore.Job) error {
		err := e.Purge(ctx, postgres.Tenant(j.Ref))
		if errors.Is(err, provisioning.ErrApprovals) {
			return jobstore.Later(approvalPause, "not_approved")
		}
		return err
	}
}
