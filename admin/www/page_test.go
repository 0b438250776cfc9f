package www_test

import (
	"net/url"
	"strings"
	"testing"

	"smartagenda/tenants"
	"smartagenda/tenants/demo"
)

var pages = []string{"/", "/inscription", "/conditions", "/mentions-legales", "/confidentialite", "/accessibilite"}

func TestEveryPageSpeaksBothLanguages(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]*desk{"outside the demonstration": open(t), "in it": openDemo(t)} {
		all := pages
		if d.box != nil {
			d.houses(t)
			all = append(all, "/dev/messages")
		}
		for _, path := range all {
			for lang, word := range map[string]string{"fr": "Accessibilité", "en": "Accessibility"} {
				res := d.get(t, path, "Accept-Language", lang)
				if res.status != 200 || !strings.Contains(res.body, `lang="`+lang+`"`) || !strings.Contains(res.body, word) {
					t.Errorf("%s, %s in %s: %d %.200s", name, path, lang, res.status, res.body)
				}
				if strings.Contains(res.body, "www.") && strings.Contains(res.body, ">www.") {
					t.Errorf("%s shows a key", path)
				}
			}
		}
	}
}

// houses makes the demonstration's houses.
func (d *desk) houses(t testing.TB) {
	t.Helper()
	for _, slug := range []string{"cabinet-bellecour", "ecole-lingua", "salon-lumiere"} {
		d.Tenant(t, slug)
	}
}

func TestNoLinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]*desk{"outside the demonstration": open(t), "in it": openDemo(t)} {
		if d.box != nil {
			d.houses(t)
		}
		seen := map[string]bool{}
		todo := append([]string{}, pages...)
		for len(todo) > 0 {
			path := todo[0]
			todo = todo[1:]
			if seen[path] {
				continue
			}
			seen[path] = true
			res := d.get(t, path)
			if res.status != 200 {
				t.Errorf("%s: %s leads to %d", name, path, res.status)
				continue
			}
			if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
				continue
			}
			todo = append(todo, links(t, res)...)
		}
		if seen["/dev/messages"] != (d.box != nil) {
			t.Errorf("%s: /dev/messages is linked: %v", name, seen["/dev/messages"])
		}
	}
}

// links are the pages of the Site that a page leads to; it checks the others.
func links(t testing.TB, res answer) (paths []string) {
	t.Helper()
	ids := map[string]bool{"main": true}
	nodes := res.parse(t)
	for _, n := range nodes {
		ids[attr(n, "id")] = true
	}
	for _, n := range nodes {
		for _, name := range []string{"href", "src", "action"} {
			u, err := url.Parse(attr(n, name))
			if err != nil {
				t.Errorf("%s: %v", attr(n, name), err)
				continue
			}
			switch {
			case u.Scheme == "mailto" || u.String() == "" || name == "action":
			case u.Host != "" && !strings.HasSuffix(u.Hostname(), domain):
				t.Errorf("%s is elsewhere", u)
			case u.Host != "" && n.Data != "a":
				t.Errorf("%s loads %s", n.Data, u)
			case u.Host == "" && u.Path == "" && !ids[u.Fragment]:
				t.Errorf("#%s is not on the page", u.Fragment)
			case u.Host == "" && u.Path != "":
				paths = append(paths, u.Path)
			}
		}
	}
	return paths
}

func TestAnchorsOfTheHomePageExist(t *testing.T) {
	t.Parallel()
	for _, d := range []*desk{open(t), openDemo(t)} {
		res := d.get(t, "/")
		ids := map[string]bool{}
		for _, n := range res.parse(t) {
			ids[attr(n, "id")] = true
		}
		for _, n := range res.parse(t) {
			if anchor, ok := strings.CutPrefix(strings.TrimPrefix(attr(n, "href"), "/"), "#"); ok && n.Data == "a" && !ids[anchor] {
				t.Errorf("#%s is not on the page", anchor)
			}
		}
	}
}

func TestTheDemonstrationShowsItsHousesAndHowToEnter(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	if res := d.get(t, "/"); !strings.Contains(res.body, "smartagenda demo") || strings.Contains(res.body, "owner@") {
		t.Error("before it is seeded the page says how")
	}
	d.Tenant(t, "ecole-lingua")
	d.Tenant(t, "suspendu")
	d.suspend(t, "suspendu")
	d.Registry.Forget()
	body := d.get(t, "/").body
	for _, want := range []string{
		`href="http://ecole-lingua.smartagenda.test:8080/"`, `href="http://ecole-lingua.smartagenda.test:8080/agenda"`, "owner@ecole-lingua.test",
		"Maison ecole-lingua", demo.Password, `href="http://suspendu.smartagenda.test:8080/"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is not on the page", want)
		}
	}
	if strings.Contains(body, "cabinet-bellecour") {
		t.Error("a house that is not there is shown")
	}
	if body := open(t).get(t, "/").body; strings.Contains(body, demo.Password) || strings.Contains(body, "/dev/") || strings.Contains(body, "owner@") {
		t.Error("the demonstration shows outside it")
	}
}

func (d *desk) suspend(t testing.TB, slug string) {
	t.Helper()
	one, err := tenants.BySlug(t.Context(), d.Control, slug)
	if err != nil {
		t.Fatal(err)
	}
	d.Move(t, one, tenants.Suspended)
}

func TestSearchEnginesStayOutOfTheDemonstration(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		d      *desk
		robots string
		hidden bool
	}{{open(t), "User-agent: *\nAllow: /\n", false}, {openDemo(t), "User-agent: *\nDisallow: /\n", true}} {
		if got := c.d.get(t, "/robots.txt").body; got != c.robots {
			t.Errorf("%q, want %q", got, c.robots)
		}
		if hidden := strings.Contains(c.d.get(t, "/").body, "noindex"); hidden != c.hidden {
			t.Errorf("noindex: %v", hidden)
		}
	}
}

func TestThePolicyInForceIsShownAsText(t *testing.T) {
	t.Parallel()
	d := open(t)
	res := d.get(t, "/confidentialite")
	for _, want := range []string{`<h2 class="h2 pt"`, `<ul class="plain stack g2">`, "privacy@smartagenda.fr", "Version 1, en vigueur depuis le lundi 23 novembre 2026."} {
		if !strings.Contains(res.body, want) {
			t.Errorf("no %s", want)
		}
	}
	if n := strings.Count(res.body, "<h1"); n != 1 {
		t.Errorf("%d titles", n)
	}
	d.exec(t, `INSERT INTO control.policies (version, body, published_at) VALUES
		(2, E'# Titre\n\nVersion <script>alert(1)</script> [ici](javascript:alert(1)) [là](https://exemple.fr)\n\n#### Petit', '2026-11-24 23:30:00Z')`)
	res = d.get(t, "/confidentialite")
	if strings.Contains(res.body, "<script>alert") || strings.Contains(res.body, "javascript:") || !strings.Contains(res.body, "mercredi 25 novembre") ||
		!strings.Contains(res.body, `<a href="https://exemple.fr" class="a">`) {
		t.Error(res.body)
	}
}
