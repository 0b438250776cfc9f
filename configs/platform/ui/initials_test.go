package ui

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Cabinet Bellecour":          "CB",
		"Dr Hélène Marchand":         "HM",
		"Mme de La Tour":             "LT",
		"Camille Roussel-Delacourt":  "CR",
		"Inès":                       "IN",
		"École Lingua":               "ÉL",
		"E\u0301cole Lingua":         "ÉL", // written with a combining accent
		"Cabinet de l’Ill":           "CI",
		"Jeanne d'Arc":               "JA",
		"Pr. Nguyễn":                 "NG",
		"Dr":                         "DR",
		"salon du coin":              "SC",
		"« Les Ciseaux » (Bordeaux)": "LB",
		"3 Rivières":                 "3R",
		"Maison O’Brien":             "MB",
		"X":                          "X",
		"":                           "",
		" – ":                        "",
	} {
		if got := Initials(name); got != want {
			t.Errorf("Initials(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzInitialsAreShortAndWhole(f *testing.F) {
	f.Add("Dr Hélène Marchand")
	f.Add("’")
	f.Add("\xff a")
	f.Fuzz(func(t *testing.T, name string) {
		got := Initials(name)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > 2 {
			t.Errorf("Initials(%q) = %q", name, got)
		}
		for _, r := range got {
			if unicode.IsSpace(r) {
				t.Errorf("Initials(%q) = %q holds a space", name, got)
			}
		}
	})
}
