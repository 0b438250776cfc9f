// Package ops is the internal listener: is the process alive, is it ready,
// what does it measure. It must not be reachable from outside, and must not
// know what the process does.
package ops

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Check tells whether one thing the process needs answers.
type Check func(context.Context) error

// NewRegistry is a metrics registry with the figures of Go and the process.
func NewRegistry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

// Serve answers /healthz, /readyz, /metrics and Go's profiles at addr until ctx
// ends.
func Serve(ctx context.Context, addr string, metrics *prometheus.Registry, checks map[string]Check) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, checks) })
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	go func() {
		if err := server.Serve(listener); err != nil && ctx.Err() == nil {
			slog.Error("the internal listener stopped", "error", err)
		}
	}()
	return nil
}

// ready answers 200 when every check passes, 503 else, with the outcome of
// each; errors go to the log, not to the answer.
func ready(w http.ResponseWriter, r *http.Request, checks map[string]Check) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	status, outcome := http.StatusOK, map[string]string{}
	for name, check := range checks {
		outcome[name] = "ok"
		if err := check(ctx); err != nil {
			slog.WarnContext(ctx, "not ready", "check", name, "error", err)
			status, outcome[name] = http.StatusServiceUnavailable, "failed"
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(outcome)
}

// Log makes slog's default logger: text on a terminal, JSON elsewhere, unless
// format says which.
func Log(format, level string) error {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return err
	}
	options := &slog.HandlerOptions{Level: l}
	info, err := os.Stderr.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	if format == "text" || format == "" && terminal {
		slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, options)))
		return nil
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, options)))
	return nil
}
