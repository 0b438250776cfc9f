package ui

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// titles stand before a name and are not part of it.
var titles = map[string]bool{
	"dr": true, "pr": true, "m": true, "mme": true, "mlle": true, "me": true,
	"mr": true, "mrs": true, "ms": true, "prof": true,
}

// Initials are the one or two capitals that stand for a name: of the first and
// last words that carry a capital, or the two first letters of a lone word.
// "Dr Hélène Marchand" gives HM, "Cabinet de l’Ill" CI, "Inès" IN.
func Initials(name string) string {
	words := significant(strings.Fields(norm.NFC.String(name)))
	switch len(words) {
	case 0:
		return ""
	case 1:
		return strings.ToUpper(string(words[0][:min(2, len(words[0]))]))
	}
	first, last := words[0], words[len(words)-1]
	return strings.ToUpper(string([]rune{first[0], last[0]}))
}

// significant keeps the letters of the words that name: no titles, and no
// particles such as "de" or "l’" when any other word is left.
func significant(words []string) [][]rune {
	var all, names [][]rune
	for i, word := range words {
		if i < len(words)-1 && titles[strings.ToLower(strings.TrimSuffix(word, "."))] {
			continue
		}
		letters := []rune(strings.TrimFunc(afterElision(word), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}))
		if len(letters) == 0 {
			continue
		}
		all = append(all, letters)
		if !unicode.IsLower(letters[0]) {
			names = append(names, letters)
		}
	}
	if len(names) > 0 {
		return names
	}
	return all
}

// afterElision is what follows the apostrophe of "l’Ill" or "d’Arc".
func afterElision(word string) string {
	if i := strings.LastIndexAny(word, "’'"); i >= 0 && i <= 2 {
		return strings.TrimLeft(word[i:], "’'")
	}
	return word
}
