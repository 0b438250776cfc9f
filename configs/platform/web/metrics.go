package web

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts requests. Labels name audiences and routes, never a tenant or
// a person.
type Metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

// NewMetrics registers them.
func NewMetrics(r prometheus.Registerer) *Metrics {
	m := &Metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "smartagenda_http_requests_total", Help: "Requests answered.",
		}, []string{"audience", "method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "smartagenda_http_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"audience", "route"}),
	}
	r.MustRegister(m.requests, m.seconds)
	return m
}

func (m *Metrics) observe(c *fiber.Ctx, v visit, took time.Duration) {
	if m == nil {
		return
	}
	m.requests.WithLabelValues(v.audience, c.Method(), v.route, strconv.Itoa(c.Response().StatusCode())).Inc()
	m.seconds.WithLabelValues(v.audience, v.route).Observe(took.Seconds())
}
