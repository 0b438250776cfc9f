package limit

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"smartagenda/configs/platform/clock"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// unhurried is a limiter whose Redis answers, however busy the machine: what
// it would count locally is a failure of the test.
func unhurried(t *testing.T, client redis.UniversalClient, prefix string) *Limiter {
	t.Helper()
	l := New(client, prefix, clock.Fixed(noon))
	l.budget = time.Minute
	t.Cleanup(func() {
		if l.away {
			t.Error("Redis did not answer")
		}
	})
	return l
}

func TestAttemptsAreCountedDownThenRefused(t *testing.T) {
	t.Parallel()
	client, prefix := connect(t, nil)
	l := unhurried(t, client, prefix)
	rule := Rule{Count: 3, Per: time.Hour}
	for want := 2; want >= 0; want-- {
		if got := l.Allow(t.Context(), "login camille", rule); got != (Result{OK: true, Remaining: want}) {
			t.Errorf("got %+v, want %d left", got, want)
		}
	}
	for range 2 {
		got := l.Allow(t.Context(), "login camille", rule)
		if got.OK || got.Remaining != 0 || got.RetryAfter <= 59*time.Minute || got.RetryAfter > time.Hour {
			t.Errorf("the fourth is %+v", got)
		}
	}
	if got := l.Allow(t.Context(), "login zoé", rule); !got.OK {
		t.Errorf("another key is refused: %+v", got)
	}
}

func TestProcessesCountTogether(t *testing.T) {
	t.Parallel()
	first, prefix := connect(t, nil)
	second := redis.NewClient(first.Options())
	t.Cleanup(func() { _ = second.Close() })
	rule := Rule{Count: 40, Per: time.Hour}
	var allowed atomic.Int64
	var group sync.WaitGroup
	for _, l := range []*Limiter{unhurried(t, first, prefix), unhurried(t, second, prefix)} {
		for range 4 {
			group.Go(func() {
				for range 10 {
					if l.Allow(t.Context(), "k", rule).OK {
						allowed.Add(1)
					}
				}
			})
		}
	}
	group.Wait()
	if got := allowed.Load(); got != 40 {
		t.Errorf("%d of 80 attempts were allowed, want 40", got)
	}
}

func TestWindowEndsByItselfAndIsNotProlonged(t *testing.T) {
	t.Parallel()
	client, prefix := connect(t, nil)
	l := unhurried(t, client, prefix)
	ctx, rule := t.Context(), Rule{Count: 1, Per: time.Hour}
	l.Allow(ctx, "k", rule)
	key := l.hash("k")
	if err := client.PExpire(ctx, key, 30*time.Minute).Err(); err != nil {
		t.Fatal(err)
	}
	if got := l.Allow(ctx, "k", rule); got.OK || got.RetryAfter > 30*time.Minute {
		t.Errorf("a refusal prolonged the window: %+v", got)
	}
	if err := client.Persist(ctx, key).Err(); err != nil {
		t.Fatal(err)
	}
	l.Allow(ctx, "k", rule)
	if left := client.PTTL(ctx, key).Val(); left <= 0 {
		t.Errorf("a key without an end stays so: %v", left)
	}
	if err := client.Del(ctx, key).Err(); err != nil { // what the end of the window does
		t.Fatal(err)
	}
	if got := l.Allow(ctx, "k", rule); !got.OK {
		t.Errorf("after the window: %+v", got)
	}
}

func TestRedisDoesNotLearnTheKey(t *testing.T) {
	t.Parallel()
	client, prefix := connect(t, nil)
	l := unhurried(t, client, prefix)
	l.Allow(t.Context(), "login camille@exemple.fr", Rule{Count: 1, Per: time.Hour})
	keys, err := client.Keys(t.Context(), prefix+"*").Result()
	if err != nil || len(keys) != 1 || strings.Contains(keys[0], "camille") || len(keys[0]) > len(prefix)+22 {
		t.Errorf("keys %q, %v", keys, err)
	}
}

func TestNoCountIsNoLimit(t *testing.T) {
	t.Parallel()
	l := New(nil, "", clock.Fixed(noon))
	if got := l.Allow(t.Context(), "k", Rule{}); !got.OK {
		t.Errorf("got %+v", got)
	}
}

