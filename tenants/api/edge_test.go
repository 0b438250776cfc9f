package api_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/redis/go-redis/v9"

	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/api"
	"smartagenda/tenants/tenantstest"
)

const week = "/slots?service=1&from=2026-11-23&to=2026-11-30"

func TestAPausedTenantTakesNoBookings(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	_, token := d.book(t, d.a, request())
	d.Move(t, d.a, tenants.Suspended)
	d.Registry.Forget()
	for _, c := range []struct{ method, path, body string }{
		{"GET", "/services", ""}, {"GET", week, ""}, {"POST", "/appointments", request().String()}, {"POST", "/appointments/" + token + "/cancel", ""},
	} {
		if res := d.call(t, d.a, c.method, c.path, c.body); res.status != 409 || res.problem(t).Code != "booking.paused" {
			t.Errorf("%s %s: %d %s", c.method, c.path, res.status, res.body)
		}
	}
	if res := d.get(t, "/appointments/"+token); res.status != 200 {
		t.Errorf("what was booked stays: %d %s", res.status, res.body)
	}
	if res := d.call(t, d.b, "GET", "/services", ""); res.status != 200 {
		t.Errorf("another tenant: %d %s", res.status, res.body)
	}
}

func TestProblemsSpeakTheReadersLanguage(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	for lang, want := range map[string]string{"": "Donnez une date comme 2026-11-23.", "en": "Give a date like 2026-11-23.", "de": "Donnez une date comme 2026-11-23."} {
		p := d.get(t, "/slots?service=1&from=x&to=2026-11-30", "Accept-Language", lang).problem(t)
		if len(p.Errors) != 1 || p.Errors[0].Detail != want || p.Errors[0].Code != "api.date" {
			t.Errorf("%q: %+v", lang, p)
		}
	}
	if made, _ := d.book(t, d.a, request()); made.ID == "" {
		t.Error("no id")
	}
	if res := d.post(t, "/appointments", request().with("start", "2026-11-24T11:00:00+01:00").with("patient.email", "x@exemple.fr").String(), "Accept-Language", "en"); res.status != 201 {
		t.Fatalf("%d %s", res.status, res.body)
	}
	if n := d.count(t, d.a, "SELECT count(*) FROM {t}.patients WHERE lang = 'en'"); n != 1 {
		t.Error("the person will be written to in the language of the request")
	}
}

func TestAnyOriginMayCallWithoutCookies(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	const origin = "https://cabinet.example"
	for _, res := range []answer{
		d.get(t, week, "Origin", origin), d.get(t, "/services", "Origin", origin), d.get(t, "/slots", "Origin", origin),
		d.post(t, "/appointments", request().String(), "Origin", origin, "Sec-Fetch-Site", "cross-site"),
	} {
		if res.Header.Get("Access-Control-Allow-Origin") != "*" || res.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%d %v", res.status, res.Header)
		}
	}
	res := d.call(t, d.a, "OPTIONS", "/appointments", "", "Origin", origin, "Access-Control-Request-Method", "POST",
		"Access-Control-Request-Headers", "content-type,idempotency-key")
	if res.status != 204 || res.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(res.Header.Get("Access-Control-Allow-Methods"), "POST") ||
		!strings.Contains(res.Header.Get("Access-Control-Allow-Headers"), "Idempotency-Key") {
		t.Errorf("preflight: %d %v", res.status, res.Header)
	}
}

func TestAReaderMayAskForHeadersAlone(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	for _, path := range []string{"/services", week, "/openapi.json"} {
		if res := d.call(t, d.a, "HEAD", path, ""); res.status != 200 || res.body != "" {
			t.Errorf("%s: %d %q", path, res.status, res.body)
		}
	}
}

func TestAClientIsSlowedDownWithOneTenantOnly(t *testing.T) {
	t.Parallel()
	nowhere := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1})
	t.Cleanup(func() { _ = nowhere.Close() })
	w := tenantstest.New(t)
	d := open(t, web.Limits{Limiter: limit.New(nowhere, "test:", w.Clock), Reads: limit.Rule{Count: 3, Per: time.Minute}, Writes: limit.Rule{Count: 2, Per: time.Minute}})
	const me = "203.0.113.9"
	for range 3 {
		d.get(t, "/services", "X-Forwarded-For", me)
	}
	res := d.get(t, "/services", "X-Forwarded-For", me)
	if p := res.problem(t); res.status != 429 || p.Code != "web.too_many" || !regexp.MustCompile(`^[1-9]\d?$`).MatchString(res.Header.Get("Retry-After")) {
		t.Errorf("%d %s, Retry-After %q", res.status, res.body, res.Header.Get("Retry-After"))
	}
	for range 2 {
		d.post(t, "/appointments", "{}", "X-Forwarded-For", me)
	}
	if res := d.post(t, "/appointments", request().String(), "X-Forwarded-For", me); res.status != 429 {
		t.Errorf("a change: %d %s", res.status, res.body)
	}
	if res := d.get(t, "/services", "X-Forwarded-For", "203.0.113.10"); res.status != 200 {
		t.Errorf("another client: %d", res.status)
	}
	if res := d.call(t, d.b, "GET", "/services", "", "X-Forwarded-For", me); res.status != 200 {
		t.Errorf("another tenant: %d", res.status)
	}
}

// routes are the audience's own, as OpenAPI writes them.
func (d *desk) routes() (list []string) {
	parameter := regexp.MustCompile(`:(\w+)`)
	for _, r := range d.own.GetRoutes(true) {
		if path, ok := strings.CutPrefix(r.Path, api.Prefix+"/"); ok && r.Method != fiber.MethodHead {
			list = append(list, r.Method+" /"+parameter.ReplaceAllString(path, "{$1}"))
		}
	}
	slices.Sort(list)
	return list
}
