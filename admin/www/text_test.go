package www

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestATextKeepsItsParagraphsAndLines(t *testing.T) {
	t.Parallel()
	var got [][]string
	for _, lines := range paragraphs("Bonjour,\r\n\r\nun\r\ndeux\n\n\n-- \nfin\n") {
		var p []string
		for _, line := range lines {
			whole := ""
			for _, x := range line {
				whole += x.text
			}
			p = append(p, whole)
		}
		got = append(got, p)
	}
	want := [][]string{{"Bonjour,"}, {"un", "deux"}, {"-- ", "fin"}}
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("%q, want %q", got, want)
	}
}

// What is caught may say anything; a link must never do more than lead to a page.
func FuzzOnlyPagesBecomeLinks(f *testing.F) {
	for _, line := range []string{"", "Voir https://a.fr/m/x.", "(http://a.fr)", "javascript:alert(1)", "https://", "https:///x", "HTTPS://A.FR", "data:text/html,x", "http://[::1", "a https://b.fr,c d"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		whole := ""
		for _, p := range pieces(line) {
			whole += p.text
			if !p.link {
				continue
			}
			if u, err := url.Parse(p.text); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Contains(p.text, " ") {
				t.Errorf("%q makes the link %q", line, p.text)
			}
		}
		if whole != line {
			t.Errorf("%q became %q", line, whole)
		}
	})
}

func TestAddressesAreLinksWithoutWhatFollowsThem(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"Voir https://a.fr/m/x.": "https://a.fr/m/x", "http://a.fr, puis": "http://a.fr", "rien": "", "javascript:alert(1)": "", "HTTPS://A.FR": "HTTPS://A.FR",
	} {
		got := ""
		for _, p := range pieces(line) {
			if p.link {
				got += p.text
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
