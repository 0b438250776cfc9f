package tenants

import (
	"net"
	"strings"
)

// Sites knows where tenants' sites answer, so that a message can carry a link.
type Sites struct {
	Scheme string // "https", or "http" on a developer's machine
	Domain string // "smartagenda.fr"
	Port   string // "" for the scheme's own
}

// URL is an address on the tenant's own site; path begins with a slash.
func (s Sites) URL(slug Slug, path string) string { return s.at(string(slug)+"."+s.Domain, path) }

// Main is an address on SmartAgenda's own site.
func (s Sites) Main(path string) string { return s.at(s.Domain, path) }

// Console is an address on the console of SmartAgenda's staff.
func (s Sites) Console(path string) string { return s.at("admin."+s.Domain, path) }

// MailDomain is the right side of addresses and message ids that we make.
func (s Sites) MailDomain() string { return s.Domain }

func (s Sites) at(host, path string) string {
	if s.Port != "" {
		host = net.JoinHostPort(host, s.Port)
	}
	return s.Scheme + "://" + host + "/" + strings.TrimPrefix(path, "/")
}
