// Package jobstore keeps the work that is to be done away from a request, in
// rows that outlive any queue. It must not know who carries the work (Redis
// does) nor what any kind of work is.
package jobstore

import (
	"context"
	"errors"
	"time"

	"smartagenda/configs/platform/postgres"
)

// Job is one piece of work. Ref is the id of the row it is about: no personal
// data stands here. Gen is raised each time the same work is put again, so
// that an older delivery of it can be told from the newest.
type Job struct {
	ID       int64           `json:"id"`
	Tenant   postgres.Tenant `json:"tenant"` // 0: SmartAgenda's own
	Kind     string          `json:"kind"`   // a constant of the room that puts it
	Ref      int64           `json:"ref"`
	Gen      int             `json:"gen"`
	Attempts int             `json:"-"`
}

// failure is what a handler returns to say how its work ended.
type failure struct {
	code  string
	after time.Duration // 0: never again
}

func (f failure) Error() string { return "jobstore: " + f.code }

// Later asks for another try after d. code goes to the row and the log: a
// word of ours, never text from outside.
func Later(d time.Duration, code string) error { return failure{code, max(d, time.Second)} }

// Never says that no further try will help.
func Never(code string) error { return failure{code: code} }

// Settle records how a run of the job ended: done, again later, or dead. An
// error that is neither Later nor Never is tried again with growing pauses,
// from a minute to an hour, twelve times.
func Settle(ctx context.Context, c *postgres.Control, j Job, result error) error {
	now := c.Clock().Now()
	if result == nil {
		return finish(ctx, c, j, now)
	}
	f, known := errors.AsType[failure](result)
	if !known {
		f = failure{code: "error", after: min(time.Minute<<min(j.Attempts, 6), time.Hour)}
		if j.Attempts+1 >= maxAttempts {
			f.after = 0
		}
	}
	if f.after == 0 {
		return bury(ctx, c, j, f.code)
	}
	return again(ctx, c, j, f.code, now.Add(f.after))
}

const maxAttempts = 12

// Kept is how long a finished job's row stays, for questions afterwards.
const Kept = 30 * 24 * time.Hour
