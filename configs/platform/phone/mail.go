package phone

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
)

// ParseMail reads a mail address: no display name, no quoting, an ASCII local
// part, a domain with a dot. The answer is in lower case, an accented domain in
// its ASCII form (RFC 5891), 254 bytes at most (RFC 5321, 4.5.3.1.3). Its
// errors are of type Wrong.
func ParseMail(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", MailEmpty
	}
	if len(s) > 254 {
		return "", MailTooLong
	}
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Name != "" || parsed.Address != s {
		return "", MailInvalid
	}
	local, domain, _ := strings.Cut(s, "@")
	if strings.ContainsFunc(local, func(r rune) bool { return r > '~' || r == '"' }) {
		return "", MailInvalid
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil || !hasTopLevel(ascii) {
		return "", MailInvalid
	}
	address := strings.ToLower(local) + "@" + ascii
	if len(local) > 64 || len(address) > 254 {
		return "", MailTooLong
	}
	return address, nil
}

// hasTopLevel asks for a dot, and after the last one for letters: an IP address
// is not where a person reads mail.
func hasTopLevel(domain string) bool {
	dot := strings.LastIndexByte(domain, '.')
	top := domain[dot+1:]
	return dot > 0 && len(top) > 1 && strings.Trim(top, "0123456789") != ""
}

// MaskMail is "cam•••@exemple.fr"; at least half of the local part is hidden.
func MaskMail(address string) string {
	local, domain, found := strings.Cut(address, "@")
	if !found {
		return "•••"
	}
	letters := []rune(local)
	return string(letters[:min(3, len(letters)/2)]) + "•••@" + domain
}
