// Package jobs does the work that a request left behind: it relays rows to the
// queue, runs what the queue delivers, and keeps the schedule. It must not
// decide anything a domain room should, and nothing it holds in memory or in
// Redis may be the only trace of work.
package jobs

import (
	"context"
	"fmt"
	"log/slog"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
)

// Handler does one kind of work. It may be killed at any line and called
// again; it returns jobstore.Later or jobstore.Never to say what is to follow.
type Handler func(ctx context.Context, j jobstore.Job) error

// Runner runs delivered jobs.
type Runner struct {
	Control  *postgres.Control
	Handlers map[string]Handler
}

// Run is what the queue calls. An error means that not even the outcome could
// be written: the queue then delivers again.
func (r Runner) Run(ctx context.Context, j jobstore.Job) error {
	j, wanted, err := jobstore.Begin(ctx, r.Control, j)
	if err != nil || !wanted {
		return err
	}
	result := r.try(ctx, j)
	if result != nil {
		slog.WarnContext(ctx, "job", "kind", j.Kind, "job", j.ID, "attempt", j.Attempts+1, "error", result)
	}
	return jobstore.Settle(ctx, r.Control, j, result)
}

// try keeps a panic of one job from ending the others.
func (r Runner) try(ctx context.Context, j jobstore.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("jobs: panic: %v", p)
		}
	}()
	handle, ok := r.Handlers[j.Kind]
	if !ok {
		return jobstore.Never("no_handler")
	}
	return handle(ctx, j)
}
