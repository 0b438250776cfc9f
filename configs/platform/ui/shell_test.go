package ui

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

func TestPagesHaveOneMainThatTheSkipLinkLeadsTo(t *testing.T) {
	t.Parallel()
	for name, c := range pages() {
		if name == "Calendar" {
			continue // a part
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := rendered(t, c)
			if !strings.HasPrefix(strings.ToLower(out), "<!doctype html><html lang=\"fr\"") {
				t.Errorf("starts with %.60q", out)
			}
			wants(t, find(t, c, "a", ""), "class", "skip a", "href", "#main")
			if find(t, c, "main", "main"); strings.Count(out, "<main") != 1 {
				t.Error("not one main")
			}
			if !strings.Contains(out, `<meta name="robots" content="noindex">`) || !strings.Contains(out, "<title>Titre</title>") {
				t.Error("the head lost its title or its robots")
			}
		})
	}
}

// loads lists what a page fetches, by the names of assets.
func loads(t *testing.T, c templ.Component) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(rendered(t, c)))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range elements(root) {
		at, _ := attr(n, "href")
		if rel, _ := attr(n, "rel"); n.Data == "script" {
			if _, ok := attr(n, "defer"); !ok {
				t.Error("a script holds the page up")
			}
			at, _ = attr(n, "src")
		} else if rel != "stylesheet" {
			continue
		}
		if _, ok := Assets.Open(at); !ok && at != "/theme.css" {
			t.Errorf("%s is not served", at)
		}
		all = append(all, at[strings.LastIndex(at, "/")+1:])
	}
	return strings.Join(all, " ")
}

func TestPagesFetchWhatTheirReadersNeed(t *testing.T) {
	t.Parallel()
	all := pages()
	for name, want := range map[string]string{
		"SitePage":        "site.css theme.css site.js",
		"BarePage":        "site.css theme.css",
		"WWWPage":         "www.css theme.css site.js",
		"EnterPage":       "office.css theme.css site.js office.js",
		"OfficePage":      "office.css theme.css htmx.js site.js office.js",
		"ConsolePage":     "office.css theme.css htmx.js site.js office.js",
		"OfficePage/desk": "event-calendar.css office.css theme.css htmx.js site.js office.js event-calendar.js calendar.js",
	} {
		if got := loads(t, all[name]); got != want {
			t.Errorf("%s fetches %s, want %s", name, got, want)
		}
	}
	more := SitePage{Doc: Doc{Lang: "fr", Scripts: []string{"htmx.js", "site.js"}}}
	if got := loads(t, more); got != "site.css site.js htmx.js" {
		t.Errorf("a page with more scripts fetches %s", got)
	}
}

func TestHtmxIsConfiguredWhereItIsFetched(t *testing.T) {
	t.Parallel()
	for name, c := range pages() {
		out := rendered(t, c)
		if strings.Contains(out, "htmx-config") != strings.Contains(out, "/htmx.js") {
			t.Errorf("%s: the configuration and the script do not go together", name)
		}
	}
	var config struct {
		IncludeIndicatorStyles, AllowEval, SelfRequestsOnly *bool
		HistoryCacheSize                                    *int
		ResponseHandling                                    []struct {
			Code        string
			Swap, Error bool
		}
	}
	if err := json.Unmarshal([]byte(htmxConfig), &config); err != nil {
		t.Fatal(err)
	}
	if *config.IncludeIndicatorStyles || *config.AllowEval || !*config.SelfRequestsOnly || *config.HistoryCacheSize != 0 {
		t.Errorf("htmx is let loose: %s", htmxConfig)
	}
	for _, r := range config.ResponseHandling {
		if r.Code == "422" && (!r.Swap || r.Error) {
			t.Error("a form that is refused does not come back")
		}
	}
}

