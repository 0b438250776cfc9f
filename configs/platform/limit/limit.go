// Package limit counts how often something is done and says when it is too
// often. It must not know what is counted: keys are opaque, and only their
// hashes leave the process.
package limit

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"smartagenda/configs/platform/clock"
)

// Rule allows Count times in a window of Per, which begins at the first of
// them: who waits for a window to end may do 2 × Count around that instant. A
// Count of 0 is no limit.
type Rule struct {
	Count int
	Per   time.Duration
}

// Result is the answer to one attempt, which is counted even when refused.
type Result struct {
	OK         bool
	Remaining  int           // attempts left in the window
	RetryAfter time.Duration // until the window ends; 0 when OK
}

// pause is how long Redis is left alone after a failure.
const pause = time.Second

//go:embed limit.lua
var source string

var script = redis.NewScript(source)

// Limiter counts in Redis, so that all processes count together. While Redis is
// away or slow it counts in this process alone: a limit then holds for each
// process, which is better than none. It is safe for concurrent use.
type Limiter struct {
	client redis.UniversalClient
	prefix string
	clock  *clock.Clock
	log    *slog.Logger
	local  *local
	budget time.Duration // what a request may lose waiting for Redis

	mu    sync.Mutex
	away  bool
	again time.Time // when Redis is tried again
}

// New uses client, whose owner closes it; prefix begins every key in Redis.
func New(client redis.UniversalClient, prefix string, c *clock.Clock) *Limiter {
	return &Limiter{client: client, prefix: prefix, clock: c, log: slog.Default(), local: newLocal(10_000), budget: 50 * time.Millisecond}
}

// Allow counts one attempt under key, which says whose it is and at what. One
// key goes with one rule.
func (l *Limiter) Allow(ctx context.Context, key string, rule Rule) Result {
	if rule.Count <= 0 {
		return Result{OK: true}
	}
	key = l.hash(key)
	if now := l.clock.Now(); l.mayAsk(now) {
		n, left, err := l.ask(ctx, key, rule)
		if err == nil {
			l.heard()
			return rule.judge(n, left)
		}
		if ctx.Err() == nil { // else the caller left, and Redis is not to blame
			l.missed(now, err)
		}
	}
	return rule.judge(l.local.count(key, rule.Per, l.clock.Now()))
}

func (r Rule) judge(n int, left time.Duration) Result {
	if n > r.Count {
		return Result{RetryAfter: max(left, time.Millisecond)}
	}
	return Result{OK: true, Remaining: r.Count - n}
}

// hash keeps addresses and logins out of Redis, and keys short.
func (l *Limiter) hash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return l.prefix + base64.RawURLEncoding.EncodeToString(sum[:16])
}

// ask waits on its own clock: by default the client looks at its own timeouts
// instead of ctx, and they are of seconds.
func (l *Limiter) ask(ctx context.Context, key string, rule Rule) (n int, left time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, l.budget)
	defer cancel()
	type answer struct {
		values []int64
		err    error
	}
	answered := make(chan answer, 1)
	go func() {
		values, err := script.Run(ctx, l.client, []string{key}, rule.Per.Milliseconds()).Int64Slice()
		answered <- answer{values, err}
	}()
	select {
	case a := <-answered:
		if a.err == nil && len(a.values) != 2 {
			a.err = fmt.Errorf("limit: the script gave %d values", len(a.values))
		}
		if a.err != nil {
			return 0, 0, a.err
		}
		return int(a.values[0]), time.Duration(a.values[1]) * time.Millisecond, nil
	case <-ctx.Done():
		return 0, 0, ctx.Err()
	}
}

func (l *Limiter) mayAsk(now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.away || !now.Before(l.again)
}

func (l *Limiter) missed(now time.Time, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.away {
		l.log.Warn("limit: Redis does not answer, counting in this process", "error", err)
	}
	l.away, l.again = true, now.Add(pause)
}

func (l *Limiter) heard() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.away {
		l.log.Info("limit: Redis answers again")
	}
	l.away = false
}
