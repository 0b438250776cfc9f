package api_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/web"
)

func TestEachWrongFieldHasOneEntry(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"nothing": {"{}", []string{"patient.first_name patients.first_name_missing", "patient.last_name patients.last_name_missing",
			"patient.phone patients.contact_missing", "policy_version api.policy", "service api.missing", "start booking.start_missing"}},
		"null": {"null", []string{"patient.first_name patients.first_name_missing", "patient.last_name patients.last_name_missing",
			"patient.phone patients.contact_missing", "policy_version api.policy", "service api.missing", "start booking.start_missing"}},
		"every type wrong": {`{"service":1,"practitioner":[],"start":20261124,"patient":"Camille","reason":{},"fields":"x","policy_version":"1"}`,
			[]string{"fields api.object", "patient api.object", "policy_version api.whole", "practitioner api.text", "reason api.text", "service api.text", "start api.instant"}},
		"every type in the person wrong": {request().with("patient", form{"title": 1, "last_name": true, "first_name": form{}, "email": []int{1},
			"phone": 612345678, "company": 1.5, "address": "Lyon"}).String(),
			[]string{"patient.address api.object", "patient.company api.text", "patient.email api.text", "patient.first_name api.text",
				"patient.last_name api.text", "patient.phone api.text", "patient.title api.text"}},
		"every type in the address wrong": {request().with("patient.address", form{"street": 1, "postcode": 69002, "city": nil}).String(),
			[]string{"patient.address.postcode api.text", "patient.address.street api.text"}},
		"values wrong": {request().with("patient.title", "dr").with("patient.last_name", strings.Repeat("a", 81)).with("patient.first_name", "a\u0000b").
			with("patient.email", "camille@").with("patient.phone", "06 12").with("reason", strings.Repeat("é", 501)).
			with("patient.address.postcode", strings.Repeat("9", 13)).with("patient.company", "\u202ekcab").String(),
			[]string{"patient.address.postcode patients.too_long", "patient.company patients.characters", "patient.email phone.mail_invalid",
				"patient.first_name patients.characters", "patient.last_name patients.too_long", "patient.phone phone.incomplete",
				"patient.title patients.title", "reason booking.reason_long"}},
		"a wrong type beside a wrong value": {request().with("reason", 1).with("patient.email", "camille@").String(),
			[]string{"patient.email phone.mail_invalid", "reason api.text"}},
		"an old policy":             {request().with("policy_version", 0).String(), []string{"policy_version api.policy"}},
		"a policy to come":          {request().with("policy_version", 2).String(), []string{"policy_version api.policy"}},
		"half a policy":             {request().with("policy_version", 1.5).String(), []string{"policy_version api.whole"}},
		"a huge policy":             {request().with("policy_version", 1e300).String(), []string{"policy_version api.whole"}},
		"no offset":                 {request().with("start", "2026-11-24T10:20:00").String(), []string{"start api.instant"}},
		"a day that is not":         {request().with("start", "2026-02-30T10:20:00+01:00").String(), []string{"start api.instant"}},
		"off the grid":              {request().with("start", "2026-11-24T10:21:00+01:00").String(), []string{"start booking.why_not_on_grid"}},
		"a fraction off the grid":   {request().with("start", "2026-11-24T10:20:00.5+01:00").String(), []string{"start booking.why_not_on_grid"}},
		"at night":                  {request().with("start", "2026-11-24T03:00:00+01:00").String(), []string{"start booking.why_outside_opening"}},
		"yesterday":                 {request().with("start", "2026-11-20T10:20:00+01:00").String(), []string{"start booking.why_past"}},
		"long ago":                  {request().with("start", "0001-01-01T00:00:00Z").String(), []string{"start booking.start_missing"}},
		"before there were years":   {request().with("start", "0000-01-01T00:00:00Z").String(), []string{"start booking.why_past"}},
		"too far":                   {request().with("start", "9999-12-31T23:59:59Z").String(), []string{"start booking.why_horizon"}},
		"no such service":           {request().with("service", "99").String(), []string{"service booking.service_unknown"}},
		"not an id":                 {request().with("service", "1 OR 1=1").String(), []string{"service booking.service_unknown"}},
		"an id written otherwise":   {request().with("service", "01").String(), []string{"service booking.service_unknown"}},
		"a huge id":                 {request().with("service", strings.Repeat("9", 40)).String(), []string{"service booking.service_unknown"}},
		"an inside service":         {request().with("service", "3").String(), []string{"service booking.service_unknown"}},
		"no such practitioner":      {request().with("practitioner", "99").String(), []string{"practitioner booking.practitioner_unknown"}},
		"not a practitioner":        {request().with("practitioner", "Ada").String(), []string{"practitioner booking.practitioner_unknown"}},
		"a practitioner of another": {request().with("service", "2").with("practitioner", "2").with("start", "2026-11-24T09:00:00+01:00").String(), []string{"start booking.why_does_not_do_service"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := d.post(t, "/appointments", c.body)
			p := res.problem(t)
			if res.status != 422 || p.Code != "fault.invalid" || !slices.Equal(fields(p), c.want) {
				t.Errorf("%d %s\n got %q\nwant %q", res.status, p.Code, fields(p), c.want)
			}
		})
	}
}

