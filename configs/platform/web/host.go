package web

import (
	"net/netip"
	"regexp"
	"strings"
)

// Host is what a request's Host header names, after the one parser.
type Host struct {
	// Name is the host in lower case, without port and trailing dot.
	Name string
	// Label is the one label in front of our domain, "" for the domain itself.
	Label string
	// Foreign tells a well-formed name outside our domain: perhaps somebody's
	// own domain that points to us.
	Foreign bool
}

var (
	label  = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	digits = regexp.MustCompile(`^[0-9]+$`)
)

// ParseHost reads a Host header for our domain base. Only a name that is base,
// one label under base, or an ordinary domain name elsewhere is ok: an address
// literal, two labels, an empty label or any other character is not.
func ParseHost(header, base string) (h Host, ok bool) {
	if strings.ContainsFunc(header, func(r rune) bool { return r > '~' }) {
		return Host{}, false // some of them have an ASCII letter as their lower case
	}
	name := strings.ToLower(header)
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		if !digits.MatchString(name[i+1:]) {
			return Host{}, false
		}
		name = name[:i]
	}
	name = strings.TrimSuffix(name, ".")
	if len(name) > 253 || name == "" {
		return Host{}, false
	}
	if name == base {
		return Host{Name: name}, true
	}
	if under, found := strings.CutSuffix(name, "."+base); found {
		return Host{Name: name, Label: under}, label.MatchString(under)
	}
	return Host{Name: name, Foreign: true}, isDomain(name)
}

// isDomain tells an ordinary name of two labels or more, whose last is not a
// number: that would be an address.
func isDomain(name string) bool {
	if _, err := netip.ParseAddr(name); err == nil {
		return false
	}
	labels := strings.Split(name, ".")
	for _, l := range labels {
		if !label.MatchString(l) {
			return false
		}
	}
	return len(labels) > 1 && !digits.MatchString(labels[len(labels)-1])
}
