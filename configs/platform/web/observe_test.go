package web

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"smartagenda/configs/platform/fault"
)

// safe is a buffer that requests may write into at once.
type safe struct {
	mu sync.Mutex
	bytes.Buffer
}

func (s *safe) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Buffer.Write(p)
}

// It is not parallel, because the log belongs to the process.
func TestTheLogHoldsTheRouteAndNeverThePath(t *testing.T) {
	var log safe
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	defer slog.SetDefault(before)
	app := speaking(plain(t), func(c *fiber.Ctx) error {
		if c.Method() == fiber.MethodPost {
			return fault.Wrong(fault.On("email", "test.wrong"))
		}
		return c.SendString("done")
	})
	const secret = "s3cret-token"
	headers := []string{"Host", "cabinet.smartagenda.fr", "Authorization", "Bearer " + secret, "Cookie", "session=" + secret}
	var ids []string
	for _, request := range [][2]string{
		{"GET", "/things/" + secret + "?email=" + secret}, {"POST", "/things/" + secret}, {"GET", "/nowhere/" + secret}, {"GET", "/static/" + secret},
	} {
		res, _ := ask(t, app, request[0], request[1], headers...)
		ids = append(ids, res.Header.Get("X-Request-Id"))
	}
	ask(t, app, "GET", "/things/"+secret, "Host", "nobody.smartagenda.fr")
	if strings.Contains(log.String(), secret) {
		t.Errorf("the log holds what a path carried:\n%s", log.String())
	}
	want := []struct{ method, route, audience, err string }{
		{"GET", "/things/:token", "test", ""}, {"POST", "/things/:token", "test", "fault.invalid"}, {"GET", "/", "test", "web.not_found"},
		{"GET", "", "none", "web.not_found"}, {"GET", "", "none", "web.no_such_host"},
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(want), log.String())
	}
	for i, line := range lines {
		var got struct{ ID, Method, Route, Audience, Error string }
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		w := want[i]
		if got.Method != w.method || got.Route != w.route || got.Audience != w.audience || got.Error != w.err {
			t.Errorf("%s, want %+v", line, w)
		}
		if i < len(ids) && got.ID != ids[i] {
			t.Errorf("the answer was called %s, the log says %s", ids[i], got.ID)
		}
	}
}

func TestEveryAnswerHasANameOfItsOwn(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), func(c *fiber.Ctx) error { return c.SendString(RequestID(c)) })
	seen := map[string]bool{}
	for range 10 {
		res, body := ask(t, app, "GET", "/", "Host", "cabinet.smartagenda.fr", "X-Request-Id", "mine")
		if id := res.Header.Get("X-Request-Id"); id != body || uuid.Validate(id) != nil || seen[id] {
			t.Errorf("%q, on the page %q", id, body)
		}
		seen[body] = true
	}
}

func TestRequestsAreCountedByRoute(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	cfg := plain(t)
	cfg.Metrics = NewMetrics(registry)
	app := speaking(cfg, echo)
	for _, path := range []string{"/things/a", "/things/b"} {
		ask(t, app, "GET", path, "Host", "cabinet.smartagenda.fr")
	}
	ask(t, app, "GET", "/things/a", "Host", "nobody.smartagenda.fr")
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, m := range families[slices.IndexFunc(families, func(f *dto.MetricFamily) bool { return f.GetName() == "smartagenda_http_requests_total" })].Metric {
		var labels []string
		for _, l := range m.Label {
			labels = append(labels, l.GetValue())
		}
		got[strings.Join(labels, " ")] = m.Counter.GetValue()
	}
	if want := map[string]float64{"none GET  404": 1, "test GET /things/:token 200": 2}; !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
