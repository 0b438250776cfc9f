package queue

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"smartagenda/configs/platform/jobstore"
)

// Serve runs handle for each delivered job until ctx ends, then lets running
// ones finish within the grace. handle may be called twice for one job.
func Serve(ctx context.Context, r redis.UniversalClient, concurrency int, handle func(context.Context, jobstore.Job) error) error {
	server := asynq.NewServerFromRedisClient(r, asynq.Config{
		Concurrency:              concurrency,
		Queues:                   map[string]int{name: 1},
		TaskCheckInterval:        100 * time.Millisecond, // the default adds up to 1.3 s to an idle confirmation
		DelayedTaskCheckInterval: time.Second,
		ShutdownTimeout:          20 * time.Second,
		RetryDelayFunc:           func(n int, _ error, _ *asynq.Task) time.Duration { return time.Duration(n+1) * 5 * time.Second },
		Logger:                   logger{slog.Default()},
		LogLevel:                 asynq.WarnLevel,
	})
	err := server.Start(asynq.HandlerFunc(func(ctx context.Context, t *asynq.Task) error {
		var j jobstore.Job
		if err := json.Unmarshal(t.Payload(), &j); err != nil {
			return fmt.Errorf("queue: a task that is no job: %w", asynq.SkipRetry)
		}
		return handle(ctx, j)
	}))
	if err != nil {
		return err
	}
	<-ctx.Done()
	server.Shutdown()
	return nil
}

// logger gives Asynq's lines to slog.
type logger struct{ log *slog.Logger }

func (l logger) Debug(args ...any) { l.log.Debug(fmt.Sprint(args...), "from", "asynq") }
func (l logger) Info(args ...any)  { l.log.Info(fmt.Sprint(args...), "from", "asynq") }
func (l logger) Warn(args ...any)  { l.log.Warn(fmt.Sprint(args...), "from", "asynq") }
func (l logger) Error(args ...any) { l.log.Error(fmt.Sprint(args...), "from", "asynq") }
func (l logger) Fatal(args ...any) { l.log.Error(fmt.Sprint(args...), "from", "asynq") }
