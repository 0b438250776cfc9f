package calendar

import (
	"slices"
	"time"
)

// Region is a part of France with public holidays of its own.
type Region string

// The regions, as settings store them.
const (
	Metropole     Region = "metropole"
	AlsaceMoselle Region = "alsace_moselle"
	Guadeloupe    Region = "guadeloupe"
	Martinique    Region = "martinique"
	Guyane        Region = "guyane"
	Reunion       Region = "reunion"
	Mayotte       Region = "mayotte"
	Miquelon      Region = "saint_pierre_et_miquelon"
	SaintMartin   Region = "saint_martin"
	SaintBarth    Region = "saint_barthelemy"
	Caledonia     Region = "nouvelle_caledonie"
	Polynesia     Region = "polynesie"
	WallisFutuna  Region = "wallis_et_futuna"
)

// easterIsMoving stands for the month of a holiday that is counted from Easter.
const easterIsMoving time.Month = 0

// Holiday is a public holiday: Name never changes and makes a message key.
type Holiday struct {
	Name string
	Date Date
}

// rule says when a holiday is: on a day of a month, or so many days from
// Easter Sunday where the month is 0. since is the first year, 0: always.
type rule struct {
	name  string
	month time.Month
	day   int
	since int
	only  []Region // nil: everywhere
}

// The eleven national holidays are those of article L3133-1 of the Code du
// travail. Local ones: L3134-13 (Alsace-Moselle, with Good Friday as observed
// where there is a mixed parish), L3422-2 and décret 83-1003 (abolition of
// slavery), article Lp. 241-1 of the code du travail of Nouvelle-Calédonie, and
// the labour codes of Polynésie française and of Wallis-et-Futuna.
var holidayRules = []rule{
	{name: "new_year", month: 1, day: 1},
	{name: "gospel", month: 3, day: 5, only: []Region{Polynesia}},
	{name: "good_friday", month: easterIsMoving, day: -2, only: []Region{AlsaceMoselle, Polynesia}},
	{name: "easter_monday", month: easterIsMoving, day: 1},
	{name: "abolition", month: 4, day: 27, only: []Region{Mayotte}},
	{name: "chanel", month: 4, day: 28, only: []Region{WallisFutuna}},
	{name: "labour", month: 5, day: 1},
	{name: "victory", month: 5, day: 8},
	{name: "ascension", month: easterIsMoving, day: 39},
	{name: "whit_monday", month: easterIsMoving, day: 50},
	{name: "abolition", month: 5, day: 22, only: []Region{Martinique}},
	{name: "abolition", month: 5, day: 27, only: []Region{Guadeloupe}},
	{name: "abolition", month: 5, day: 28, only: []Region{SaintMartin}},
	{name: "abolition", month: 6, day: 10, only: []Region{Guyane}},
	{name: "peter_and_paul", month: 6, day: 29, only: []Region{WallisFutuna}},
	{name: "national", month: 7, day: 14},
	{name: "territory", month: 7, day: 29, only: []Region{WallisFutuna}},
	{name: "assumption", month: 8, day: 15},
	{name: "citizenship", month: 9, day: 24, only: []Region{Caledonia}},
	{name: "abolition", month: 10, day: 9, only: []Region{SaintBarth}},
	{name: "all_saints", month: 11, day: 1},
	{name: "armistice", month: 11, day: 11},
	{name: "matarii", month: 11, day: 20, since: 2025, only: []Region{Polynesia}},
	{name: "abolition", month: 12, day: 20, only: []Region{Reunion}},
	{name: "christmas", month: 12, day: 25},
	{name: "saint_stephen", month: 12, day: 26, only: []Region{AlsaceMoselle}},
}

// Regions lists them all, in the order to show them.
func Regions() []Region {
	return []Region{Metropole, AlsaceMoselle, Guadeloupe, Martinique, Guyane, Reunion, Mayotte, Miquelon, SaintMartin, SaintBarth, Caledonia, Polynesia, WallisFutuna}
}

// Valid tells whether it is one of Regions.
func (r Region) Valid() bool { return slices.Contains(Regions(), r) }

// HolidayNames lists every name a region can have, in the order of the year.
func (r Region) HolidayNames() []string {
	var names []string
	for _, one := range holidayRules {
		if one.holds(r) {
			names = append(names, one.name)
		}
	}
	return names
}

// Holidays lists the public holidays of a year, by date.
func (r Region) Holidays(year int) []Holiday {
	easter := Easter(year)
	var all []Holiday
	for _, one := range holidayRules {
		if !one.holds(r) || year < one.since {
			continue
		}
		d := easter.AddDays(one.day)
		if one.month != easterIsMoving {
			d = NewDate(year, one.month, one.day)
		}
		all = append(all, Holiday{one.name, d})
	}
	slices.SortStableFunc(all, func(a, b Holiday) int { return a.Date.Compare(b.Date) })
	return all
}

// HolidaysBetween lists those from one day to the day before another.
func (r Region) HolidaysBetween(from, to Date) []Holiday {
	var all []Holiday
	first, _, _ := from.Parts()
	last, _, _ := to.Parts()
	for year := first; year <= last; year++ {
		for _, h := range r.Holidays(year) {
			if !h.Date.Before(from) && h.Date.Before(to) {
				all = append(all, h)
			}
		}
	}
	return all
}

func (one rule) holds(r Region) bool { return one.only == nil || slices.Contains(one.only, r) }

// Easter is Easter Sunday of the Gregorian calendar, by the method published
// anonymously in Nature on 20 April 1876.
func Easter(year int) Date {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return NewDate(year, time.Month(n/31), n%31+1)
}
