package ui

import (
	"strings"
	"testing"
)

func TestMarkdownWearsOurClasses(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"# Titre\n\ntexte":            "<p>texte</p>",
		"texte\n\n# Titre":            `<p>texte</p><h1 class="h1">Titre</h1>`,
		"## A\n\n### B\n\n###### C":   `<h2 class="h2 pt">A</h2><h3 class="h3">B</h3><h6 class="b">C</h6>`,
		"- a\n- **b**":                `<ul class="plain stack g2"><li>a</li><li><strong>b</strong></li></ul>`,
		"[ici](/la)":                  `<p><a href="/la" class="a">ici</a></p>`,
		"<https://exemple.fr>":        `<p><a href="https://exemple.fr" class="a">https://exemple.fr</a></p>`,
		"[x](javascript:alert(1))":    `<p><a href="" class="a">x</a></p>`,
		"<b onclick=alert(1)>x</b>":   "<p><!-- raw HTML omitted -->x<!-- raw HTML omitted --></p>",
		"<script>alert(1)</script>\n": "<!-- raw HTML omitted -->",
		"a & b < c":                   "<p>a &amp; b &lt; c</p>",
	} {
		page, err := Prose(source)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := page.Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(b.String(), "\n", ""); got != want {
			t.Errorf("%q becomes\n%s, want\n%s", source, got, want)
		}
	}
}
