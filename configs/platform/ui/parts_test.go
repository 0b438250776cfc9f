package ui

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// find is the first element of a component with a tag and, when given, an id.
func find(t *testing.T, c templ.Component, tag, id string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(rendered(t, c)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range elements(root) {
		if got, _ := attr(n, "id"); n.Data == tag && (id == "" || got == id) {
			return n
		}
	}
	t.Fatalf("no <%s id=%q>", tag, id)
	return nil
}

// wants checks attributes; a value of "-" means that there must be none.
func wants(t *testing.T, n *html.Node, pairs ...string) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		got, ok := attr(n, pairs[i])
		if want := pairs[i+1]; want == "-" && ok || want != "-" && (!ok || got != want) {
			t.Errorf("<%s> has %s=%q (%v), want %q", n.Data, pairs[i], got, ok, want)
		}
	}
}

func TestFieldThatIsRightSaysNothingOfErrors(t *testing.T) {
	t.Parallel()
	f := Field{Name: "tel", Label: "Téléphone", Hint: "Dix chiffres.", Type: "tel", Value: "06", Autocomplete: "tel"}
	wants(t, find(t, f, "input", "tel"), "type", "tel", "name", "tel", "value", "06", "autocomplete", "tel",
		"aria-describedby", "tel-hint", "aria-invalid", "-", "required", "-", "disabled", "-")
}

func TestFieldThatIsWrongShowsWhatWasTypedAndWhy(t *testing.T) {
	t.Parallel()
	form := Form{Prefix: "p-", Values: map[string][]string{"tel": {"06 12"}}}.Wrong("tel", "Il manque des chiffres.")
	f := Field{Form: form, Name: "tel", Label: "Téléphone", Hint: "Dix chiffres.", Value: "stored"}
	wants(t, find(t, f, "input", "p-tel"), "name", "tel", "value", "06 12", "aria-invalid", "true", "aria-describedby", "p-tel-hint p-tel-error")
	if got := text(find(t, f, "p", "p-tel-error")); got != "Il manque des chiffres." {
		t.Errorf("the error says %q", got)
	}
}

func TestNumbersAreTextWithAKeyboardOfDigits(t *testing.T) {
	t.Parallel()
	wants(t, find(t, Field{Name: "n", Type: "number"}, "input", "n"), "type", "text", "inputmode", "numeric")
	wants(t, find(t, Field{Name: "n", Type: "decimal"}, "input", "n"), "type", "text", "inputmode", "decimal")
}

func TestPasswordNeverComesBack(t *testing.T) {
	t.Parallel()
	f := Field{Form: Form{Values: map[string][]string{"p": {"s3cret"}}}, Name: "p", Type: "password", Value: "s3cret", Show: "Afficher", Hide: "Masquer"}
	if out := rendered(t, f); strings.Contains(out, "s3cret") {
		t.Error(out)
	}
	wants(t, find(t, f, "button", ""), "type", "button", "hidden", "", "data-hide", "Masquer") // useless without a script
}

func TestTypedMarkupStaysText(t *testing.T) {
	t.Parallel()
	bad := `"><script>alert(1)</script>`
	form := Form{Values: map[string][]string{"a": {bad}}}.Wrong("a", bad)
	for _, kind := range []string{"", "textarea"} {
		if out := rendered(t, Field{Form: form, Name: "a", Label: bad, Type: kind}); strings.Contains(out, "<script") {
			t.Errorf("%q: %s", kind, out)
		}
	}
	if out := rendered(t, Button{Href: "javascript:alert(1)", Label: "x"}); strings.Contains(out, "javascript:") {
		t.Error(out)
	}
}

