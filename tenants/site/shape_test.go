package site_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// What a screen reader needs of every page: a language, one heading of the
// first level, ids that are one's own, a label for each control, a name for
// each link and button, and no reference that leads to nothing.
func TestPagesAreBuiltForThoseWhoDoNotSeeThem(t *testing.T) {
	t.Parallel()
	s := open(t)
	pages := shown(s)
	pages = slices.DeleteFunc(pages, func(p string) bool {
		return strings.HasSuffix(p, ".ics") || strings.Contains(p, ".css") || strings.Contains(p, ".txt")
	})
	for _, path := range pages {
		for _, lang := range []string{"fr", "en"} {
			shape(t, s.get(path, "Accept-Language", lang), lang)
		}
	}
	typed := s.get(form(1, "11:00")).filled()
	shape(t, s.post("/rdv/1/autre-creneau", typed), "fr")
	typed.Set("phone", "1")
	typed.Set("last_name", "")
	shape(t, s.post(form(1, "11:00"), typed).wants(http.StatusUnprocessableEntity), "fr")
}

func shape(t *testing.T, a answer, lang string) {
	t.Helper()
	ids, labelled, refers := map[string]int{}, map[string]bool{}, []string{}
	headings := 0
	a.each(func(n *html.Node, attrs map[string]string) {
		ids[attrs["id"]]++
		for _, name := range []string{"aria-labelledby", "aria-describedby", "for", "form"} {
			refers = append(refers, strings.Fields(attrs[name])...)
		}
		switch n.Data {
		case "html":
			if attrs["lang"] != lang {
				t.Errorf("%s: the language is %q, want %s", a.was, attrs["lang"], lang)
			}
		case "h1":
			headings++
		case "label":
			labelled[attrs["for"]] = true
		case "a", "button":
			if attrs["aria-label"] == "" && inner(n) == "" {
				t.Errorf("%s: a %s without a name: %v", a.was, n.Data, attrs)
			}
			if strings.HasPrefix(attrs["href"], "#") {
				refers = append(refers, attrs["href"][1:])
			}
		}
	})
	if headings != 1 {
		t.Errorf("%s: %d headings of the first level", a.was, headings)
	}
	for _, id := range refers {
		if ids[id] == 0 {
			t.Errorf("%s: nothing has the id %q", a.was, id)
		}
	}
	delete(ids, "")
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s: %d elements have the id %q", a.was, n, id)
		}
	}
	a.each(func(n *html.Node, attrs map[string]string) {
		control := n.Data == "input" && attrs["type"] != "hidden" || n.Data == "select" || n.Data == "textarea"
		if control && !labelled[attrs["id"]] {
			t.Errorf("%s: the control %q has no label", a.was, attrs["name"])
		}
	})
}

// A browser fills in what it knows, and a phone shows the right keys.
func TestTheFormHelpsToFillItIn(t *testing.T) {
	t.Parallel()
	s := open(t)
	got := map[string]string{}
	s.get(form(1, "11:00")).wants(200).each(func(n *html.Node, attrs map[string]string) {
		if n.Data == "input" && attrs["type"] != "hidden" {
			got[attrs["name"]] = attrs["type"] + " " + attrs["autocomplete"]
		}
	})
	for name, want := range map[string]string{"first_name": "text given-name", "last_name": "text family-name", "phone": "tel tel", "email": "email email"} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if len(got) != 4 {
		t.Errorf("more is asked than is needed: %v", got)
	}
}