func TestNothingHostileIsMoreThanAProblem(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	for name, c := range map[string]struct {
		body string
		code string
	}{
		"empty":               {" ", "api.json"},
		"cut off":             {`{"service":"1"`, "api.json"},
		"more than one":       {`{} {}`, "api.json"},
		"a list":              {`[]`, "api.json"},
		"a text":              {`"x"`, "api.json"},
		"a number":            {`1`, "api.json"},
		"not UTF-8":           {"{\"service\":\"\xff\"}", "api.json"},
		"a byte order mark":   {"\ufeff{}", "api.json"},
		"a comment":           {`{/* */}`, "api.json"},
		"deep":                {strings.Repeat("[", 100_000), "api.json"},
		"deep in a field":     {`{"fields":` + strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_001), "api.json"},
		"a great many fields": {`{` + strings.Repeat(`"a":1,`, 100_000) + `"b":1}`, "fault.invalid"},
		"names twice":         {strings.Replace(request().String(), `"service":"1"`, `"service":"1","service":2`, 1), "fault.invalid"},
		"prototype":           {`{"__proto__":{"service":"1"},"constructor":1}`, "fault.invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res := d.post(t, "/appointments", c.body)
			if p := res.problem(t); res.status != 422 || p.Code != c.code {
				t.Errorf("%d %s, want %s", res.status, res.body, c.code)
			}
		})
	}
	if n := d.count(t, d.a, "SELECT count(*) FROM {t}.appointments"); n != 0 {
		t.Errorf("%d were booked", n)
	}
}

func TestOnlyJSONIsTaken(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	for _, wrong := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", ""} {
		if res := d.post(t, "/appointments", request().String(), "Content-Type", wrong); res.status != 422 || res.problem(t).Code != "api.content_type" {
			t.Errorf("%q: %d %s", wrong, res.status, res.body)
		}
	}
	if res := d.post(t, "/appointments", request().String(), "Content-Type", "Application/JSON ; charset=utf-8"); res.status != 201 {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestARequestTooLargeIsRefused(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	address := d.serve(t)
	req, err := http.NewRequest(http.MethodPost, "http://"+address+"/api/v1/appointments", strings.NewReader(request().with("reason", strings.Repeat("a", 1<<20)).String()))
	if err != nil {
		t.Fatal(err)
	}
	req.Host = string(d.a.Slug) + "." + domain
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Expect", "100-continue")
	client := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	a := answer{res, res.StatusCode, string(body)}
	if p := a.problem(t); a.status != 413 || p.Code != "web.too_large" {
		t.Errorf("%d %s", a.status, body)
	}
}