func TestThemeIsOneOfThree(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"": "auto", "auto": "auto", "light": "light", "dark": "dark", `x" onload="y`: "auto"} {
		wants(t, find(t, OfficePage{Theme: given}, "html", ""), "data-theme", want)
		wants(t, find(t, ConsolePage{Theme: given}, "html", ""), "data-theme", want)
	}
	wants(t, find(t, SitePage{}, "html", ""), "data-theme", "-") // the brand's, not ours
	wants(t, find(t, WWWPage{}, "html", ""), "data-theme", "light")
}

func TestConsoleLooksLikeNoOffice(t *testing.T) {
	t.Parallel()
	wants(t, find(t, OfficePage{}, "body", ""), "class", "office")
	wants(t, find(t, ConsolePage{}, "body", ""), "class", "console")
}

func TestMastShowsLettersUnlessPlain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mast Mast
		want string
	}{
		{Mast{Name: "Cabinet Bellecour"}, "CB Cabinet Bellecour"},
		{Mast{Name: "Cabinet Bellecour", Mono: "B"}, "B Cabinet Bellecour"},
		{Mast{Name: "SmartAgenda", Plain: true}, "SmartAgenda"},
	} {
		if got := text(find(t, SitePage{Mast: c.mast}, "header", "")); got != c.want {
			t.Errorf("%+v shows %q, want %q", c.mast, got, c.want)
		}
	}
}

func TestCalendarTellsItsScriptEverything(t *testing.T) {
	t.Parallel()
	box := find(t, holding(grid(), templ.Raw("Sans script.")), "div", "calendar")
	wants(t, box, "data-href", "/agenda", "data-feed", "/agenda/events", "data-new", "/agenda/new", "data-view", "week", "data-date", "2026-11-23",
		"data-zone", "Europe/Paris", "data-opened", "e1", "data-from", "08:00", "data-to", "19:00", "data-hidden", "[0]", "data-icons", Assets.Path("icons.svg"), "data-label", "Rendez-vous")
	value, _ := attr(box, "data-resources")
	var resources []Resource
	if err := json.Unmarshal([]byte(value), &resources); err != nil || len(resources) != 2 || resources[1].Title != `"B" <b>` {
		t.Errorf("resources: %q, %v", value, err)
	}
	if text(box) != "Sans script." {
		t.Errorf("without a script it says %q", text(box))
	}
	wants(t, find(t, Calendar{}, "div", "calendar"), "data-resources", "[]", "data-hidden", "[]")
}

func TestEveryDataOfTheCalendarIsRead(t *testing.T) {
	t.Parallel()
	script, _ := Assets.Open(Assets.Path("calendar.js"))
	for _, a := range find(t, grid(), "div", "calendar").Attr {
		name, ok := strings.CutPrefix(a.Key, "data-")
		if ok && !strings.Contains(string(script.Body), "data."+name) {
			t.Errorf("calendar.js does not read %s", a.Key)
		}
	}
}

func TestToastJoinsThoseOfThePage(t *testing.T) {
	t.Parallel()
	if out := rendered(t, Toast{Text: "Fait.", Close: "Fermer", Added: true}); !strings.HasPrefix(out, `<div hx-swap-oob="beforeend:#toasts">`) {
		t.Error(out)
	}
	wants(t, find(t, OfficePage{Chrome: Chrome{Offline: "coupée"}}, "div", "toasts"), "role", "status", "data-offline", "coupée")
}

func TestDialogLinksKeepTheirPage(t *testing.T) {
	t.Parallel()
	b := Button{Href: "/annuler", Label: "Annuler", Attrs: InDialog("/annuler")}
	wants(t, find(t, b, "a", ""), "href", "/annuler", "hx-get", "/annuler", "hx-target", "#dialog")
	wants(t, find(t, Button{Label: "x", Attrs: Opens("d")}, "button", ""), "data-open", "d")
	if Asks("d")["data-asks"] != "d" {
		t.Error("a form that asks does not name its dialog")
	}
}
