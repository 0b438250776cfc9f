package sms

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// The GSM 7-bit alphabet and its extension table (3GPP TS 23.038, 6.2.1).
const (
	basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	extended = "^{}\\[~]|€" // each takes two septets
)

// The room in a message alone, and in each part of a longer one, whose header
// takes the rest.
const (
	gsmAlone, gsmPart = 160, 153 // septets
	ucsAlone, ucsPart = 70, 67   // UTF-16 units
)

// plain writes French typography with the signs that GSM has. Quotation marks
// lose the space inside them.
var plain = strings.NewReplacer(
	"«\u00a0", `"`, "« ", `"`, "«\u202f", `"`, "«", `"`, "\u00a0»", `"`, " »", `"`, "\u202f»", `"`, "»", `"`,
	"“", `"`, "”", `"`, "„", `"`, "’", "'", "‘", "'", "ʼ", "'", "`", "'", "´", "'",
	"–", "-", "—", "-", "‐", "-", "‑", "-", "−", "-", "•", "-", "·", "-", "→", "->", "×", "x",
	"œ", "oe", "Œ", "OE", "ł", "l", "Ł", "L", "đ", "d", "Đ", "D", "ı", "i", "°", "o", "⁄", "/", "\t", " ", "\r\n", "\n",
)

// Encode writes text for the air: in the GSM alphabet, with the nearest letters
// where it lacks some (ê, ç, œ, ’), or, when a character has none, as it was in
// UCS-2. parts is what it costs, 0 for no text. Encoding twice changes nothing.
func Encode(text string) (encoded string, parts int, ucs2 bool) {
	text = norm.NFC.String(text)
	if gsm, ok := transliterate(text); ok {
		return gsm, count(gsm, septets, gsmAlone, gsmPart), false
	}
	return text, count(text, units, ucsAlone, ucsPart), true
}

func transliterate(text string) (string, bool) {
	var b strings.Builder
	for _, r := range plain.Replace(text) {
		if septets(r) > 0 {
			b.WriteRune(r)
			continue
		}
		for _, simple := range plain.Replace(norm.NFKD.String(string(r))) {
			switch {
			case septets(simple) > 0:
				b.WriteRune(simple)
			case !unicode.Is(unicode.Mn, simple):
				return "", false
			}
		}
	}
	return b.String(), true
}

func septets(r rune) int {
	switch {
	case strings.ContainsRune(basic, r):
		return 1
	case strings.ContainsRune(extended, r):
		return 2
	}
	return 0
}

func units(r rune) int { return utf16.RuneLen(r) }

// count fills part after part: a character of two units is never cut in two.
func count(text string, size func(rune) int, alone, part int) int {
	total, parts, room := 0, 0, 0
	for _, r := range text {
		n := size(r)
		total += n
		if n > room {
			parts, room = parts+1, part
		}
		room -= n
	}
	if total > 0 && total <= alone {
		return 1
	}
	return parts
}
