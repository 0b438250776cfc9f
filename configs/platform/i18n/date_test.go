package i18n

import (
	"testing"
	"time"
)

func texts(t *testing.T) (fr, en *Text) {
	t.Helper()
	b := sentences(t)
	return b.In("fr"), b.In("en")
}

func paris(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestDatesReadAsFrenchAndEnglishWriteThem(t *testing.T) {
	t.Parallel()
	fr, en := texts(t)
	zone := paris(t)
	tuesday := time.Date(2026, 11, 24, 10, 20, 0, 0, zone)
	first := time.Date(2026, 12, 1, 9, 0, 0, 0, zone)
	for _, c := range []struct{ got, want string }{
		{fr.LongDateTime(tuesday), "mardi 24 novembre 2026 à 10h20"},
		{en.LongDateTime(tuesday), "Tuesday 24 November 2026 at 10:20"},
		{fr.LongDateTime(first), "mardi 1er décembre 2026 à 9h"},
		{en.LongDateTime(first), "Tuesday 1 December 2026 at 09:00"},
		{fr.LongDate(first), "mardi 1er décembre 2026"},
		{fr.DayMonth(tuesday), "mardi 24 novembre"},
		{en.DayMonth(tuesday), "Tuesday 24 November"},
		{fr.MonthYear(first), "décembre 2026"},
		{en.MonthYear(first), "December 2026"},
		{fr.Weekday(time.Sunday), "dimanche"},
		{fr.ShortDate(first), "01/12/2026"},
		{fr.Time(tuesday), "10h20"},
		{fr.Time(first), "9h"},
		{fr.Time(time.Date(2026, 1, 1, 0, 5, 0, 0, zone)), "0h05"},
		{en.Time(tuesday), "10:20"},
		{fr.TimeRange(first, tuesday), "9h\u00a0–\u00a010h20"},
		{en.TimeRange(first, tuesday), "09:00–10:20"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if got, want := fr.ShortDay(tuesday), (DayParts{"mar.", "24", "nov."}); got != want {
		t.Errorf("ShortDay = %v, want %v", got, want)
	}
	if got, want := fr.ShortDay(first), (DayParts{"mar.", "1er", "déc."}); got != want {
		t.Errorf("ShortDay = %v, want %v", got, want)
	}
	if got, want := en.ShortDay(first), (DayParts{"Tue", "1", "Dec"}); got != want {
		t.Errorf("ShortDay = %v, want %v", got, want)
	}
}

func TestDateIsReadInTheZoneOfTheTime(t *testing.T) {
	t.Parallel()
	fr, _ := texts(t)
	reunion, err := time.LoadLocation("Indian/Reunion")
	if err != nil {
		t.Fatal(err)
	}
	instant := time.Date(2026, 11, 24, 22, 30, 0, 0, time.UTC)
	if got := fr.LongDateTime(instant.In(reunion)); got != "mercredi 25 novembre 2026 à 2h30" {
		t.Errorf("in La Réunion %q", got)
	}
	if got := fr.LongDateTime(instant.In(paris(t))); got != "mardi 24 novembre 2026 à 23h30" {
		t.Errorf("in Paris %q", got)
	}
}

func TestNearDaysAreSaidAsSpoken(t *testing.T) {
	t.Parallel()
	fr, en := texts(t)
	zone := paris(t)
	now := time.Date(2026, 11, 24, 23, 50, 0, 0, zone)
	for _, c := range []struct {
		days           int
		french, inEngl string
	}{
		{-2, "dimanche 22 novembre", "Sunday 22 November"},
		{-1, "hier", "yesterday"},
		{0, "aujourd’hui", "today"},
		{1, "demain", "tomorrow"},
		{2, "jeudi 26", "Thursday 26"},
		{6, "lundi 30", "Monday 30"},
		{7, "mardi 1er décembre", "Tuesday 1 December"},
	} {
		d := time.Date(2026, 11, 24+c.days, 0, 10, 0, 0, zone)
		if got := fr.Relative(d, now); got != c.french {
			t.Errorf("%+d days = %q, want %q", c.days, got, c.french)
		}
		if got := en.Relative(d, now); got != c.inEngl {
			t.Errorf("%+d days = %q, want %q", c.days, got, c.inEngl)
		}
	}
}

func TestRelativeCountsDaysAcrossTheClockChange(t *testing.T) {
	t.Parallel()
	fr, _ := texts(t)
	zone := paris(t)
	saturday := time.Date(2026, 10, 24, 23, 0, 0, 0, zone)
	sunday := time.Date(2026, 10, 25, 23, 30, 0, 0, zone) // a day of 25 hours
	if got := fr.Relative(sunday, saturday); got != "demain" {
		t.Errorf("got %q", got)
	}
}
