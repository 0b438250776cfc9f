package jobs

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/queue"
)

// Measure registers how much work waits, in the database and in the queue.
func Measure(r prometheus.Registerer, c *postgres.Control, q *queue.Queue) {
	r.MustRegister(backlog{c, q})
}

type backlog struct {
	control *postgres.Control
	queue   *queue.Queue
}

var (
	jobsByState = prometheus.NewDesc("smartagenda_jobs", "Jobs that are not done, by state.", []string{"state"}, nil)
	queueDepth  = prometheus.NewDesc("smartagenda_queue_depth", "Tasks in Redis.", nil, nil)
)

// Describe names the figures.
func (b backlog) Describe(ch chan<- *prometheus.Desc) { ch <- jobsByState; ch <- queueDepth }

// Collect reads them; what cannot be read is left out.
func (b backlog) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if counts, err := jobstore.Backlog(ctx, b.control); err == nil {
		for _, state := range []string{"waiting", "enqueued", "dead"} {
			ch <- prometheus.MustNewConstMetric(jobsByState, prometheus.GaugeValue, float64(counts[state]), state)
		}
	}
	if n, err := b.queue.Depth(); err == nil {
		ch <- prometheus.MustNewConstMetric(queueDepth, prometheus.GaugeValue, float64(n))
	}
}
