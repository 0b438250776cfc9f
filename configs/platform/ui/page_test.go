package ui

import (
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestGalleryShowsEveryPart(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("render.go")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for name := range gallery() {
		shown[strings.Split(name, "/")[0]] = true
	}
	for _, m := range regexp.MustCompile(`func \(p (\w+)\) Render`).FindAllStringSubmatch(string(source), -1) {
		if !shown[m[1]] {
			t.Errorf("the gallery lacks %s", m[1])
		}
	}
}

// each runs a test over every component of the gallery, parsed.
func each(t *testing.T, check func(t *testing.T, source string, nodes []*html.Node)) {
	t.Helper()
	for name, c := range gallery() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source := rendered(t, c)
			root, err := html.Parse(strings.NewReader(source))
			if err != nil {
				t.Fatal(err)
			}
			check(t, source, slices.Collect(elements(root)))
		})
	}
}

func elements(root *html.Node) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// ids gives each id of a page and fails on one that is empty or used twice.
func ids(t *testing.T, nodes []*html.Node) map[string]*html.Node {
	t.Helper()
	found := map[string]*html.Node{}
	for _, n := range nodes {
		id, ok := attr(n, "id")
		if !ok {
			continue
		}
		if id == "" || found[id] != nil {
			t.Errorf("id %q is empty or used twice", id)
		}
		found[id] = n
	}
	return found
}

func TestPagesObeyTheStrictPolicy(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ string, nodes []*html.Node) {
		for _, n := range nodes {
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") {
					t.Errorf("<%s> has %s", n.Data, a.Key)
				}
				link := a.Key == "href" || a.Key == "src" || a.Key == "action"
				if link && (strings.Contains(a.Val, "//") || strings.HasPrefix(a.Val, "javascript:")) {
					t.Errorf("<%s> leads to %s", n.Data, a.Val)
				}
			}
			src, _ := attr(n, "src")
			if n.Data == "style" || n.Data == "script" && (src == "" || n.FirstChild != nil) {
				t.Errorf("<%s> is inline", n.Data)
			}
		}
	})
}

// A part whose tags do not match, or with a block inside a paragraph, would be
// mended by the browser into another page.
func TestTagsMatch(t *testing.T) {
	t.Parallel()
	void := strings.Fields("area base br col embed hr img input link meta source track wbr")
	blocks := strings.Fields("div p ul ol dl section table form fieldset h1 h2 h3 main aside nav header footer")
	each(t, func(t *testing.T, source string, _ []*html.Node) {
		var open []string
		for z := html.NewTokenizer(strings.NewReader(source)); ; {
			kind := z.Next()
			tag, _ := z.TagName()
			name := string(tag)
			switch {
			case kind == html.ErrorToken:
				if !errors.Is(z.Err(), io.EOF) || len(open) > 0 {
					t.Errorf("ends with %v open: %v", open, z.Err())
				}
				return
			case kind == html.StartTagToken && !slices.Contains(void, name):
				if slices.Contains(blocks, name) && slices.Contains(open, "p") {
					t.Errorf("<%s> in a paragraph", name)
				}
				open = append(open, name)
			case kind == html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != name {
					t.Fatalf("</%s> closes %v", name, open)
				}
				open = open[:len(open)-1]
			}
		}
	})
}

func TestEveryReferenceHasItsTarget(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ string, nodes []*html.Node) {
		known := ids(t, nodes)
		for _, n := range nodes {
			for _, name := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "for", "data-reveal"} {
				value, ok := attr(n, name)
				if ok && value == "" {
					t.Errorf("<%s> has an empty %s", n.Data, name)
				}
				for _, id := range strings.Fields(value) {
					if known[id] == nil {
						t.Errorf("<%s %s=%q> leads nowhere", n.Data, name, id)
					}
				}
			}
			if href, _ := attr(n, "href"); n.Data == "use" && !HasIcon(href[strings.Index(href, "#")+1:]) {
				t.Errorf("no icon at %s", href)
			}
		}
	})
}

func TestEveryControlHasAName(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _ string, nodes []*html.Node) {
		labelled := map[string]bool{}
		for _, n := range nodes {
			if id, ok := attr(n, "for"); ok && n.Data == "label" {
				labelled[id] = true
			}
		}
		for _, n := range nodes {
			id, _ := attr(n, "id")
			named, _ := attr(n, "aria-label")
			switch n.Data {
			case "input", "select", "textarea":
				if named == "" && !labelled[id] && !within(n, "label") {
					t.Errorf("<%s id=%q> has no label", n.Data, id)
				}
			case "a", "button":
				if named == "" && text(n) == "" {
					t.Errorf("<%s> says nothing", n.Data)
				}
			case "progress", "nav", "aside":
				by, _ := attr(n, "aria-labelledby")
				if named == "" && by == "" {
					t.Errorf("<%s> has no name", n.Data)
				}
			}
		}
	})
}

func within(n *html.Node, tag string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == tag {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// hooks are classes that a script or a kind of page reads, not a sheet.
var hooks = []string{"site", "www"}

func TestEveryClassIsInASheet(t *testing.T) {
	t.Parallel()
	all := ""
	for name := range sheets {
		a, _ := Assets.Open(Assets.Path(name))
		all += string(a.Body)
	}
	each(t, func(t *testing.T, _ string, nodes []*html.Node) {
		for _, n := range nodes {
			value, _ := attr(n, "class")
			for _, class := range strings.Fields(value) {
				if !regexp.MustCompile(`\.`+class+`\b`).MatchString(all) && !slices.Contains(hooks, class) {
					t.Errorf("no sheet knows .%s", class)
				}
			}
		}
	})
}

func TestScriptsReadAttributesThatPartsWrite(t *testing.T) {
	t.Parallel()
	written := map[string]bool{"data-sent": true, "data-event": true} // a script's own
	for _, c := range gallery() {
		root, err := html.Parse(strings.NewReader(rendered(t, c)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range elements(root) {
			for _, a := range n.Attr {
				written[a.Key] = true
			}
		}
	}
	for name := range Opens("x") {
		written[name] = true
	}
	for _, name := range []string{"site.js", "office.js", "calendar.js"} {
		a, _ := Assets.Open(Assets.Path(name))
		for _, m := range regexp.MustCompile(`\[(data-[a-z-]+)`).FindAllStringSubmatch(string(a.Body), -1) {
			if !written[m[1]] {
				t.Errorf("%s reads %s, which nothing writes", name, m[1])
			}
		}
	}
}
