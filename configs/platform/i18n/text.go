package i18n

import (
	"maps"
	"slices"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"

	"smartagenda/configs/platform/fault"
)

// Text speaks one language. It is safe for concurrent use.
type Text struct {
	lang      string
	bundle    *Bundle
	plain     map[string]string // sentences without variables: the fast path
	messages  map[string]*goi18n.Message
	variables map[string][]string // sorted
	localizer *goi18n.Localizer
}

func newText(b *Bundle, lang string, messages map[string]*goi18n.Message) *Text {
	t := &Text{lang: lang, bundle: b, plain: map[string]string{}, messages: messages, variables: map[string][]string{}}
	for key, m := range messages {
		names := map[string]bool{}
		for _, found := range variable.FindAllStringSubmatch(m.One+m.Many+m.Other, -1) {
			names[found[1]] = true
		}
		if m.One != "" {
			names["Count"] = true
			if m.Many == "" {
				m.Many = m.Other // French has a form for whole millions
			}
		}
		t.variables[key] = slices.Sorted(maps.Keys(names))
		if len(names) == 0 {
			t.plain[key] = m.Other
		}
	}
	return t
}

// Lang is "fr" or "en".
func (t *Text) Lang() string { return t.lang }

// T is the sentence of key, filled with name, value pairs. The pair "Count",
// a whole number, chooses the plural and is written with grouped digits. A key
// nobody wrote comes back as it is, and OnMissing hears of it.
func (t *Text) T(key string, pairs ...any) string { return t.Fill(key, fault.Args(pairs...)) }

// Fill is T for arguments that are a map already, as a fault carries them.
func (t *Text) Fill(key string, args map[string]any) string {
	if s, ok := t.plain[key]; ok {
		return s
	}
	if t.messages[key] == nil {
		t.bundle.OnMissing(t.lang, key, "no such key")
		return key
	}
	for _, name := range t.variables[key] {
		if _, ok := args[name]; !ok {
			t.bundle.OnMissing(t.lang, key, "no value for "+name)
		}
	}
	config := &goi18n.LocalizeConfig{MessageID: key, TemplateData: args}
	if n, ok := whole(args["Count"]); ok {
		data := maps.Clone(args)
		data["Count"] = t.Number(n)
		config.TemplateData, config.PluralCount = data, n
	}
	s, err := t.localizer.Localize(config)
	if err != nil {
		t.bundle.OnMissing(t.lang, key, err.Error())
		return key
	}
	return s
}

func whole(v any) (int64, bool) {
	switch n := v.(type) {
	case int:
		return int64(n), true
	case int32:
		return int64(n), true
	case int64:
		return n, true
	}
	return 0, false
}
