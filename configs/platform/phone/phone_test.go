package phone

import (
	"errors"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"

	"smartagenda/configs/platform/i18n"
)

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Number{
		"06 12 34 56 78":       "+33612345678",
		"06.12.34.56.78":       "+33612345678",
		" 0612345678 ":         "+33612345678",
		"+33 (0)6 12 34 56 78": "+33612345678",
		"0033 6 12 34 56 78":   "+33612345678",
		"+33612345678":         "+33612345678",
		"04 72 00 00 00":       "+33472000000",
		"06 90 00 12 34":       "+590690001234",
		"05 90 20 12 34":       "+590590201234",
		"06 94 20 12 34":       "+594694201234",
		"06 96 20 12 34":       "+596696201234",
		"06 92 12 34 56":       "+262692123456",
		"06 39 20 12 34":       "+262639201234",
		"05 96 30 12 34":       "+596596301234",
		"02 69 61 12 34":       "+262269611234",
		"+33 5 96 30 12 34":    "+33596301234",
		"09 76 01 12 34":       "+33976011234",
		"07 08 45 12 34":       "+508708451234",
		"+508 41 12 34":        "+508411234",
		"87 12 34 56":          "+68987123456",
		"+687 26 12 34":        "+687261234",
		"+44 20 7946 0958":     "+442079460958",
		"+32 470 12 34 56":     "+32470123456",
		"００３３６１２３４５６７８": "+33612345678",
	} {
		got, err := Parse(in)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestWrongNumbersSayWhy(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Wrong{
		"":                        Empty,
		"  \u00a0":                Empty,
		"06 12 34 56":             Incomplete,
		"06":                      Incomplete,
		"+33 6":                   Incomplete,
		"15":                      Incomplete,
		"06 12 34 56 78 9":        TooLong,
		"+33 6 12 34 56 78 9":     TooLong,
		strings.Repeat("06 ", 30): TooLong,
		"0000000000":              Invalid,
		"+999 12 34 56 78":        Invalid,
		"azerty":                  Invalid,
		"0800 FLEURS":             Invalid,
		"06 12 34 56 78 poste 3":  Invalid,
		"06 12 34 56 78 #3":       Invalid,
		"--":                      Invalid,
	} {
		got, err := Parse(in)
		if !errors.Is(err, want) || got != "" {
			t.Errorf("Parse(%q) = %q, %v, want %v", in, got, err, want)
		}
	}
}

func TestOnlyMobilesTakeSMS(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]bool{
		"+33612345678":  true,
		"+33712345678":  false, // 071 is not given out
		"+33756123456":  true,
		"+33472000000":  false,
		"+33972123456":  false, // 09 is voice over IP
		"+590690001234": true,
		"+262262201234": false,
		"+12125552368":  true, // North America does not tell them apart
		"":              false,
		"06 12":         false,
	} {
		if got := IsMobile(number); got != want {
			t.Errorf("IsMobile(%q) = %v", number, got)
		}
	}
}

func TestNumbersAreShownInPairsAndMasked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ number, shown, masked string }{
		{"+33612345678", "06 12 34 56 78", "06 •• •• •• 78"},
		{"+590690001234", "06 90 00 12 34", "06 •• •• •• 34"},
		{"+262692123456", "06 92 12 34 56", "06 •• •• •• 56"},
		{"+687751234", "+687 75 12 34", "+68• •• •• 34"},
		{"+68987123456", "+689 87 12 34 56", "+68• •• •• •• 56"},
		{"+442079460958", "+44 20 7946 0958", "+44 •• •••• ••58"},
		{"not a number", "not a number", "not a number"},
		{"", "", ""},
	} {
		if got := Format(c.number); got != c.shown {
			t.Errorf("Format(%q) = %q, want %q", c.number, got, c.shown)
		}
		if got := Mask(c.number); got != c.masked {
			t.Errorf("Mask(%q) = %q, want %q", c.number, got, c.masked)
		}
	}
}

func TestWhatIsShownIsReadBack(t *testing.T) {
	t.Parallel()
	countries := append([]string{"BE", "CH", "DE", "ES", "GB", "IT", "LU", "MA", "US"}, regions...)
	rapid.Check(t, func(t *rapid.T) {
		region := rapid.SampledFrom(countries).Draw(t, "region")
		kind := rapid.SampledFrom([]phonenumbers.PhoneNumberType{phonenumbers.MOBILE, phonenumbers.FIXED_LINE}).Draw(t, "kind")
		example := phonenumbers.GetExampleNumberForType(region, kind)
		last := rapid.Uint64Range(0, 9).Draw(t, "last digit")
		national := example.GetNationalNumber()/10*10 + last
		example.NationalNumber = &national
		if !phonenumbers.IsValidNumber(example) {
			t.Skip("no such number")
		}
		number := phonenumbers.Format(example, phonenumbers.E164)
		if got, err := Parse(Format(number)); err != nil || string(got) != number {
			t.Errorf("%s is shown %q and read %q, %v", number, Format(number), got, err)
		}
	})
}

func FuzzParseGivesE164OrAReason(f *testing.F) {
	f.Add("06 12 34 56 78")
	f.Add("+33 (0)6;ext=3")
	f.Fuzz(func(t *testing.T, s string) {
		number, err := Parse(s)
		if err != nil {
			if _, ok := errors.AsType[Wrong](err); !ok {
				t.Errorf("Parse(%q) fails with %v", s, err)
			}
			return
		}
		if again, err := Parse(string(number)); err != nil || again != number {
			t.Errorf("Parse(%q) = %q, which reads as %q, %v", s, number, again, err)
		}
	})
}

func TestEveryReasonHasASentence(t *testing.T) {
	t.Parallel()
	b, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	b.OnMissing = func(lang, key, why string) { t.Errorf("%s %s: %s", lang, key, why) }
	for _, w := range []Wrong{Empty, Incomplete, TooLong, Invalid, Ambiguous, MailEmpty, MailTooLong, MailInvalid} {
		if got := b.In("fr").T(w.Error()); !strings.HasSuffix(got, ".") {
			t.Errorf("%s is said %q", w, got)
		}
	}
}
