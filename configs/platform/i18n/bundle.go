// Package i18n holds every sentence the program says, in French first and
// English beside it, and writes dates, amounts and names as readers of those
// languages expect. It must not know who reads, nor which zone they live in:
// times arrive already in the right one.
package i18n

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"regexp"
	"slices"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// The languages of the program. French is the one chosen when in doubt.
const (
	French  = "fr"
	English = "en"
)

var (
	languages = []string{French, English}
	matcher   = language.NewMatcher([]language.Tag{language.French, language.English})
	variable  = regexp.MustCompile(`\{\{\.([A-Z]\w*)\}\}`)
	brace     = regexp.MustCompile(`\{\{|\}\}`)
)

// Bundle is the sentences of all rooms in all languages. It is safe for
// concurrent use once OnMissing is set.
type Bundle struct {
	// OnMissing hears of every sentence that could not be said as asked: an
	// unknown key, or a variable nobody gave. The default logs a warning;
	// tests put t.Error here.
	OnMissing func(lang, key, why string)

	texts map[string]*Text
}

// New reads fr.toml and en.toml of each room. It fails when a key is missing in
// one language or given by two rooms, when the languages disagree about a
// sentence's variables or plural, and when a template holds more than
// {{.Name}}.
func New(files ...fs.FS) (*Bundle, error) {
	source := goi18n.NewBundle(language.French)
	source.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	b := &Bundle{OnMissing: logMissing, texts: map[string]*Text{}}
	var wrong []error
	for _, lang := range languages {
		messages, err := load(lang, files)
		wrong = append(wrong, err)
		b.texts[lang] = newText(b, lang, messages)
	}
	wrong = append(wrong, compare(b.texts[French], b.texts[English]))
	for _, text := range b.texts {
		if err := source.AddMessages(language.Make(text.lang), slices.Collect(maps.Values(text.messages))...); err != nil {
			wrong = append(wrong, fmt.Errorf("i18n: %s: %w", text.lang, err))
		}
		text.localizer = goi18n.NewLocalizer(source, text.lang)
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	return b, nil
}

// In is the sentences of one language; an unknown one gives French.
func (b *Bundle) In(lang string) *Text {
	if t, ok := b.texts[lang]; ok {
		return t
	}
	return b.texts[French]
}

// Match chooses a language from an Accept-Language header (RFC 9110, 12.5.4).
func Match(acceptLanguage string) string {
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return French
	}
	_, i, _ := matcher.Match(tags...)
	return languages[i]
}

func logMissing(lang, key, why string) {
	slog.Warn("i18n: sentence not said as asked", "lang", lang, "key", key, "why", why)
}

// load reads one language of every room.
func load(lang string, files []fs.FS) (map[string]*goi18n.Message, error) {
	all := map[string]*goi18n.Message{}
	var wrong []error
	for i, room := range files {
		content, err := fs.ReadFile(room, lang+".toml")
		if err != nil {
			wrong = append(wrong, fmt.Errorf("i18n: room %d: %w", i, err))
			continue
		}
		file, err := goi18n.ParseMessageFileBytes(content, lang+".toml", map[string]goi18n.UnmarshalFunc{"toml": toml.Unmarshal})
		if err != nil {
			wrong = append(wrong, fmt.Errorf("i18n: room %d, %s.toml: %w", i, lang, err))
			continue
		}
		for _, m := range file.Messages {
			if all[m.ID] != nil {
				wrong = append(wrong, fmt.Errorf("i18n: %s: %s is given by two rooms", lang, m.ID))
			}
			all[m.ID] = m
		}
	}
	return all, errors.Join(wrong...)
}

// compare holds the two languages against each other.
func compare(fr, en *Text) error {
	keys := maps.Clone(fr.messages)
	maps.Copy(keys, en.messages)
	var wrong []error
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, b := fr.messages[key], en.messages[key]
		switch {
		case a == nil || a.Other == "":
			wrong = append(wrong, fmt.Errorf("i18n: %s is missing in French", key))
		case b == nil || b.Other == "":
			wrong = append(wrong, fmt.Errorf("i18n: %s is missing in English", key))
		case (a.One == "") != (b.One == ""):
			wrong = append(wrong, fmt.Errorf("i18n: %s is a plural in one language only", key))
		case !slices.Equal(fr.variables[key], en.variables[key]):
			wrong = append(wrong, fmt.Errorf("i18n: %s takes %v in French and %v in English", key, fr.variables[key], en.variables[key]))
		case brace.MatchString(variable.ReplaceAllString(a.One+a.Many+a.Other+b.One+b.Other, "")):
			wrong = append(wrong, fmt.Errorf("i18n: %s holds more than {{.Name}}", key))
		}
	}
	return errors.Join(wrong...)
}
