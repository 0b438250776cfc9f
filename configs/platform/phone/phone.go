// Package phone reads and shows telephone numbers and mail addresses as people
// in France, overseas included, write them. It must not know whose they are,
// nor send anything to them.
package phone

import (
	"embed"
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
)

// Messages are the sentences of the Wrong keys.
//
//go:embed fr.toml en.toml
var Messages embed.FS

// Wrong is why a number or an address cannot be taken. Its text is a message
// key, ready for fault.On.
type Wrong string

// What can be wrong. Incomplete is worth a sentence of its own: nearly always a
// digit was forgotten.
const (
	Empty       Wrong = "phone.empty"
	Incomplete  Wrong = "phone.incomplete"
	TooLong     Wrong = "phone.too_long"
	Invalid     Wrong = "phone.invalid"
	Ambiguous   Wrong = "phone.ambiguous" // two territories with short numbers know it
	MailEmpty   Wrong = "phone.mail_empty"
	MailTooLong Wrong = "phone.mail_too_long"
	MailInvalid Wrong = "phone.mail_invalid"
)

func (w Wrong) Error() string { return string(w) }

// Number is a valid telephone number in E.164 (ITU-T), such as "+33612345678".
type Number string

// regions are tried in this order for a number written without its country. The
// five that share the ten-digit plan with metropolitan France come first, for
// their fixed and mobile lines alone: the library also counts 0596 and 0269 as
// metropolitan, but whoever writes them lives in Martinique or Mayotte.
var regions = []string{"GP", "GF", "MQ", "RE", "YT", "FR", "PM", "NC", "PF", "WF"}

const (
	metropolitan = 5  // where FR stands in regions
	longest      = 40 // characters, spaces and brackets included
)

// Parse reads a number as typed: nationally in France and overseas France, or
// internationally ("+", "00") from anywhere. Its errors are of type Wrong.
func Parse(s string) (Number, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return "", Empty
	case utf8.RuneCountInString(s) > longest:
		return "", TooLong
	case strings.ContainsFunc(s, unicode.IsLetter): // the library would dial them or take an extension
		return "", Invalid
	case isIncomplete(s):
		return "", Incomplete
	}
	var wrong error
	var found Number
	for i, region := range regions {
		n, err := phonenumbers.Parse(s, region)
		if i == metropolitan { // the reason that fits most people
			wrong = reason(n, err)
		}
		if err != nil || n.GetExtension() != "" || !phonenumbers.IsValidNumber(n) || i < metropolitan && !isLine(n) {
			continue
		}
		number := Number(phonenumbers.Format(n, phonenumbers.E164))
		if i <= metropolitan {
			return number, nil
		}
		if found != "" && found != number {
			return "", Ambiguous
		}
		found = number
	}
	if found == "" {
		return "", wrong
	}
	return found, nil
}

// isIncomplete finds a French number with a digit forgotten, before a small
// territory with shorter numbers takes it for its own.
func isIncomplete(s string) bool {
	digits := phonenumbers.NormalizeDigitsOnly(s)
	return strings.HasPrefix(s, "0") && !strings.HasPrefix(digits, "00") && len(digits) < 10
}

func isLine(n *phonenumbers.PhoneNumber) bool {
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.FIXED_LINE, phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE:
		return true
	}
	return false
}

func reason(n *phonenumbers.PhoneNumber, err error) Wrong {
	switch {
	case err == nil:
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrTooShortAfterIDD):
		return Incomplete
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return TooLong
	default:
		return Invalid
	}
	switch phonenumbers.IsPossibleNumberWithReason(n) {
	case phonenumbers.TOO_SHORT:
		return Incomplete
	case phonenumbers.TOO_LONG:
		return TooLong
	}
	return Invalid
}

// IsMobile tells whether an SMS can reach the number: false for a landline and
// for what is not E.164.
func IsMobile(e164 string) bool {
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return false
	}
	kind := phonenumbers.GetNumberType(n)
	return kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE
}

// tenDigits are the countries of France that write ten digits in pairs.
var tenDigits = regexp.MustCompile(`^\+(?:33|590|594|596|262|508)(\d)(\d\d)(\d\d)(\d\d)(\d\d)$`)

// Format is "06 12 34 56 78" for French numbers, overseas included where ten
// digits are dialled, and "+44 20 7946 0958" for others. What is not E.164
// comes back as it is.
func Format(e164 string) string {
	if m := tenDigits.FindStringSubmatch(e164); m != nil {
		return "0" + strings.Join(m[1:], " ")
	}
	n, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	return strings.ReplaceAll(phonenumbers.Format(n, phonenumbers.INTERNATIONAL), ".", " ")
}

// Mask is "06 •• •• •• 78": enough for the owner to recognise it, too little
// for anyone else to dial it.
func Mask(e164 string) string {
	shown := []rune(Format(e164))
	digits := 0
	for _, r := range shown {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	seen := 0
	for i, r := range shown {
		if unicode.IsDigit(r) {
			if seen++; seen > 2 && seen <= digits-2 {
				shown[i] = '•'
			}
		}
	}
	return string(shown)
}