func TestChosenAnswersWinOverStoredOnes(t *testing.T) {
	t.Parallel()
	options := []Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}
	sent := Form{Values: map[string][]string{"x": {"b"}}}
	for _, c := range []struct {
		name, tag, mark string
		part            func(Form) templ.Component
		first, second   string // ids
	}{
		{"radios", "input", "checked", func(f Form) templ.Component { return Radios{Form: f, Name: "x", Options: options, Value: "a"} }, "x", "x-2"},
		{"checks", "input", "checked", func(f Form) templ.Component {
			return Checks{Form: f, Name: "x", Options: options, Values: []string{"a"}}
		}, "x", "x-2"},
	} {
		wants(t, find(t, c.part(Form{}), c.tag, c.first), c.mark, "")
		wants(t, find(t, c.part(Form{}), c.tag, c.second), c.mark, "-")
		wants(t, find(t, c.part(sent), c.tag, c.first), c.mark, "-")
		wants(t, find(t, c.part(sent), c.tag, c.second), c.mark, "")
	}
	unticked := Form{Values: map[string][]string{}}
	wants(t, find(t, Check{Form: unticked, Name: "x", Checked: true}, "input", "x"), "checked", "-", "value", "1")
	wants(t, find(t, Switch{Form: unticked.Wrong("x", "?"), Name: "x", On: true}, "input", "x"), "checked", "-", "aria-invalid", "-")
}

func TestImpossibleDayComesBack(t *testing.T) {
	t.Parallel()
	d := DateField{Name: "b", Label: "Naissance", Value: "1979-03-12", Day: "Jour", Month: "Mois", Year: "Année", Months: []string{"janvier", "février", "mars"}, From: 1981, To: 1979, Birthday: true}
	if got := chosen(t, d, "b", "b-month", "b-year"); got != "12 mars 1979" {
		t.Errorf("stored date shows %q", got)
	}
	d.Form = Form{Values: map[string][]string{"b-day": {"31"}, "b-month": {"02"}, "b-year": {"1980"}}}.Wrong("b", "Ce jour n’existe pas.")
	if got := chosen(t, d, "b", "b-month", "b-year"); got != "31 février 1980" {
		t.Errorf("typed date shows %q", got)
	}
	wants(t, find(t, d, "select", "b"), "name", "b-day", "aria-label", "Jour", "aria-invalid", "true", "autocomplete", "bday-day")
	wants(t, find(t, d, "fieldset", ""), "aria-describedby", "b-error")
}

func chosen(t *testing.T, c templ.Component, selects ...string) string {
	t.Helper()
	var all []string
	for _, id := range selects {
		for n := range elements(find(t, c, "select", id)) {
			if _, ok := attr(n, "selected"); ok {
				all = append(all, text(n))
			}
		}
	}
	return strings.Join(all, " ")
}

func TestErrorBannerLeadsToTheFields(t *testing.T) {
	t.Parallel()
	form := Form{Prefix: "p-"}.Wrong("cp", "Il manque un chiffre.")
	form.Errors = append(form.Errors, FieldError{Name: "qui", Text: "Choisissez.", Line: "Praticien : choisissez"})
	page := templ.Join(ErrorBanner{Form: form, Title: "Deux réponses"},
		Field{Form: form, Name: "cp", Label: "CP"}, Radios{Form: form, Name: "qui", Label: "Qui", Options: []Option{{Value: "1", Label: "A"}}})
	root, err := html.Parse(strings.NewReader(rendered(t, page)))
	if err != nil {
		t.Fatal(err)
	}
	tags := map[string]string{} // of what each fragment leads to
	var lines, hrefs []string
	for n := range elements(root) {
		if id, ok := attr(n, "id"); ok {
			tags["#"+id] = n.Data
		}
		if href, ok := attr(n, "href"); ok && n.Data == "a" {
			lines, hrefs = append(lines, text(n)), append(hrefs, href)
		}
	}
	for _, href := range hrefs {
		if tags[href] != "input" {
			t.Errorf("%s leads to <%s>", href, tags[href])
		}
	}
	if got := strings.Join(lines, "|"); got != "Il manque un chiffre.|Praticien : choisissez" {
		t.Errorf("the list says %q", got)
	}
	if out := rendered(t, ErrorBanner{Title: "Deux réponses"}); out != "" {
		t.Errorf("a form that is right draws %q", out)
	}
}

