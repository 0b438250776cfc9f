package ui

import (
	"errors"
	"fmt"
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

var themed = regexp.MustCompile(`^:root\{--brand:(#[0-9a-f]{6});--on-brand:(#[0-9a-f]{6})\}\n$`)

func TestThemeIsReadableForEveryColour(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		brand := colour{rapid.Byte().Draw(t, "r"), rapid.Byte().Draw(t, "g"), rapid.Byte().Draw(t, "b")}
		sheet, err := Theme(brand.String())
		if err != nil {
			t.Fatal(err)
		}
		found := themed.FindStringSubmatch(sheet)
		if found == nil {
			t.Fatalf("not the sheet we write: %q", sheet)
		}
		got, on := mustColour(found[1]), mustColour(found[2])
		if ratio := contrast(got, on); ratio < 4.5 {
			t.Errorf("%s on %s reads at %.2f", on, got, ratio)
		}
		if kept := contrast(brand, white) >= 4.5 || contrast(brand, ink) >= 4.5; kept != (got == brand) {
			t.Errorf("%s became %s, though a text reads on it: %v", brand, got, kept)
		}
	})
}

func TestThemeExamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ brand, want string }{
		{"#23508f", ":root{--brand:#23508f;--on-brand:#ffffff}\n"},
		{"#E8A0A8", ":root{--brand:#e8a0a8;--on-brand:#09161a}\n"},
		{"#fff", ":root{--brand:#ffffff;--on-brand:#09161a}\n"},
		{"#000", ":root{--brand:#000000;--on-brand:#ffffff}\n"},
		{"#797979", ":root{--brand:#767676;--on-brand:#ffffff}\n"}, // neither text reads on it
	} {
		if got, err := Theme(c.brand); err != nil || got != c.want {
			t.Errorf("Theme(%q) = %q, %v; want %q", c.brand, got, err, c.want)
		}
	}
}

func TestContrastIsThatOfTheStandard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b colour
		want string
	}{
		{white, colour{}, "21.00"},
		{white, white, "1.00"},
		{white, colour{0x76, 0x76, 0x76}, "4.54"}, // the well-known lightest grey on white
		{colour{0xff, 0, 0}, white, "4.00"},
	} {
		if got := fmt.Sprintf("%.2f", contrast(c.a, c.b)); got != c.want || got != fmt.Sprintf("%.2f", contrast(c.b, c.a)) {
			t.Errorf("contrast(%s, %s) = %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

func FuzzThemeRefusesWhatIsNoColour(f *testing.F) {
	for _, s := range []string{"", "#", "red", "#12", "#1234", "#12345g", "#1234567", "123456", "#+12345", "#éa0", "#fff;}body{display:none", "#-12345", "#0x1234"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		sheet, err := Theme(s)
		valid := regexp.MustCompile(`^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`).MatchString(s)
		if valid != (err == nil) {
			t.Fatalf("Theme(%q): %v", s, err)
		}
		if err != nil && (sheet != "" || !errors.Is(err, ErrColour)) {
			t.Errorf("Theme(%q) = %q, %v", s, sheet, err)
		}
		if err == nil && !themed.MatchString(sheet) {
			t.Errorf("Theme(%q) wrote %q", s, sheet)
		}
	})
}

func mustColour(s string) colour {
	c, err := parseColour(s)
	if err != nil {
		panic(err)
	}
	return c
}
