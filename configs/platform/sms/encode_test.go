package sms

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestTextIsWrittenInTheGSMAlphabet(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"déjà à l'été, où ça":             "déjà à l'été, où ca",
		"Rendez-vous à 14h30 : l’hôpital": "Rendez-vous à 14h30 : l'hopital",
		"cœur Œuvre ÇA ça":                "coeur OEuvre ÇA ca",
		"«\u00a0Être\u00a0» « là »":       `"Etre" "là"`,
		"“a” „b” ‘c’":                     `"a" "b" 'c'`,
		"attendez…":                       "attendez...",
		"lundi\u00a0– mardi — mercredi":   "lundi - mardi - mercredi",
		"n°\u202f12, 3ᵉ étage, m²":        "no 12, 3e étage, m2",
		"45,00\u00a0€ [x] {y} ^~\\|":      "45,00 € [x] {y} ^~\\|",
		"½ → ok":                          "1/2 -> ok",
		"e\u0301te\u0301":                 "été",
		"Łukasz Nguyễn İbrahim":           "Lukasz Nguyen Ibrahim",
		"a\r\nb\tc":                       "a\nb c",
		"":                                "",
	} {
		got, _, ucs2 := Encode(in)
		if got != want || ucs2 {
			t.Errorf("Encode(%q) = %q, UCS-2 %v, want %q", in, got, ucs2, want)
		}
	}
}

func TestWhatGSMCannotWriteIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Bonjour 🙂 l’été", "Здравствуйте", "你好", "“a” ‟b"} {
		if got, _, ucs2 := Encode(text); got != text || !ucs2 {
			t.Errorf("Encode(%q) = %q, UCS-2 %v", text, got, ucs2)
		}
	}
}

func TestPartsAreCountedAsTheNetworkDoes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		parts      int
		ucs2       bool
	}{
		{"nothing", "", 0, false},
		{"one letter", "a", 1, false},
		{"160 septets", strings.Repeat("a", 160), 1, false},
		{"161 septets", strings.Repeat("a", 161), 2, false},
		{"160 septets of é", strings.Repeat("é", 160), 1, false},
		{"two parts filled", strings.Repeat("a", 306), 2, false},
		{"three parts", strings.Repeat("a", 307), 3, false},
		{"80 euros are 160 septets", strings.Repeat("€", 80), 1, false},
		{"81 euros", strings.Repeat("€", 81), 2, false},
		{"a part holds 76 whole euros, not 76 and a half", strings.Repeat("€", 153), 3, false},
		{"70 units", strings.Repeat("я", 70), 1, true},
		{"71 units", strings.Repeat("я", 71), 2, true},
		{"two parts of 67", strings.Repeat("я", 134), 2, true},
		{"135 units", strings.Repeat("я", 135), 3, true},
		{"35 faces are 70 units", strings.Repeat("🙂", 35), 1, true},
		{"a part holds 33 whole faces", strings.Repeat("🙂", 67), 3, true},
	} {
		if _, parts, ucs2 := Encode(c.text); parts != c.parts || ucs2 != c.ucs2 {
			t.Errorf("%s: %d parts, UCS-2 %v, want %d, %v", c.name, parts, ucs2, c.parts, c.ucs2)
		}
	}
}

func TestEncodingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		checkEncode(t, rapid.String().Draw(t, "text"))
	})
}

func FuzzEncode(f *testing.F) {
	f.Add("« Être » à l’hôpital… 45 €")
	f.Add("🙂\u0300")
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			checkEncode(t, text)
		}
	})
}

type failer interface{ Errorf(string, ...any) }

func checkEncode(t failer, text string) {
	once, parts, ucs2 := Encode(text)
	twice, again, same := Encode(once)
	if twice != once || again != parts || same != ucs2 {
		t.Errorf("Encode(%q) = %q, %d, %v, again %q, %d, %v", text, once, parts, ucs2, twice, again, same)
	}
	for _, r := range once {
		if !ucs2 && !strings.ContainsRune(basic+extended, r) {
			t.Errorf("Encode(%q) = %q holds %q", text, once, r)
		}
	}
	if length := utf8.RuneCountInString(once); length > parts*gsmAlone {
		t.Errorf("Encode(%q): %d characters in %d parts", text, length, parts)
	}
}