func TestUnknownIconFailsThePage(t *testing.T) {
	t.Parallel()
	if err := (Badge{Icon: "calender", Text: "x"}).Render(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), "calender") {
		t.Errorf("err = %v", err)
	}
	if out := rendered(t, Icon("")); out != "" {
		t.Errorf("no icon draws %q", out)
	}
	if out := rendered(t, Icon("armchair")); !strings.Contains(out, `href="`+Assets.Path("icons.svg")+`#armchair"`) {
		t.Error(out)
	}
}

func TestFailedPartFailsThePage(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	part := templ.ComponentFunc(func(_ context.Context, _ io.Writer) error { return broken })
	if err := (Banner{Action: part}).Render(t.Context(), io.Discard); !errors.Is(err, broken) {
		t.Errorf("err = %v", err)
	}
}

func TestSlotIsALinkOrAButton(t *testing.T) {
	t.Parallel()
	wants(t, find(t, Slot{Href: "/9", Label: "9h", Name: "mardi à 9h", On: true}, "a", ""), "href", "/9", "aria-label", "mardi à 9h", "aria-current", "true")
	wants(t, find(t, Slot{Field: "at", Value: "9", Label: "9h"}, "button", ""), "name", "at", "value", "9", "aria-label", "-")
}

func TestStepsSayWhereOneIs(t *testing.T) {
	t.Parallel()
	out := rendered(t, Steps{Label: "Étapes", Names: []string{"a", "b", "c"}, At: 1})
	want := `<li class="done">a</li><li class="" aria-current="step">b</li><li class="">c</li>`
	if !strings.Contains(out, want) {
		t.Errorf("%s lacks %s", out, want)
	}
}

func TestPagerLeavesOutWhatIsNot(t *testing.T) {
	t.Parallel()
	out := rendered(t, Pager{Label: "Pages", Text: "1 à 20", Prev: Link{Text: "Précédents"}, Next: Link{Href: "/2", Text: "Suivants"}})
	if strings.Contains(out, "Précédents") || !strings.Contains(out, "Suivants") {
		t.Error(out)
	}
}

func TestWideTableScrollsInANamedRegion(t *testing.T) {
	t.Parallel()
	table := Table{Label: "Passés", Columns: []Column{{Title: "Date"}, {Title: "Prix", Num: true}}, Rows: []Row{{Cells: []Cell{{Text: "lundi"}, {Text: "30 €"}}}}}
	wants(t, find(t, table, "div", ""), "tabindex", "0", "role", "region", "aria-label", "Passés")
	wants(t, find(t, table, "td", ""), "class", "n")
	table.Fold = true
	wants(t, find(t, table, "div", ""), "tabindex", "-", "role", "-")
	wants(t, find(t, table, "table", ""), "aria-label", "Passés", "class", "table fold")
}

func TestMonthHoldsEachOfItsDaysOnceInWholeWeeks(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := Month{Year: rapid.IntRange(1970, 2100).Draw(t, "year"), Month: time.Month(rapid.IntRange(1, 12).Draw(t, "month"))}
		own, next := 0, time.Time{}
		for _, week := range m.weeks() {
			if len(week) != 7 || week[0].Weekday() != time.Monday {
				t.Fatalf("a week of %d days starts on %s", len(week), week[0].Weekday())
			}
			for _, d := range week {
				if !next.IsZero() && !d.Equal(next) {
					t.Fatalf("%s follows %s", d, next)
				}
				next = d.AddDate(0, 0, 1)
				if d.Month() == m.Month {
					own++
				}
			}
			if week[0].Month() != m.Month && week[6].Month() != m.Month {
				t.Fatalf("the week of %s is of another month", week[0])
			}
		}
		if days := time.Date(m.Year, m.Month+1, 0, 0, 0, 0, 0, time.UTC).Day(); own != days {
			t.Fatalf("%d days of %d", own, days)
		}
	})
}

func TestMonthMarksOneDay(t *testing.T) {
	t.Parallel()
	out := rendered(t, november())
	if strings.Count(out, `aria-current="date"`) != 1 || !strings.Contains(out, `data-day="2026-11-23" class="" aria-label="23 11 2026" aria-current="date"`) {
		t.Error(out)
	}
}
