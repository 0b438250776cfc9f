package i18n

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

func room(fr, en string) fstest.MapFS {
	return fstest.MapFS{"fr.toml": {Data: []byte(fr)}, "en.toml": {Data: []byte(en)}}
}

func sentences(t *testing.T) *Bundle {
	t.Helper()
	b, err := New(room(`
[greet]
hello = "Bonjour"
named = "Bonjour {{.Name}}, à {{.Hour}}"
[greet.seats]
one = "{{.Count}} place à {{.Place}}"
other = "{{.Count}} places à {{.Place}}"
`, `
[greet]
hello = "Hello"
named = "Hello {{.Name}}, at {{.Hour}}"
[greet.seats]
one = "{{.Count}} seat in {{.Place}}"
other = "{{.Count}} seats in {{.Place}}"
`), room(`"other.bye" = "Au revoir"`, `"other.bye" = "Goodbye"`))
	if err != nil {
		t.Fatal(err)
	}
	b.OnMissing = func(lang, key, why string) { t.Errorf("missing %s %s: %s", lang, key, why) }
	return b
}

func TestSentenceIsSaidInEachLanguage(t *testing.T) {
	t.Parallel()
	b := sentences(t)
	for _, c := range []struct {
		lang, key string
		pairs     []any
		want      string
	}{
		{"fr", "greet.hello", nil, "Bonjour"},
		{"en", "greet.hello", nil, "Hello"},
		{"de", "greet.hello", nil, "Bonjour"},
		{"en", "other.bye", []any{"Unused", 1}, "Goodbye"},
		{"fr", "greet.named", []any{"Name", "Zoé <b>", "Hour", "9h"}, "Bonjour Zoé <b>, à 9h"},
		{"fr", "greet.seats", []any{"Count", 0, "Place", "Lyon"}, "0 place à Lyon"},
		{"fr", "greet.seats", []any{"Count", 1, "Place", "Lyon"}, "1 place à Lyon"},
		{"fr", "greet.seats", []any{"Count", int64(1425), "Place", "Lyon"}, "1\u00a0425 places à Lyon"},
		{"fr", "greet.seats", []any{"Count", 1_000_000, "Place", "Lyon"}, "1\u00a0000\u00a0000 places à Lyon"},
		{"en", "greet.seats", []any{"Count", 0, "Place", "Lyon"}, "0 seats in Lyon"},
		{"en", "greet.seats", []any{"Count", int32(1), "Place", "Lyon"}, "1 seat in Lyon"},
	} {
		if got := b.In(c.lang).T(c.key, c.pairs...); got != c.want {
			t.Errorf("%s %s %v = %q, want %q", c.lang, c.key, c.pairs, got, c.want)
		}
	}
	if got := b.In("en").Lang(); got != "en" {
		t.Errorf("Lang = %q", got)
	}
}

func TestCallersArgumentsAreNotChanged(t *testing.T) {
	t.Parallel()
	args := map[string]any{"Count": 1425, "Place": "Lyon"}
	sentences(t).In("fr").Fill("greet.seats", args)
	if args["Count"] != 1425 {
		t.Errorf("Count became %v", args["Count"])
	}
}

func TestSentenceThatCannotBeSaidIsReported(t *testing.T) {
	t.Parallel()
	b := sentences(t)
	var heard []string
	b.OnMissing = func(lang, key, why string) { heard = append(heard, lang+" "+key+" "+why) }
	if got := b.In("fr").T("greet.nobody"); got != "greet.nobody" {
		t.Errorf("unknown key gave %q", got)
	}
	b.In("en").T("greet.named", "Name", "Zoé")
	b.In("en").T("greet.seats", "Place", "Lyon")
	want := []string{"fr greet.nobody no such key", "en greet.named no value for Hour", "en greet.seats no value for Count"}
	if strings.Join(heard, "\n") != strings.Join(want, "\n") {
		t.Errorf("heard %q, want %q", heard, want)
	}
}

func TestFilesThatDisagreeAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		rooms      []fstest.MapFS
	}{
		{"key missing in English", "a.b is missing in English", []fstest.MapFS{room("\"a.b\" = \"x\"\n\"a.c\" = \"y\"", `"a.c" = "y"`)}},
		{"key missing in French", "a.b is missing in French", []fstest.MapFS{room(`"a.c" = "y"`, "\"a.b\" = \"x\"\n\"a.c\" = \"y\"")}},
		{"key empty", "a.b is missing in English", []fstest.MapFS{room(`"a.b" = "x"`, `"a.b" = ""`)}},
		{"key in two rooms", "a.b is given by two rooms", []fstest.MapFS{room(`"a.b" = "x"`, `"a.b" = "x"`), room(`"a.b" = "x"`, `"a.b" = "x"`)}},
		{"other variables", "a.b takes [Nom] in French and [Name] in English", []fstest.MapFS{room(`"a.b" = "{{.Nom}}"`, `"a.b" = "{{.Name}}"`)}},
		{"plural in one language", "plural in one language only", []fstest.MapFS{room("[a.b]\none = \"{{.Count}}\"\nother = \"{{.Count}}\"", `"a.b" = "{{.Count}}"`)}},
		{"template with logic", "holds more than", []fstest.MapFS{room(`"a.b" = "{{if .X}}x{{end}}"`, `"a.b" = "x"`)}},
		{"template unclosed", "holds more than", []fstest.MapFS{room(`"a.b" = "{{.X"`, `"a.b" = "x"`)}},
		{"no English file", "en.toml", []fstest.MapFS{{"fr.toml": {Data: []byte(`"a.b" = "x"`)}}}},
		{"not TOML", "fr.toml", []fstest.MapFS{room(`a = `, `"a.b" = "x"`)}},
		{"key twice in a file", "fr.toml", []fstest.MapFS{room("\"a.b\" = \"x\"\n\"a.b\" = \"y\"", `"a.b" = "x"`)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var err error
			if len(c.rooms) == 2 {
				_, err = New(c.rooms[0], c.rooms[1])
			} else {
				_, err = New(c.rooms[0])
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestTextServesManyReadersAtOnce(t *testing.T) {
	t.Parallel()
	b := sentences(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for n := range 50 {
				if got := b.In("en").T("greet.seats", "Count", n+2, "Place", "X"); !strings.HasSuffix(got, " seats in X") {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	group.Wait()
}

func TestLanguageIsNegotiated(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"":                                "fr",
		"fr-FR,fr;q=0.9,en;q=0.8":         "fr",
		"en-GB,en;q=0.9,fr;q=0.8":         "en",
		"de-DE,en;q=0.5":                  "en",
		"de":                              "fr",
		"*":                               "fr",
		"not a header;;;q=":               "fr",
		"fr;q=0.2, en-US;q=0.9":           "en",
		strings.Repeat("xx-YY-zz,", 5000): "fr",
	} {
		if got := Match(header); got != want {
			t.Errorf("Match(%.40q) = %q, want %q", header, got, want)
		}
	}
}

func FuzzMatchKnowsTwoLanguages(f *testing.F) {
	f.Add("en-GB;q=0.8, de")
	f.Fuzz(func(t *testing.T, header string) {
		if got := Match(header); got != French && got != English {
			t.Errorf("Match(%q) = %q", header, got)
		}
	})
}

func BenchmarkPlainSentence(b *testing.B) {
	bundle, err := New(room(`"a.b" = "x"`, `"a.b" = "y"`))
	if err != nil {
		b.Fatal(err)
	}
	text := bundle.In("fr")
	b.ReportAllocs()
	for b.Loop() {
		text.T("a.b")
	}
}
