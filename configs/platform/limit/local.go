package limit

import (
	"sync"
	"time"
)

type window struct {
	count int
	ends  time.Time
}

// local counts in memory, for two generations of keys: when the young one is
// full it becomes the old one, whose keys are forgotten unless seen again. So
// memory is bounded, and nothing is ever swept.
type local struct {
	mu         sync.Mutex
	size       int
	young, old map[string]*window
}

func newLocal(size int) *local { return &local{size: size, young: map[string]*window{}} }

// count is how often key came in its window, this time included, and what is
// left of the window.
func (c *local) count(key string, per time.Duration, now time.Time) (n int, left time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := c.young[key]
	if w == nil {
		if w = c.old[key]; w == nil {
			w = &window{}
		}
		if len(c.young) >= c.size {
			c.young, c.old = map[string]*window{}, c.young
		}
		c.young[key] = w
	}
	if !now.Before(w.ends) {
		*w = window{ends: now.Add(per)}
	}
	w.count++
	return w.count, w.ends.Sub(now)
}
