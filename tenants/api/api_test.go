package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/api"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/tenantstest"
)

const domain = "smartagenda.test"

// desk is the API of a world with two tenants of the same ids, as the program
// serves it.
type desk struct {
	*tenantstest.World
	a, b tenants.Tenant
	app  *fiber.App
	own  *fiber.App // the audience behind it
}

func open(t testing.TB, limits web.Limits) *desk {
	t.Helper()
	w, a, b := tenantstest.Pair(t)
	texts, err := i18n.New(web.Messages, phone.Messages, tenants.Messages, catalog.Messages, patients.Messages, booking.Messages, api.Messages)
	if err != nil {
		t.Fatal(err)
	}
	texts.OnMissing = func(lang, key, why string) { t.Errorf("%s: %s: %s", lang, key, why) }
	cfg := web.Config{Base: domain, Texts: texts, Proxies: []string{"0.0.0.0"}}
	d := &desk{World: w, a: a, b: b}
	d.own = api.API{Control: w.Control, Sites: tenants.Sites{Scheme: "https", Domain: domain}, Limits: limits}.App(cfg)
	d.app = web.Front(cfg, func(c *fiber.Ctx, h web.Host) (*fiber.App, error) {
		one, err := w.Registry.BySlug(c.UserContext(), h.Label)
		if err != nil {
			return nil, err
		}
		c.SetUserContext(tenants.With(c.UserContext(), one))
		return d.own, nil
	}, web.Problems)
	return d
}

// answer is what came back.
type answer struct {
	*http.Response
	status int
	body   string
}

// problem reads the body as one.
func (a answer) problem(t testing.TB) (p web.Problem) {
	t.Helper()
	if ct := a.Header.Get("Content-Type"); ct != "application/problem+json" {
		t.Fatalf("%d, type %q: %.500s", a.status, ct, a.body)
	}
	a.into(t, &p)
	return p
}

func (a answer) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatalf("%v: %.500s", err, a.body)
	}
}

// fields are the names of the fields that a problem names, with their codes.
func fields(p web.Problem) (names []string) {
	for _, f := range p.Errors {
		names = append(names, f.Field+" "+f.Code)
	}
	slices.Sort(names)
	return names
}

// call sends a request to the tenant's API; headers are name, value pairs.
func (d *desk) call(t testing.TB, one tenants.Tenant, method, path, body string, headers ...string) answer {
	t.Helper()
	req := httptest.NewRequest(method, api.Prefix+path, strings.NewReader(body))
	req.Host = string(one.Slug) + "." + domain
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := d.app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if cookies := res.Header.Values("Set-Cookie"); len(cookies) > 0 {
		t.Errorf("%s %s set %v", method, path, cookies)
	}
	return answer{res, res.StatusCode, string(content)}
}

func (d *desk) get(t testing.TB, path string, headers ...string) answer {
	t.Helper()
	return d.call(t, d.a, "GET", path, "", headers...)
}

func (d *desk) post(t testing.TB, path, body string, headers ...string) answer {
	t.Helper()
	return d.call(t, d.a, "POST", path, body, headers...)
}

// form is a request that succeeds; change returns it changed.
type form map[string]any

func request() form {
	return form{
		"service": "1", "practitioner": "1", "start": "2026-11-24T10:20:00+01:00", "policy_version": 1,
		"patient": form{"title": "mme", "last_name": "Roussel", "first_name": "Camille", "email": "camille@exemple.fr", "phone": "06 12 34 56 78"},
		"reason":  "Renouvellement", "fields": form{},
	}
}

func (f form) with(name string, value any) form {
	at := f
	path := strings.Split(name, ".")
	for _, part := range path[:len(path)-1] {
		if at[part] == nil {
			at[part] = form{}
		}
		at = at[part].(form)
	}
	at[path[len(path)-1]] = value
	if value == nil {
		delete(at, path[len(path)-1])
	}
	return f
}

func (f form) String() string {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(f); err != nil {
		panic(err)
	}
	return b.String()
}

// book makes an appointment and gives it with its token.
func (d *desk) book(t testing.TB, one tenants.Tenant, f form) (made api.Appointment, token string) {
	t.Helper()
	res := d.call(t, one, "POST", "/appointments", f.String())
	if res.status != 201 {
		t.Fatalf("%d %s", res.status, res.body)
	}
	res.into(t, &made)
	return made, made.ManageURL[strings.LastIndexByte(made.ManageURL, '/')+1:]
}
