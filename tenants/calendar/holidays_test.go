package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"smartagenda/tenants/calendar"
)

func TestEasterFallsWhereItDid(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		1818: "1818-03-22", 1943: "1943-04-25", 2000: "2000-04-23", 2024: "2024-03-31", 2025: "2025-04-20",
		2026: "2026-04-05", 2027: "2027-03-28", 2028: "2028-04-16", 2038: "2038-04-25", 2285: "2285-03-22",
	} {
		if got := calendar.Easter(year).String(); got != want {
			t.Errorf("%d: %s, want %s", year, got, want)
		}
	}
}

func TestTheElevenNationalHolidays(t *testing.T) {
	t.Parallel()
	var got []string
	for _, h := range calendar.Metropole.Holidays(2026) {
		got = append(got, h.Name+" "+h.Date.String())
	}
	want := []string{
		"new_year 2026-01-01", "easter_monday 2026-04-06", "labour 2026-05-01", "victory 2026-05-08", "ascension 2026-05-14",
		"whit_monday 2026-05-25", "national 2026-07-14", "assumption 2026-08-15", "all_saints 2026-11-01", "armistice 2026-11-11", "christmas 2026-12-25",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestEachRegionHasItsOwn(t *testing.T) {
	t.Parallel()
	own := map[calendar.Region][]string{
		calendar.AlsaceMoselle: {"2026-04-03", "2026-12-26"}, calendar.Guadeloupe: {"2026-05-27"}, calendar.Martinique: {"2026-05-22"},
		calendar.Guyane: {"2026-06-10"}, calendar.Reunion: {"2026-12-20"}, calendar.Mayotte: {"2026-04-27"}, calendar.SaintBarth: {"2026-10-09"},
		calendar.SaintMartin: {"2026-05-28"}, calendar.Caledonia: {"2026-09-24"}, calendar.Polynesia: {"2026-03-05", "2026-04-03", "2026-11-20"},
		calendar.WallisFutuna: {"2026-04-28", "2026-06-29", "2026-07-29"}, calendar.Metropole: nil, calendar.Miquelon: nil,
	}
	national := calendar.Metropole.Holidays(2026)
	for _, r := range calendar.Regions() {
		var more []string
		for _, h := range r.Holidays(2026) {
			if !slices.Contains(national, h) {
				more = append(more, h.Date.String())
			}
		}
		if want, known := own[r]; !known || !slices.Equal(more, want) {
			t.Errorf("%s adds %v, want %v", r, more, want)
		}
		if len(r.HolidayNames()) != len(r.Holidays(2026)) {
			t.Errorf("%s names %v", r, r.HolidayNames())
		}
	}
	if len(own) != len(calendar.Regions()) || calendar.Region("atlantide").Valid() {
		t.Error("a region is not tested")
	}
}

func TestEasterIsASundayOfSpring(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(1583, 9999).Draw(t, "year")
		e := calendar.Easter(year)
		if e.Weekday() != time.Sunday || e.Before(calendar.NewDate(year, 3, 22)) || e.After(calendar.NewDate(year, 4, 25)) {
			t.Fatalf("%s", e)
		}
	})
}

func TestHolidaysBetweenAreThoseOfTheirYears(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom(calendar.Regions()).Draw(t, "region")
		from := calendar.NewDate(2026, 1, 1).AddDays(rapid.IntRange(0, 900).Draw(t, "from"))
		to := from.AddDays(rapid.IntRange(0, 900).Draw(t, "days"))
		got := r.HolidaysBetween(from, to)
		n := 0
		for d := from; d.Before(to); d = d.AddDays(1) {
			year, _, _ := d.Parts()
			for _, h := range r.Holidays(year) {
				if h.Date == d {
					if got[n] != h {
						t.Fatalf("%v at %d, want %v", got[n], n, h)
					}
					n++
				}
			}
		}
		if n != len(got) {
			t.Fatalf("%d holidays, want %d", len(got), n)
		}
	})
}
