package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"smartagenda/tenants/calendar"
)

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatalf("ParseDate(%q): %v", s, err)
	}
	return d
}

func drawDate(t *rapid.T, label string) calendar.Date {
	return calendar.NewDate(1, 1, rapid.IntRange(1, 3_652_059).Draw(t, label))
}

func TestParseDateTakesOneFormOnly(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"0001-01-01", "1582-10-15", "2024-02-29", "2026-03-29", "9999-12-31"} {
		if got := date(t, s).String(); got != s {
			t.Errorf("%s reads back as %s", s, got)
		}
	}
	for _, s := range []string{"", "0000-01-01", "2026-02-29", "2026-13-01", "2026-1-2", "29/03/2026", "2026-03-29T00:00:00Z", " 2026-03-29", "10000-01-01", "-001-01-01"} {
		if d, err := calendar.ParseDate(s); err == nil {
			t.Errorf("%q is taken for %s", s, d)
		}
	}
}

func TestDateCountsDaysAsTimeDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t, "date")
		n := rapid.IntRange(-800, 800).Draw(t, "days")
		year, month, day := d.Parts()
		want := time.Date(year, month, day+n, 0, 0, 0, 0, time.UTC)
		if want.Year() < 1 || want.Year() > 9999 {
			t.Skip("past the ends")
		}
		got := d.AddDays(n)
		if got.String() != want.Format(time.DateOnly) || got.Weekday() != want.Weekday() {
			t.Fatalf("%s%+d is %s %s, not %s", d, n, got.Weekday(), got, want)
		}
		if got.Before(d) != (n < 0) || got.After(d) != (n > 0) || (got == d) != (n == 0) {
			t.Fatalf("%s and %s are in the wrong order", d, got)
		}
		if c := got.Compare(d); c != min(max(n, -1), 1) {
			t.Fatalf("Compare is %d for %+d days", c, n)
		}
	})
}

func TestSumsStopAtTheEnds(t *testing.T) {
	t.Parallel()
	first, last := date(t, "0001-01-01"), date(t, "9999-12-31")
	const huge = int(^uint(0) >> 1)
	for name, got := range map[string][2]calendar.Date{
		"days down":   {first.AddDays(-1), first},
		"days up":     {last.AddDays(1), last},
		"huge days":   {date(t, "2026-03-29").AddDays(huge), last},
		"less huge":   {date(t, "2026-03-29").AddDays(-huge - 1), first},
		"months down": {date(t, "0001-03-31").AddMonths(-3), first},
		"months up":   {date(t, "9999-11-30").AddMonths(2), last},
		"huge months": {date(t, "2026-03-29").AddMonths(huge), last},
		"no date":     {calendar.Date{}.AddDays(1).AddMonths(1), {}},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %s, not %s", name, got[0], got[1])
		}
	}
}

func TestAddMonthsKeepsTheDayOrTakesTheLast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-01-31", 3, "2026-04-30"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-05-31", 0, "2026-05-31"},
	} {
		if got := date(t, c.from).AddMonths(c.n); got != date(t, c.want) {
			t.Errorf("%s and %d months is %s, not %s", c.from, c.n, got, c.want)
		}
	}
}

func TestWeeksStartOnMonday(t *testing.T) {
	t.Parallel()
	week := date(t, "2026-11-29").Week()
	if week[0] != date(t, "2026-11-23") || week[6] != date(t, "2026-11-29") {
		t.Errorf("the week of Sunday 29 November 2026 is %s to %s", week[0], week[6])
	}
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t, "date")
		monday, week := d.Monday(), d.Week()
		if monday.Weekday() != time.Monday || monday.After(d) || monday.AddDays(7).Compare(d) < 0 {
			t.Fatalf("the Monday of %s is %s", d, monday)
		}
		if week[0] != monday || week[(int(d.Weekday())+6)%7] != d {
			t.Fatalf("the week of %s is %v", d, week)
		}
	})
}

func TestDateOfDependsOnTheZone(t *testing.T) {
	t.Parallel()
	instant := time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"Europe/Paris": "2026-11-24", "Pacific/Noumea": "2026-11-24",
		"America/Cayenne": "2026-11-23", "Pacific/Tahiti": "2026-11-23",
	} {
		if got := calendar.DateOf(instant, zone(t, name)); got != date(t, want) {
			t.Errorf("in %s it is %s, not %s", name, got, want)
		}
	}
	if got := calendar.DateOf(time.Date(1969, 12, 31, 23, 59, 59, 0, time.UTC), time.UTC); got != date(t, "1969-12-31") {
		t.Errorf("before 1970 the date is %s", got)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-03-29", "2024-02-29", "0000-01-01", "9999-12-31", "2026-3-29", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDate(s)
		if err != nil {
			if !d.IsZero() {
				t.Fatalf("%q is refused and yet %s", s, d)
			}
			return
		}
		if d.String() != s || d.IsZero() {
			t.Fatalf("%q reads back as %q", s, d)
		}
	})
}
