package phone

import (
	"errors"
	"net/mail"
	"strings"
	"testing"
)

func TestMailAddressesAreReadAndNormalised(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"camille@exemple.fr":          "camille@exemple.fr",
		"  Camille.Durand@Exemple.FR": "camille.durand@exemple.fr",
		"a+b_c@sous.exemple.fr":       "a+b_c@sous.exemple.fr",
		"zoe@école.fr":                "zoe@xn--cole-9oa.fr",
		"o'brien@exemple.com":         "o'brien@exemple.com",
	} {
		if got, err := ParseMail(in); err != nil || got != want {
			t.Errorf("ParseMail(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestWrongMailAddressesSayWhy(t *testing.T) {
	t.Parallel()
	label := strings.Repeat("a", 60) + "."
	for in, want := range map[string]Wrong{
		"":                                MailEmpty,
		" ":                               MailEmpty,
		"camille":                         MailInvalid,
		"camille@":                        MailInvalid,
		"@exemple.fr":                     MailInvalid,
		"camille@localhost":               MailInvalid,
		"camille@exemple":                 MailInvalid,
		"camille@exemple.":                MailInvalid,
		"camille@.fr":                     MailInvalid,
		"camille@exemple..fr":             MailInvalid,
		"camille@[127.0.0.1]":             MailInvalid,
		"camille@127.0.0.1":               MailInvalid,
		"camille@exemple.f":               MailInvalid,
		"Camille <camille@exemple.fr>":    MailInvalid,
		"<camille@exemple.fr>":            MailInvalid,
		"camille@exemple.fr (bureau)":     MailInvalid,
		"a@exemple.fr, b@exemple.fr":      MailInvalid,
		"\"a b\"@exemple.fr":              MailInvalid,
		"camille durand@exemple.fr":       MailInvalid,
		"zoé@exemple.fr":                  MailInvalid,
		"a@exemple.fr\r\nBcc: b@exe.fr":   MailInvalid,
		"camille@exem_ple.fr":             MailInvalid,
		strings.Repeat("a", 65) + "@a.fr": MailTooLong,
		"a@" + strings.Repeat(label, 5):   MailTooLong,
	} {
		if got, err := ParseMail(in); !errors.Is(err, want) || got != "" {
			t.Errorf("ParseMail(%q) = %q, %v, want %v", in, got, err, want)
		}
	}
}

func TestMaskedAddressHidesMostOfTheName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"camille@exemple.fr": "cam•••@exemple.fr",
		"marc@exemple.fr":    "ma•••@exemple.fr",
		"al@exemple.fr":      "a•••@exemple.fr",
		"a@exemple.fr":       "•••@exemple.fr",
		"camille":            "•••",
	} {
		if got := MaskMail(in); got != want {
			t.Errorf("MaskMail(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzParseMailIsStable(f *testing.F) {
	f.Add("Camille@École.fr")
	f.Add("a@b.xn--p1ai")
	f.Fuzz(func(t *testing.T, s string) {
		address, err := ParseMail(s)
		if err != nil {
			return
		}
		if again, err := ParseMail(address); err != nil || again != address {
			t.Errorf("ParseMail(%q) = %q, which reads as %q, %v", s, address, again, err)
		}
		if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
			t.Errorf("ParseMail(%q) = %q is not an address", s, address)
		}
		if len(address) > 254 || strings.ContainsAny(address, "\r\n <>") {
			t.Errorf("ParseMail(%q) = %q", s, address)
		}
	})
}