// broken is a limiter whose Redis can be taken away, and what it logs.
func broken(t *testing.T) (l *Limiter, away *atomic.Bool, log *bytes.Buffer) {
	t.Helper()
	away, log = new(atomic.Bool), new(bytes.Buffer)
	client, prefix := connect(t, func(o *redis.Options) {
		network, addr := o.Network, o.Addr
		o.MaxRetries, o.DialerRetries = -1, 1
		o.Dialer = func(ctx context.Context, _, _ string) (net.Conn, error) {
			if away.Load() {
				return nil, errors.New("cable cut")
			}
			return new(net.Dialer).DialContext(ctx, network, addr)
		}
	})
	l = New(client, prefix, clock.Fixed(noon))
	l.budget, l.log = time.Minute, slog.New(slog.NewTextHandler(log, nil))
	return l, away, log
}

func TestWithoutRedisTheProcessCountsAlone(t *testing.T) {
	t.Parallel()
	l, away, log := broken(t)
	away.Store(true)
	rule := Rule{Count: 2, Per: time.Minute}
	for try, want := range []Result{{OK: true, Remaining: 1}, {OK: true}, {RetryAfter: time.Minute}} {
		if got := l.Allow(t.Context(), "k", rule); got != want {
			t.Errorf("try %d: %+v, want %+v", try, got, want)
		}
	}
	l.clock.Advance(10 * time.Second)
	if got := l.Allow(t.Context(), "k", rule); got != (Result{RetryAfter: 50 * time.Second}) {
		t.Errorf("ten seconds later: %+v", got)
	}
	l.clock.Advance(50 * time.Second)
	if got := l.Allow(t.Context(), "k", rule); !got.OK {
		t.Errorf("after the window: %+v", got)
	}
	if n := strings.Count(log.String(), "counting in this process"); n != 1 {
		t.Errorf("said %d times:\n%s", n, log)
	}
}

func TestRedisIsLeftAloneForAWhileThenUsedAgain(t *testing.T) {
	t.Parallel()
	l, away, log := broken(t)
	rule := Rule{Count: 5, Per: time.Hour}
	away.Store(true)
	if got := l.Allow(t.Context(), "k", rule); got.Remaining != 4 {
		t.Errorf("locally %+v", got)
	}
	away.Store(false)
	if got := l.Allow(t.Context(), "k", rule); got.Remaining != 3 {
		t.Errorf("Redis was asked at once: %+v", got)
	}
	l.clock.Advance(pause)
	if got := l.Allow(t.Context(), "k", rule); got.Remaining != 4 {
		t.Errorf("Redis was not asked again: %+v", got)
	}
	if !strings.Contains(log.String(), "answers again") {
		t.Errorf("log:\n%s", log)
	}
}

func TestSlowRedisIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	client, prefix := connect(t, func(o *redis.Options) {
		o.MaxRetries = -1
		o.Dialer = func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe() // takes what is written, and never answers
			t.Cleanup(func() { _ = theirs.Close() })
			go func() { _, _ = new(bytes.Buffer).ReadFrom(theirs) }()
			return ours, nil
		}
	})
	l := New(client, prefix, clock.Fixed(noon))
	l.log = slog.New(slog.DiscardHandler)
	rule := Rule{Count: 1, Per: time.Minute}
	if got := l.Allow(t.Context(), "k", rule); !got.OK {
		t.Errorf("first %+v", got)
	}
	if got := l.Allow(t.Context(), "k", rule); got.OK {
		t.Errorf("second %+v", got)
	}
	if !l.away {
		t.Error("a slow Redis is asked each time")
	}
}

func TestCallerWhoLeavesDoesNotAccuseRedis(t *testing.T) {
	t.Parallel()
	client, prefix := connect(t, nil)
	l := unhurried(t, client, prefix)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := l.Allow(ctx, "k", Rule{Count: 1, Per: time.Hour}); !got.OK || l.away {
		t.Errorf("got %+v, away %v", got, l.away)
	}
}
