package messages

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func letter() Letter {
	return Letter{
		Lang: "fr", House: "Cabinet <Bellecour>", Brand: "#23508f", Subject: "Votre rendez-vous", Preheader: "Cabinet Bellecour.",
		Heading: "C’est noté, Camille.", Lead: "Votre rendez-vous est confirmé.",
		When:   &When{Weekday: "mardi", Day: "24", Month: "nov.", Line: "mardi 24 novembre 2026 à 10h20", Details: []string{"Consultation, 20 min", "Dr Hélène Marchand"}},
		Facts:  []Fact{{"Où", "12 rue de la République, 69002 Lyon"}},
		Action: &Action{"Voir ou annuler", "https://cabinet.smartagenda.fr/m/abc"}, After: "Annulation possible jusqu’à lundi.",
		Small: []string{"Envoyé pour le Cabinet. Vos données : https://cabinet.smartagenda.fr/confidentialite"},
	}
}

// shown is the text of a page, as a reader sees it.
func shown(t *testing.T, source string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "title" {
			b.WriteString(n.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestBothBodiesOfALetterSayTheSame(t *testing.T) {
	t.Parallel()
	text, page, err := letter().render()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"C’est noté, Camille.", "Votre rendez-vous est confirmé.", "Mardi 24 novembre 2026 à 10h20", "Consultation, 20 min", "Dr Hélène Marchand", "Où",
		"12 rue de la République, 69002 Lyon", "Voir ou annuler", "Annulation possible jusqu’à lundi.", "cabinet.smartagenda.fr/confidentialite",
	} {
		if !strings.Contains(text, want) || !strings.Contains(shown(t, page), want) {
			t.Errorf("%q is missing in\n%s\n%s", want, text, shown(t, page))
		}
	}
	if !strings.Contains(text, "https://cabinet.smartagenda.fr/m/abc") || !strings.Contains(page, `href="https://cabinet.smartagenda.fr/m/abc"`) {
		t.Error("the link is missing")
	}
	if !strings.Contains(page, `href="https://cabinet.smartagenda.fr/confidentialite"`) || strings.Contains(page, "<Bellecour>") {
		t.Error(page)
	}
	for _, never := range []string{"<img", "<script", "<link", "http://", "url(", "@import"} {
		if strings.Contains(page, never) {
			t.Errorf("%s is in the mail", never)
		}
	}
}

func TestAPartThatIsMissingLeavesNoHole(t *testing.T) {
	t.Parallel()
	l := letter()
	l.When, l.Facts, l.Action, l.After = nil, nil, nil, ""
	text, page, err := l.render()
	if err != nil || strings.Contains(text, "\n\n\n") || strings.Contains(page, "<p style=\"margin:0\"></p>") || strings.Contains(page, "<a href=\"https://cabinet.smartagenda.fr/m") {
		t.Errorf("%v\n%s\n%s", err, text, page)
	}
}

func TestWhatDoesNotTakePlaceIsStruckThrough(t *testing.T) {
	t.Parallel()
	l := letter()
	l.When.Gone = true
	_, page, err := l.render()
	if err != nil || !strings.Contains(page, "line-through") {
		t.Errorf("%v %s", err, page)
	}
	if _, page, _ := letter().render(); strings.Contains(page, "line-through") {
		t.Error("so is what does")
	}
}

func TestTheColourOfTheHouseStaysReadable(t *testing.T) {
	t.Parallel()
	for brand, want := range map[string]shades{
		"#23508f": {"#23508f", "#ffffff", "#e9eef4", "#23508f"}, "#e8a0a8": {"#e8a0a8", "#09161a", "#fdf6f7", "#102125"},
	} {
		l := letter()
		l.Brand = brand
		_, page, err := l.render()
		if err != nil {
			t.Fatal(err)
		}
		if got := newShades(want.Ground, want.Ink); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		for _, style := range []string{"background-color:" + want.Ground + ";color:" + want.Ink, "background-color:" + want.Soft, "color:" + want.Text + ";font-size:34px"} {
			if !strings.Contains(page, style) {
				t.Errorf("%s: no %s", brand, style)
			}
		}
	}
	l := letter()
	l.Brand = "red;background:url(x)"
	if _, _, err := l.render(); err == nil {
		t.Error("what is no colour is not written into a style")
	}
}

func TestAddressesInALineAreFound(t *testing.T) {
	t.Parallel()
	for line, links := range map[string][]string{
		"": nil, "rien": nil, "https://a.fr/x": {"https://a.fr/x"}, "Voir http://a.fr puis https://b.fr/ fin": {"http://a.fr", "https://b.fr/"}, "ftp://a.fr": nil,
	} {
		var found []string
		whole := ""
		for _, p := range pieces(line) {
			whole += p.Text
			if p.Link {
				found = append(found, p.Text)
			}
		}
		if strings.Join(found, " ") != strings.Join(links, " ") || whole != line {
			t.Errorf("%q: %q, %q", line, found, whole)
		}
	}
}
