package web

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/redis/go-redis/v9"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/limit"
)

// alone is a limiter without Redis, which counts in the process.
func alone(t *testing.T) *limit.Limiter {
	t.Helper()
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1})
	t.Cleanup(func() { _ = client.Close() })
	return limit.New(client, "test:", clock.Fixed(time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)))
}

func TestATooFastClientIsAskedToWait(t *testing.T) {
	t.Parallel()
	cfg := trusting(t)
	app := Audience(cfg, "test", Problems)
	l := Limits{Limiter: alone(t), Reads: limit.Rule{Count: 3, Per: time.Minute}, Writes: limit.Rule{Count: 1, Per: time.Minute}}
	app.Use(l.Limit(func(c *fiber.Ctx) string { return c.Hostname() }))
	app.All("/", func(c *fiber.Ctx) error { return c.SendString("done") })
	ask := func(method, host, client string) (status int, after, body string) {
		res, body := ask(t, app, method, "/", "Host", host, "X-Forwarded-For", client)
		return res.status, res.Header.Get("Retry-After"), body
	}
	for range 3 {
		if status, _, _ := ask("GET", "a.fr", "203.0.113.9"); status != 200 {
			t.Fatalf("within the limit: %d", status)
		}
	}
	status, after, body := ask("GET", "a.fr", "203.0.113.9")
	var p Problem
	if err := json.Unmarshal([]byte(body), &p); err != nil || status != 429 || p.Code != "web.too_many" {
		t.Fatalf("beyond it: %d %s, %v", status, body, err)
	}
	if n, err := strconv.Atoi(after); err != nil || n < 1 || n > 60 || !strings.Contains(p.Detail, after+" s") {
		t.Errorf("Retry-After %q, sentence %q", after, p.Detail)
	}
	for name, c := range map[string][3]string{
		"another client": {"GET", "a.fr", "203.0.113.10"}, "another space": {"GET", "b.fr", "203.0.113.9"}, "a change": {"POST", "a.fr", "203.0.113.9"},
	} {
		if status, _, _ := ask(c[0], c[1], c[2]); status != 200 {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _, _ := ask("DELETE", "a.fr", "203.0.113.9"); status != 429 {
		t.Errorf("a second change: %d", status)
	}
}

func TestALineOfIPv6CountsAsOneClient(t *testing.T) {
	t.Parallel()
	for client, want := range map[string]string{
		"203.0.113.9": "203.0.113.9", "2001:db8:1:2:3::4": "2001:db8:1:2::/64", "2001:db8:1:2:ffff::9": "2001:db8:1:2::/64",
		"2001:db8:1:3::4": "2001:db8:1:3::/64", "nonsense": "nonsense",
	} {
		if got := line(client); got != want {
			t.Errorf("%s: %s, want %s", client, got, want)
		}
	}
}
