package jobs

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/queue"
)

// Relay carries due rows to the queue. Several may run.
type Relay struct {
	Control *postgres.Control
	Queue   *queue.Queue
	// Every is how often it looks when nobody nudges; Stale how long a
	// delivery may stay unanswered before it is made again.
	Every, Stale time.Duration
}

// batch is how many rows are taken at once.
const batch = 200

// Run relays until ctx ends. Errors are logged: the rows stay where they are.
func (r Relay) Run(ctx context.Context) {
	nudges := r.Queue.Nudges(ctx)
	tick := time.NewTicker(r.Every)
	defer tick.Stop()
	review := time.NewTicker(max(r.Stale/4, time.Second))
	defer review.Stop()
	for {
		r.log(ctx, "relay", r.Once(ctx))
		select {
		case <-ctx.Done():
			return
		case <-nudges:
		case <-tick.C:
		case <-review.C:
			r.log(ctx, "reconcile", r.Reconcile(ctx))
		}
	}
}

func (r Relay) log(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, what, "error", err)
	}
}

// Once enqueues all that is due. What the queue refuses waits again.
func (r Relay) Once(ctx context.Context) error {
	for {
		jobs, err := jobstore.Take(ctx, r.Control, batch)
		if err != nil {
			return err
		}
		for i, j := range jobs {
			if err := r.Queue.Enqueue(ctx, j); err != nil && !errors.Is(err, queue.ErrGivenUp) {
				// The context may be what failed; the rows are given back all the same.
				back := jobstore.Return(context.WithoutCancel(ctx), r.Control, jobs[i:])
				return errors.Join(err, back)
			}
		}
		if len(jobs) < batch {
			return nil
		}
	}
}

// Reconcile delivers again what was enqueued and has not been answered for
// too long: the queue lost it, or a worker died with it. What the queue still
// holds is not doubled, because its name is the same.
func (r Relay) Reconcile(ctx context.Context) error {
	jobs, err := jobstore.Stale(ctx, r.Control, r.Control.Clock().Now().Add(-r.Stale), batch)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		err := r.Queue.Enqueue(ctx, j)
		if errors.Is(err, queue.ErrGivenUp) {
			if j, err = jobstore.Renew(ctx, r.Control, j); postgres.NoRows(err) {
				continue // done meanwhile
			}
			if err == nil {
				err = r.Queue.Enqueue(ctx, j)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
