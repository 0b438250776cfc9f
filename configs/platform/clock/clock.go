// Package clock is the only place that asks the machine what time it is. It
// must not know what the time is used for.
package clock

import (
	"sync/atomic"
	"time"
)

// Clock tells the program's time, always in UTC: the machine's, or a fixed
// one, plus an offset that the demo may advance. It is safe for concurrent use.
type Clock struct {
	base   func() time.Time
	offset atomic.Int64 // nanoseconds
}

// System follows the machine's clock.
func System() *Clock { return &Clock{base: time.Now} }

// Fixed stands still at t until its offset is set; for tests.
func Fixed(t time.Time) *Clock { return &Clock{base: func() time.Time { return t }} }

// Now is the current instant in UTC, to the microsecond as PostgreSQL keeps it.
func (c *Clock) Now() time.Time {
	return c.base().Add(time.Duration(c.offset.Load())).UTC().Truncate(time.Microsecond)
}

// Offset is how far the program's time is ahead of the machine's.
func (c *Clock) Offset() time.Duration { return time.Duration(c.offset.Load()) }

// SetOffset replaces the offset.
func (c *Clock) SetOffset(d time.Duration) { c.offset.Store(int64(d)) }

// Advance adds to the offset and returns the new one.
func (c *Clock) Advance(d time.Duration) time.Duration {
	return time.Duration(c.offset.Add(int64(d)))
}

// Since measures elapsed machine time, for durations in logs and metrics.
func Since(start time.Time) time.Duration { return time.Since(start) }

// Stamp is a machine time to hand to Since: it keeps the monotonic reading.
func Stamp() time.Time { return time.Now() }
