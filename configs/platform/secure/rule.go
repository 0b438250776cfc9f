package secure

import (
	"embed"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Messages are the sentences of the Weakness keys.
//
//go:embed fr.toml en.toml
var Messages embed.FS

// Weakness is why a new password is refused. Its text is a message key, ready
// for fault.On.
type Weakness string

// The weaknesses of a password.
const (
	TooShort Weakness = "secure.password_too_short"
	TooLong  Weakness = "secure.password_too_long"
	TooEasy  Weakness = "secure.password_too_easy"
	IsLogin  Weakness = "secure.password_is_login"
)

func (w Weakness) Error() string { return string(w) }

// The length of a password, in characters.
const (
	ShortestPassword = 12
	LongestPassword  = 200
)

//go:embed common.txt
var commonFile string

// common are passwords of twelve characters or more that everybody tries
// first; shorter ones are refused anyway.
var common = func() map[string]bool {
	all := map[string]bool{}
	for line := range strings.Lines(commonFile) {
		all[strings.TrimSpace(line)] = true
	}
	return all
}()

// CheckPassword refuses what an attacker would try first. Twelve characters,
// not all digits, pass the 50 bits that the CNIL asks where attempts are
// limited (délibération 2022-100); which kinds they are does not count (NIST
// SP 800-63B, 5.1.1.2). login is the mail address or name that goes with it.
// Its errors are of type Weakness.
func CheckPassword(password, login string) error {
	password = norm.NFKC.String(password)
	length := utf8.RuneCountInString(password)
	plain := strings.ToLower(strings.TrimSpace(password))
	name, _, _ := strings.Cut(login, "@")
	switch {
	case length < ShortestPassword:
		return TooShort
	case length > LongestPassword:
		return TooLong
	case strings.EqualFold(plain, login) || name != "" && strings.EqualFold(plain, name):
		return IsLogin
	case common[plain] || distinct(plain) < 5 || strings.Trim(plain, "0123456789") == "":
		return TooEasy
	}
	return nil
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}
