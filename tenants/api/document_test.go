package api_test

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// document is what is served, read back as any client would.
type document struct {
	OpenAPI string
	Servers []struct{ URL string }
	Paths   map[string]map[string]operation
	schemas *jsonschema.Compiler
}

type operation struct {
	OperationID, Summary string
	Parameters           []struct{ Name, In string }
	Responses            map[string]struct {
		Description string
		Content     map[string]any
	}
}

func (d *desk) document(t testing.TB) (doc document) {
	t.Helper()
	res := d.get(t, "/openapi.json")
	if res.status != 200 || res.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%d %s", res.status, res.Header.Get("Content-Type"))
	}
	res.into(t, &doc)
	whole, err := jsonschema.UnmarshalJSON(strings.NewReader(res.body))
	if err != nil {
		t.Fatal(err)
	}
	doc.schemas = jsonschema.NewCompiler()
	doc.schemas.AssertFormat()
	if err := doc.schemas.AddResource("https://smartagenda.test/openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	return doc
}

// check holds a body against the schema at a path of names in the document.
func (d document) check(t testing.TB, body string, names ...string) error {
	t.Helper()
	pointer := ""
	for _, n := range append(names, "schema") {
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(n)
	}
	schema, err := d.schemas.Compile("https://smartagenda.test/openapi.json#" + pointer)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(v)
}

func TestTheDocumentAndTheRoutesAreTheSame(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	doc := d.document(t)
	var said []string
	for path, operations := range doc.Paths {
		for method, o := range operations {
			said = append(said, strings.ToUpper(method)+" "+path)
			if o.OperationID == "" || o.Summary == "" || o.Responses["429"].Description == "" {
				t.Errorf("%s %s is not described", method, path)
			}
			for _, p := range o.Parameters {
				if p.In == "path" && !strings.Contains(path, "{"+p.Name+"}") {
					t.Errorf("%s has no {%s}", path, p.Name)
				}
			}
		}
	}
	slices.Sort(said)
	if !slices.Equal(said, d.routes()) {
		t.Errorf("the document says %q, the routes are %q", said, d.routes())
	}
	if doc.OpenAPI != "3.1.0" || len(doc.Servers) != 1 || doc.Servers[0].URL != "/api/v1" {
		t.Errorf("%s %v", doc.OpenAPI, doc.Servers)
	}
}

func TestAnswersAreWhatTheDocumentSays(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	doc := d.document(t)
	_, token := d.book(t, d.a, request().with("start", "2026-11-26T10:20:00+01:00"))
	_, late := d.book(t, d.a, request().with("start", "2026-11-23T11:00:00+01:00"))
	for _, c := range []struct {
		method, route, path, body string
		status                    int
	}{
		{"get", "/services", "/services", "", 200},
		{"get", "/slots", week, "", 200},
		{"get", "/slots", "/slots?service=1&from=2026-11-28&to=2026-11-30", "", 200},
		{"get", "/slots", "/slots", "", 422},
		{"get", "/slots", "/slots?service=9&from=2026-11-28&to=2026-11-30", "", 404},
		{"post", "/appointments", "/appointments", request().String(), 201},
		{"post", "/appointments", "/appointments", request().String(), 409},
		{"post", "/appointments", "/appointments", "{}", 422},
		{"post", "/appointments", "/appointments", "no", 422},
		{"get", "/appointments/{token}", "/appointments/" + token, "", 200},
		{"get", "/appointments/{token}", "/appointments/x", "", 404},
		{"post", "/appointments/{token}/cancel", "/appointments/" + late + "/cancel", "", 409},
		{"post", "/appointments/{token}/cancel", "/appointments/" + token + "/cancel", "", 200},
		{"post", "/appointments/{token}/cancel", "/appointments/x/cancel", "", 404},
		{"get", "/appointments/{token}", "/appointments/" + token, "", 200},
		{"get", "/openapi.json", "/openapi.json", "", 200},
	} {
		res := d.call(t, d.a, strings.ToUpper(c.method), c.path, c.body)
		if res.status != c.status {
			t.Errorf("%s %s: %d, want %d: %s", c.method, c.path, res.status, c.status, res.body)
			continue
		}
		status, kind := strconv.Itoa(c.status), res.Header.Get("Content-Type")
		if doc.Paths[c.route][c.method].Responses[status].Content[kind] == nil {
			t.Errorf("%s %s: the document has no %s of type %s", c.method, c.route, status, kind)
			continue
		}
		if err := doc.check(t, res.body, "paths", c.route, c.method, "responses", status, "content", kind); err != nil {
			t.Errorf("%s %s %d: %v\n%.500s", c.method, c.route, c.status, err, res.body)
		}
	}
	d.Move(t, d.a, tenants.Suspended)
	d.Registry.Forget()
	for path, operations := range doc.Paths {
		for method, o := range operations {
			res := d.call(t, d.a, strings.ToUpper(method), strings.ReplaceAll(path, "{token}", token), "")
			if _, ok := o.Responses[strconv.Itoa(res.status)]; !ok {
				t.Errorf("%s %s answers %d, of which the document says nothing", method, path, res.status)
			}
		}
	}
}

func TestTheDocumentWouldNotPassAnAnswerThatIsWrong(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	doc := d.document(t)
	good := d.get(t, week).body
	for from, to := range map[string]string{
		`"next":null`: `"next":1`, `"slots":[{`: `"slots":[1,{`, `"practitioner":"1"`: `"practitioner":1`, `"seats_left":1`: `"seats_left":0`,
		`T09:00:00+01:00`: ` 09:00`, `"location"`: `"place"`,
	} {
		bad := strings.Replace(good, from, to, 1)
		if bad == good {
			t.Fatalf("%s is not in %.200s", from, good)
		}
		if doc.check(t, bad, "paths", "/slots", "get", "responses", "200", "content", "application/json") == nil {
			t.Errorf("%s passes", to)
		}
	}
}

func TestTheDocumentTellsWhatIsTaken(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	doc := d.document(t)
	check := func(f form) error {
		return doc.check(t, f.String(), "paths", "/appointments", "post", "requestBody", "content", "application/json")
	}
	if err := check(request().with("patient.address.city", "Lyon").with("unknown", 1)); err != nil {
		t.Errorf("a request that succeeds: %v", err)
	}
	for name, f := range map[string]form{
		"service": request().with("service", nil), "start": request().with("start", "tomorrow"), "patient": request().with("patient", "Camille"),
		"last_name": request().with("patient.last_name", nil), "title": request().with("patient.title", "dr"), "policy": request().with("policy_version", "1"),
		"city": request().with("patient.address.city", 1),
	} {
		if check(f) == nil {
			t.Errorf("%s passes: %s", name, f)
		}
	}
}
