package tenants

import (
	"regexp"
	"slices"
	"strings"

	"smartagenda/configs/platform/fault"
)

// Slug is the label under our domain where a tenant's site lives:
// "cabinet-bellecour". It never names a schema.
type Slug string

var slugPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$`)

// reserved labels are ours, might look like ours, or mean something to mail
// clients, browsers and certificate authorities.
var reserved = []string{
	"abuse", "account", "admin", "administrator", "agenda", "aide", "api", "app", "assets", "autoconfig", "autodiscover",
	"billing", "blog", "caldav", "cdn", "compte", "connexion", "console", "contact", "demo", "dev", "dns", "docs", "ftp",
	"help", "hostmaster", "imap", "legal", "localhost", "login", "mail", "mailer-daemon", "mx", "noreply", "no-reply", "ns",
	"ns1", "ns2", "ops", "pop", "postmaster", "privacy", "privacyoffice", "prod", "root", "sav", "security", "securite",
	"server", "smartagenda", "smtp", "staff", "static", "status", "support", "test", "webmail", "webmaster", "wpad", "www",
}

// ParseSlug takes what a person chose as address: 3 to 40 lower-case letters
// without accents, digits and inner hyphens, not one of ours. Punycode labels
// ("xn--…") are refused because they can imitate another's name.
// The error is a field error on "slug".
func ParseSlug(s string) (Slug, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch {
	case !slugPattern.MatchString(s) || (len(s) > 3 && s[2:4] == "--"):
		return "", fault.Wrong(fault.On("slug", "tenants.slug_form"))
	case slices.Contains(reserved, s):
		return "", fault.Wrong(fault.On("slug", "tenants.slug_reserved"))
	}
	return Slug(s), nil
}
