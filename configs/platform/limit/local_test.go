package limit

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	c := newLocal(100)
	for i := range 10_000 {
		c.count(fmt.Sprint(i), time.Hour, noon)
		if held := len(c.young) + len(c.old); held > 200 {
			t.Fatalf("%d keys are held", held)
		}
	}
}

func TestKeyInUseOutlivesItsGeneration(t *testing.T) {
	t.Parallel()
	c := newLocal(10)
	for i := range 100 {
		if n, _ := c.count("busy", time.Hour, noon); n != i+1 {
			t.Fatalf("counted %d, want %d", n, i+1)
		}
		c.count(fmt.Sprint(i), time.Hour, noon)
	}
}

func TestNoWindowLetsMoreThanItsCountThrough(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, rule, now := newLocal(10), Rule{Count: rapid.IntRange(1, 5).Draw(t, "count"), Per: time.Minute}, noon
		allowed, ends := 0, time.Time{}
		for _, seconds := range rapid.SliceOf(rapid.IntRange(0, 40)).Draw(t, "seconds between attempts") {
			now = now.Add(time.Duration(seconds) * time.Second)
			if !now.Before(ends) {
				allowed, ends = 0, now.Add(rule.Per)
			}
			got := rule.judge(c.count("k", rule.Per, now))
			if got.OK {
				allowed++
			}
			if allowed > rule.Count || got.OK != (got.RetryAfter == 0) || !got.OK && got.RetryAfter != ends.Sub(now) {
				t.Fatalf("%d of %d allowed, %+v at %v", allowed, rule.Count, got, now)
			}
			if !got.OK && allowed < rule.Count {
				t.Fatalf("refused after %d of %d", allowed, rule.Count)
			}
		}
	})
}
