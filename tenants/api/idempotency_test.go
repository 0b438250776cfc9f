package api_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"smartagenda/configs/platform/web"
)

func TestTheSameKeyGivesTheSameAnswer(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	const key = "8f1d"
	first := d.post(t, "/appointments", request().String(), "Idempotency-Key", key)
	again := d.post(t, "/appointments", request().String(), "Idempotency-Key", key)
	if first.status != 201 || again.status != 201 || first.body != again.body {
		t.Errorf("%d %s\n%d %s", first.status, first.body, again.status, again.body)
	}
	other := d.post(t, "/appointments", request().with("reason", "Autre").String(), "Idempotency-Key", key)
	if p := other.problem(t); other.status != 422 || !slices.Equal(fields(p), []string{"Idempotency-Key booking.key_reused"}) {
		t.Errorf("another body: %d %s", other.status, other.body)
	}
	if res := d.post(t, "/appointments", "{}", "Idempotency-Key", key); res.status != 422 || !slices.Equal(fields(res.problem(t)), []string{"Idempotency-Key booking.key_reused"}) {
		t.Errorf("an invalid body: %d %s", res.status, res.body)
	}
	if res := d.call(t, d.b, "POST", "/appointments", request().String(), "Idempotency-Key", key); res.status != 201 || res.body == first.body {
		t.Errorf("the same key with another tenant: %d %s", res.status, res.body)
	}
	if n := d.count(t, d.a, "SELECT count(*) FROM {t}.appointments"); n != 1 {
		t.Errorf("%d appointments", n)
	}
}

func TestTheSameKeyGivesTheSameAnswerAfterItWasCancelledOrThePolicyChanged(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	first := d.post(t, "/appointments", request().String(), "Idempotency-Key", "8f1d")
	_, token, _ := strings.Cut(first.body, "/m/")
	token, _, _ = strings.Cut(token, `"`)
	if res := d.post(t, "/appointments/"+token+"/cancel", ""); res.status != 200 {
		t.Fatalf("%d %s", res.status, res.body)
	}
	d.exec(t, "INSERT INTO control.policies (version, body, published_at) VALUES (2, 'v2', '2026-11-23')")
	d.Registry.Forget()
	if res := d.post(t, "/appointments", request().String(), "Idempotency-Key", "8f1d"); res.status != 201 || res.body != first.body {
		t.Errorf("%d %s\nwant %s", res.status, res.body, first.body)
	}
	if res := d.post(t, "/appointments", request().String(), "Idempotency-Key", "8f1e"); res.status != 422 || !strings.Contains(res.body, "est la 2.") {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestAFailureIsNotRemembered(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	wrong := request().with("patient.email", "camille@")
	if res := d.post(t, "/appointments", wrong.String(), "Idempotency-Key", "8f1d"); res.status != 422 {
		t.Fatalf("%d %s", res.status, res.body)
	}
	if res := d.post(t, "/appointments", request().String(), "Idempotency-Key", "8f1d"); res.status != 201 {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestAKeyIsShortAndVisible(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	for _, wrong := range []string{strings.Repeat("k", 201), "a b", "clé", "\xff"} {
		res := d.post(t, "/appointments", request().String(), "Idempotency-Key", wrong)
		if res.status != 422 || !slices.Equal(fields(res.problem(t)), []string{"Idempotency-Key api.key"}) {
			t.Errorf("%q: %d %s", wrong, res.status, res.body)
		}
	}
	if res := d.post(t, "/appointments", request().String(), "Idempotency-Key", strings.Repeat("k", 200)); res.status != 201 {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestTheSameKeyAtOnceGivesTheSameAnswer(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	bodies := make([]string, 8)
	var wg sync.WaitGroup
	for i := range bodies {
		wg.Go(func() {
			res := d.post(t, "/appointments", request().String(), "Idempotency-Key", "8f1d")
			bodies[i] = fmt.Sprint(res.status, " ", res.body)
		})
	}
	wg.Wait()
	if slices.Sort(bodies); bodies[0] != bodies[len(bodies)-1] || !strings.HasPrefix(bodies[0], "201 ") {
		t.Errorf("%q\n%q", bodies[0], bodies[len(bodies)-1])
	}
}
