package ui

import (
	"testing"

	"pgregory.net/rapid"
)

func TestUntouchedFormShowsWhatIsStored(t *testing.T) {
	t.Parallel()
	var f Form
	if f.Sent() || f.Value("name", "stored") != "stored" || !f.Has("ok", "1", true) || f.Has("ok", "1", false) {
		t.Error("an untouched form hides what is stored")
	}
	if !f.OK() {
		t.Error("an untouched form is wrong")
	}
}

func TestSentFormShowsWhatWasTyped(t *testing.T) {
	t.Parallel()
	f := Form{Values: map[string][]string{"name": {"typed"}, "who": {"1", "3"}}}
	if got := f.Value("name", "stored"); got != "typed" {
		t.Errorf("Value = %q", got)
	}
	if got := f.Value("emptied", "stored"); got != "" {
		t.Errorf("an emptied field came back as %q", got)
	}
	if !f.Has("who", "3", false) || f.Has("who", "2", true) {
		t.Error("boxes came back otherwise than ticked")
	}
}

func TestWrongLeavesItsReceiverAlone(t *testing.T) {
	t.Parallel()
	base := Form{}.Wrong("a", "A")
	one, two := base.Wrong("b", "B"), base.Wrong("c", "C")
	if len(base.Errors) != 1 || one.Error("b") != "B" || one.Error("c") != "" || two.Error("c") != "C" || two.Error("b") != "" {
		t.Errorf("forms share their errors: %v, %v, %v", base.Errors, one.Errors, two.Errors)
	}
	if base.OK() || (Form{Message: "no"}).OK() {
		t.Error("a wrong form is OK")
	}
}

func TestDescribedByNamesHintAndError(t *testing.T) {
	t.Parallel()
	f := Form{Prefix: "p-"}.Wrong("tel", "too short")
	for _, c := range []struct{ name, hint, want string }{
		{"tel", "ten digits", "p-tel-hint p-tel-error"},
		{"tel", "", "p-tel-error"},
		{"mail", "a hint", "p-mail-hint"},
		{"mail", "", ""},
	} {
		if got := f.describedBy(c.name, c.hint); got != c.want {
			t.Errorf("describedBy(%q, %q) = %q, want %q", c.name, c.hint, got, c.want)
		}
	}
}

func TestDateComesBackAsChosen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom([]string{"", "01", "31"}).Draw(t, "day")
		month := rapid.SampledFrom([]string{"", "02", "12"}).Draw(t, "month")
		year := rapid.SampledFrom([]string{"", "1980"}).Draw(t, "year")
		f := Form{Values: map[string][]string{"b-day": {day}, "b-month": {month}, "b-year": {year}}}
		want := year + "-" + month + "-" + day
		if day+month+year == "" {
			want = ""
		}
		if got := f.Date("b"); got != want {
			t.Errorf("Date = %q, want %q", got, want)
		}
	})
}
