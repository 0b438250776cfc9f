package site_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// answer is what came back.
type answer struct {
	*http.Response
	t    *testing.T
	was  string // what was asked
	body string
	root *html.Node
}

// wants checks the status and that the page says these things.
func (a answer) wants(status int, texts ...string) answer {
	a.t.Helper()
	if a.StatusCode != status {
		a.t.Errorf("%s: %d, want %d", a.was, a.StatusCode, status)
	}
	said := a.text()
	for _, want := range texts {
		if !strings.Contains(said, want) {
			a.t.Errorf("%s does not say %q:\n%s", a.was, want, said)
		}
	}
	return a
}

// each visits the elements of a page.
func (a answer) each(visit func(n *html.Node, attrs map[string]string)) {
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			attrs := map[string]string{}
			for _, x := range n.Attr {
				attrs[x.Key] = x.Val
			}
			visit(n, attrs)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(a.root)
}

// text is what a reader sees, with plain spaces.
func (a answer) text() string { return inner(a.root) }

// apart are elements that stand apart from the text before them.
var apart = strings.Fields("p h1 h2 h3 dt dd li div section b br label button option span title body header main footer aside")

func inner(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		} else if n.Type == html.ElementNode && slices.Contains(apart, n.Data) {
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "\u00a0", " ")), " ")
}

// fields are the controls of the page, by name, with what they hold.
func (a answer) fields() url.Values {
	form := url.Values{}
	a.each(func(n *html.Node, attrs map[string]string) {
		switch {
		case n.Data == "input":
			form.Set(attrs["name"], attrs["value"])
		case n.Data == "textarea" && n.FirstChild != nil:
			form.Set(attrs["name"], n.FirstChild.Data)
		case n.Data == "textarea":
			form.Set(attrs["name"], "")
		}
	})
	return form
}

// links lists where the page leads under a path.
func (a answer) links(prefix string) (list []string) {
	a.each(func(n *html.Node, attrs map[string]string) {
		if n.Data == "a" && strings.HasPrefix(attrs["href"], prefix) {
			list = append(list, attrs["href"])
		}
	})
	return list
}

func (a answer) title() (title string) {
	a.each(func(n *html.Node, _ map[string]string) {
		if n.Data == "title" {
			title = inner(n)
		}
	})
	return title
}

// marked are the names of the fields shown as wrong.
func (a answer) marked() (names []string) {
	a.each(func(_ *html.Node, attrs map[string]string) {
		if attrs["aria-invalid"] == "true" {
			names = append(names, attrs["name"])
		}
	})
	return names
}

// filled is the form of a page, filled in rightly.
func (a answer) filled() url.Values {
	f := a.fields()
	f.Set("first_name", "Camille")
	f.Set("last_name", "Roussel-Delacourt")
	f.Set("phone", "06 12 34 56 78")
	f.Set("email", "Camille.Roussel@exemple.fr")
	f.Set("reason", "Un renouvellement,\nrien d’urgent")
	return f
}
