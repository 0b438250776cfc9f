package i18n

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestAmountsAreGroupedAndSigned(t *testing.T) {
	t.Parallel()
	fr, en := texts(t)
	for _, c := range []struct{ got, want string }{
		{fr.Number(0), "0"},
		{fr.Number(999), "999"},
		{fr.Number(1425), "1\u00a0425"},
		{fr.Number(-1234567), "-1\u00a0234\u00a0567"},
		{en.Number(1234567), "1,234,567"},
		{fr.Euros(4500), "45,00\u00a0€"},
		{fr.Euros(5), "0,05\u00a0€"},
		{fr.Euros(-4599), "-45,99\u00a0€"},
		{fr.Euros(-5), "-0,05\u00a0€"},
		{fr.Euros(123456789), "1\u00a0234\u00a0567,89\u00a0€"},
		{en.Euros(4500), "€45.00"},
		{en.Euros(-142500), "-€1,425.00"},
		{fr.Duration(20 * time.Minute), "20\u00a0min"},
		{fr.Duration(75 * time.Minute), "1\u00a0h\u00a015"},
		{fr.Duration(125 * time.Minute), "2\u00a0h\u00a005"},
		{en.Duration(2 * time.Hour), "2\u00a0h"},
		{fr.Duration(0), "0\u00a0min"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestNumberKeepsEveryDigit(t *testing.T) {
	t.Parallel()
	fr, _ := texts(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		if got := strings.ReplaceAll(fr.Number(n), nbsp, ""); got != strconv.FormatInt(n, 10) {
			t.Errorf("Number(%d) = %q", n, fr.Number(n))
		}
	})
}

func TestNamesAreFoundWithoutAccents(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"  Élodie   LEFÈVRE ":    "elodie lefevre",
		"Jean-Pierre":            "jean pierre",
		"d’Artagnan":             "d artagnan",
		"d'Artagnan":             "d artagnan",
		"Cœur Æon Straße STRAẞE": "coeur aeon strasse strasse",
		"Łukasz Øystein Đặng":    "lukasz oystein dang",
		"Nguye\u0302\u0303n":     "nguyen",
		"ﬁn\u00a0d’été":          "fin d ete",
		"İnci Işık":              "inci isik",
		"Çağla":                  "cagla",
		"camille@exemple.fr":     "camille@exemple.fr",
		"":                       "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFoldIsStable(f *testing.F) {
	f.Add("Élodie d’Œuvre-Straße")
	f.Add("İ\u0345ΐ")
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, again %q", s, once, twice)
		}
		if !utf8.ValidString(once) || strings.Contains(once, "  ") {
			t.Errorf("Fold(%q) = %q", s, once)
		}
	})
}

func TestNamesSortAsInADirectory(t *testing.T) {
	t.Parallel()
	ordered := []string{"Abel", "Éloi", "élue", "Lefebvre", "Lefèvre", "Lefort", "Œuvrard", "Zoé"}
	for i := 1; i < len(ordered); i++ {
		if bytes.Compare(SortKey(ordered[i-1]), SortKey(ordered[i])) >= 0 {
			t.Errorf("%q does not sort before %q", ordered[i-1], ordered[i])
		}
	}
	if !bytes.Equal(SortKey("DUPONT"), SortKey("Dupont")) {
		t.Error("case counts in the order")
	}
}
