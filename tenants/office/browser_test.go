package office_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"smartagenda/tenants"
)

// browser keeps cookies, as one does, for one host.
type browser struct {
	*scene
	host    string
	cookies map[string]string
}

// at is a browser that has never been there.
func (s *scene) at(one tenants.Tenant) *browser {
	return &browser{s, string(one.Slug) + "." + base, map[string]string{}}
}

// in is a browser in which a member has signed in.
func (s *scene) in(one tenants.Tenant, who string) *browser {
	s.t.Helper()
	b := s.at(one)
	if got := b.post("/agenda/connexion", url.Values{"email": {who + "@" + string(one.Slug) + ".test"}, "password": {password}}); got.status != http.StatusSeeOther {
		s.t.Fatalf("signing in: %d %s", got.status, got.text())
	}
	return b
}

// reply is what came back.
type reply struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (b *browser) get(path string, headers ...string) reply {
	b.t.Helper()
	return b.send(http.MethodGet, path, nil, headers...)
}

func (b *browser) post(path string, form url.Values, headers ...string) reply {
	b.t.Helper()
	return b.send(http.MethodPost, path, form, headers...)
}

// send asks as a browser in French would; headers are name, value pairs.
func (b *browser) send(method, path string, form url.Values, headers ...string) reply {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Host = b.host
	r.Header.Set("Accept-Language", "fr")
	r.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	answer, err := b.front.Test(r, -1)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range answer.Cookies() {
		if c.MaxAge < 0 || c.Value == "" {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	if answer.StatusCode >= 500 {
		b.t.Errorf("%s %s: %d", method, path, answer.StatusCode)
	}
	return reply{b.t, answer.StatusCode, answer.Header, string(body)}
}

// text is what a person reads, without tags, single-spaced.
func (r reply) text() string {
	var words []string
	page := strings.NewReplacer("<noscript>", "", "</noscript>", "").Replace(r.body) // read as text otherwise
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.ReplaceAll(strings.Join(strings.Fields(strings.Join(words, " ")), " "), "\u00a0", " ")
		case html.TextToken:
			words = append(words, string(z.Text()))
		}
	}
}

// is checks the status, and that the page says each sentence.
func (r reply) is(status int, says ...string) reply {
	r.t.Helper()
	if r.status != status {
		r.t.Errorf("status %d, want %d: %.300s", r.status, status, r.text())
	}
	for _, s := range says {
		if !strings.Contains(r.text(), s) {
			r.t.Errorf("it does not say %q: %.2000s", s, r.text())
		}
	}
	return r
}

// lacks checks that none of the texts stands anywhere in the answer.
func (r reply) lacks(texts ...string) reply {
	r.t.Helper()
	for _, s := range texts {
		if strings.Contains(r.body, s) {
			r.t.Errorf("it holds %q", s)
		}
	}
	return r
}

// leads checks a redirection.
func (r reply) leads(to string) {
	r.t.Helper()
	if got := r.header.Get("Location"); r.status != http.StatusSeeOther || got != to {
		r.t.Errorf("status %d to %q, want 303 to %q: %.300s", r.status, got, to, r.text())
	}
}

// value is what an input of the page holds.
func (r reply) value(name string) string {
	r.t.Helper()
	found := ""
	r.elements(func(n *html.Node) {
		if attr(n, "name") != name {
			return
		}
		switch {
		case n.Data == "textarea" && n.FirstChild != nil:
			found = n.FirstChild.Data
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Data == "option" && has(o, "selected") {
					found = attr(o, "value")
				}
			}
		case n.Data == "input" && (attr(n, "type") != "radio" && attr(n, "type") != "checkbox" || has(n, "checked")):
			found = attr(n, "value")
		}
	})
	return found
}

func (r reply) elements(see func(*html.Node)) {
	r.t.Helper()
	root, err := html.ParseWithOptions(strings.NewReader(r.body), html.ParseOptionEnableScripting(false))
	if err != nil {
		r.t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			see(n)
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
