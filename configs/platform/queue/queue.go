// Package queue carries jobs from the database to the workers through Asynq
// on Redis. It must not be the only place where anything is kept, nor know
// what a job does: whatever Redis forgets is enqueued again.
package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"smartagenda/configs/platform/jobstore"
)

const (
	name     = "smartagenda"       // of the Asynq queue
	taskType = "job"               // one type: the kind is in the payload
	nudges   = "smartagenda:nudge" // publish/subscribe channel that wakes relays
)

// Queue enqueues jobs.
type Queue struct {
	redis     redis.UniversalClient
	client    *asynq.Client
	inspector *asynq.Inspector
}

// New works on a Redis connection that the caller closes.
func New(r redis.UniversalClient) *Queue {
	return &Queue{redis: r, client: asynq.NewClientFromRedisClient(r), inspector: asynq.NewInspectorFromRedisClient(r)}
}

func taskID(j jobstore.Job) string { return fmt.Sprintf("job:%d:%d", j.ID, j.Gen) }

// ErrGivenUp says that the queue holds this delivery among those it has given
// up, so that only a new generation can be enqueued.
var ErrGivenUp = errors.New("queue: the delivery was archived")

// Enqueue hands one job to the workers. Enqueueing it twice is no error: the
// task's name is made of the job and its generation.
func (q *Queue) Enqueue(ctx context.Context, j jobstore.Job) error {
	payload, err := json.Marshal(j)
	if err != nil {
		return err
	}
	_, err = q.client.EnqueueContext(ctx, asynq.NewTask(taskType, payload),
		asynq.Queue(name), asynq.TaskID(taskID(j)), asynq.MaxRetry(5), asynq.Timeout(Timeout))
	if !errors.Is(err, asynq.ErrTaskIDConflict) {
		return err
	}
	info, err := q.inspector.GetTaskInfo(name, taskID(j))
	switch {
	case errors.Is(err, asynq.ErrTaskNotFound), errors.Is(err, asynq.ErrQueueNotFound):
		return nil // it ended between the two calls; if it was not done it will be found stale
	case err != nil:
		return err
	case info.State == asynq.TaskStateArchived:
		return ErrGivenUp
	}
	return nil
}

// Timeout bounds one run of a job.
const Timeout = 5 * time.Minute

// Nudge wakes the relays. It is best effort: they look by themselves anyway.
func (q *Queue) Nudge(ctx context.Context) error { return q.redis.Publish(ctx, nudges, "").Err() }

// Nudges receives a value soon after each Nudge, until ctx ends; bursts are
// received once.
func (q *Queue) Nudges(ctx context.Context) <-chan struct{} {
	out := make(chan struct{}, 1)
	sub := q.redis.Subscribe(ctx, nudges)
	go func() {
		defer sub.Close()
		in := sub.Channel()
		for {
			select {
			case <-ctx.Done():
				return
			case <-in:
				select {
				case out <- struct{}{}:
				default:
				}
			}
		}
	}()
	return out
}

// Ping tells whether Redis answers.
func (q *Queue) Ping(ctx context.Context) error { return q.redis.Ping(ctx).Err() }

// Depth is the number of tasks waiting in Redis.
func (q *Queue) Depth() (int, error) {
	info, err := q.inspector.GetQueueInfo(name)
	if errors.Is(err, asynq.ErrQueueNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return info.Size, nil
}
