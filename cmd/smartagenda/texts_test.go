package main

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"smartagenda/configs/platform/i18n"
)

func TestEverySentenceIsThereInBothLanguages(t *testing.T) {
	t.Parallel()
	if _, err := i18n.New(texts()...); err != nil {
		t.Error(err)
	}
}

// French typography: a no-break space before double signs and inside guillemets,
// the curved apostrophe, no exclamation, no « veuillez ».
func TestFrenchIsWrittenAsFrench(t *testing.T) {
	t.Parallel()
	wrong := map[string]*regexp.Regexp{
		"an ordinary space before a double sign": regexp.MustCompile(`[^\x{00a0}\x{202f}"][;?!»](\s|"|$)|[^\x{00a0}\x{202f}0-9a-zA-Z/.}" ]:\s| [:;?!»€%]`),
		"an ordinary space after «":              regexp.MustCompile(`« |«[^\x{00a0}\x{202f}]`),
		"a straight apostrophe":                  regexp.MustCompile(`\pL'\pL`),
		"an exclamation":                         regexp.MustCompile(`!`),
		"« veuillez »":                           regexp.MustCompile(`(?i)veuillez`),
		"three dots":                             regexp.MustCompile(`\.\.\.`),
	}
	for _, room := range texts() {
		body, err := fs.ReadFile(room, "fr.toml")
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(body), "\n") {
			key, sentence, found := strings.Cut(line, " = ")
			if !found || strings.HasPrefix(line, "#") {
				continue
			}
			for what, pattern := range wrong {
				if pattern.MatchString(sentence) {
					t.Errorf("%s: %s: %s", strings.TrimSpace(key), what, sentence)
				}
			}
		}
	}
}
