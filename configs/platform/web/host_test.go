package web

import (
	"regexp"
	"strings"
	"testing"
)

const base = "smartagenda.fr"

var hosts = map[string]struct {
	want Host
	ok   bool
}{
	"smartagenda.fr":                  {Host{Name: base}, true},
	"SMARTagenda.FR":                  {Host{Name: base}, true},
	"smartagenda.fr:8080":             {Host{Name: base}, true},
	"smartagenda.fr.":                 {Host{Name: base}, true},
	"www.smartagenda.fr":              {Host{Name: "www.smartagenda.fr", Label: "www"}, true},
	"cabinet.smartagenda.fr":          {Host{Name: "cabinet.smartagenda.fr", Label: "cabinet"}, true},
	"Cabinet.SmartAgenda.Fr.:443":     {Host{Name: "cabinet.smartagenda.fr", Label: "cabinet"}, true},
	"a-1.smartagenda.fr":              {Host{Name: "a-1.smartagenda.fr", Label: "a-1"}, true},
	"rdv.cabinet.fr":                  {Host{Name: "rdv.cabinet.fr", Foreign: true}, true},
	"smartagenda.fr.evil.com":         {Host{Name: "smartagenda.fr.evil.com", Foreign: true}, true},
	"evilsmartagenda.fr":              {Host{Name: "evilsmartagenda.fr", Foreign: true}, true},
	"xn--caf-dma.fr":                  {Host{Name: "xn--caf-dma.fr", Foreign: true}, true},
	"":                                {},
	".":                               {},
	":80":                             {},
	"localhost":                       {},
	".smartagenda.fr":                 {},
	"smartagenda.fr..":                {},
	"a.b.smartagenda.fr":              {},
	"a..smartagenda.fr":               {},
	"-a.smartagenda.fr":               {},
	"a-.smartagenda.fr":               {},
	"a_b.smartagenda.fr":              {},
	"a b.smartagenda.fr":              {},
	"a%2e.smartagenda.fr":             {},
	"a/.smartagenda.fr":               {},
	"a@b.smartagenda.fr":              {},
	"a\x00.smartagenda.fr":            {},
	"é.smartagenda.fr":                {},
	"\u212aine.smartagenda.fr":        {}, // a Kelvin sign, whose lower case is k
	"cabinet.smartagenda.fr:":         {},
	"cabinet.smartagenda.fr:http":     {},
	"cabinet.smartagenda.fr:80:80":    {},
	"cabinet.smartagenda.fr, evil.fr": {},
	"127.0.0.1":                       {},
	"127.0.0.1:8080":                  {},
	"127.1":                           {},
	"2130706433":                      {},
	"0x7f.1":                          {},
	"[::1]":                           {},
	"[::1]:8080":                      {},
	"::1":                             {},
	strings.Repeat("a", 63) + ".smartagenda.fr": {Host{Name: strings.Repeat("a", 63) + ".smartagenda.fr", Label: strings.Repeat("a", 63)}, true},
	strings.Repeat("a", 64) + ".smartagenda.fr": {},
	strings.Repeat("a", 300):                    {},
	strings.Repeat("a.", 150) + "fr":            {},
}

func TestOnlyOneLabelUnderOurDomainOrAnOrdinaryNameIsAHost(t *testing.T) {
	t.Parallel()
	for header, c := range hosts {
		got, ok := ParseHost(header, base)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%q: %+v, %v; want %+v, %v", header, got, ok, c.want, c.ok)
		}
	}
}

var hostName = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`)

func FuzzAHostIsAlwaysOneOfThreeKinds(f *testing.F) {
	for header := range hosts {
		f.Add(header)
	}
	f.Fuzz(func(t *testing.T, header string) {
		h, ok := ParseHost(header, base)
		if !ok {
			return
		}
		if !hostName.MatchString(h.Name) || len(h.Name) > 253 {
			t.Errorf("%q gave the name %q", header, h.Name)
		}
		ours := h.Name == base || strings.HasSuffix(h.Name, "."+base)
		if ours == h.Foreign || !h.Foreign && strings.TrimPrefix(h.Label+"."+base, ".") != h.Name || strings.Contains(h.Label, ".") {
			t.Errorf("%q gave %+v", header, h)
		}
		for _, same := range []string{h.Name, strings.ToUpper(header), h.Name + ".", h.Name + ":80"} {
			if again, ok := ParseHost(same, base); !ok || again != h {
				t.Errorf("%q gave %+v, but %q gave %+v, %v", header, h, same, again, ok)
			}
		}
	})
}
