package i18n

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// letters are those that Unicode does not decompose.
var letters = map[rune]string{
	'œ': "oe", 'æ': "ae", 'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'ı': "i", 'þ': "th",
	'\'': " ", '’': " ", '‘': " ", 'ʼ': " ", '`': " ",
	'-': " ", '‐': " ", '‑': " ", '‒': " ", '–': " ", '—': " ",
}

// Fold is what a name is searched by: lower case, no accents, œ as oe,
// apostrophes and hyphens as spaces, single spaces. Folding twice changes
// nothing more, so both the stored key and the question are folded.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(norm.NFKD.String(s))) {
		switch plain, special := letters[r]; {
		case special:
			b.WriteString(plain)
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// collators are kept because building one costs more than using it, and one
// cannot be shared by goroutines.
var collators = sync.Pool{New: func() any { return collate.New(language.French, collate.IgnoreCase) }}

// SortKey orders names as a French directory does, when compared byte by byte:
// accents count only between names that are otherwise the same, case never.
func SortKey(s string) []byte {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	return c.KeyFromString(new(collate.Buffer), s)
}
