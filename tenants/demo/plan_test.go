package demo

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/phone"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
)

var paris, _ = calendar.LoadZone("Europe/Paris")

func houses() []house { return []house{bellecour(), lingua(), lumiere(), seve()} }

// crowdOf is a new copy at each call: planning writes into it.
func crowdOf(t rapid.TB, h house) []person {
	crowd, err := people(h.slug)
	if err != nil {
		t.Fatal(err)
	}
	return crowd
}

func drawHouse(t *rapid.T) house {
	i := rapid.IntRange(0, len(houses())-1).Draw(t, "house")
	return houses()[i]
}

func drawDay(t *rapid.T) calendar.Date {
	return calendar.NewDate(2026, 11, 1).AddDays(rapid.IntRange(0, 1500).Draw(t, "days"))
}

func TestTheSameDayGivesTheSameStoryAndAnotherDayAnother(t *testing.T) {
	t.Parallel()
	day := calendar.NewDate(2026, 11, 23)
	for _, h := range houses() {
		told := func(day calendar.Date) (s []string) {
			for _, v := range h.plan(crowdOf(t, h), day, paris) {
				s = append(s, v.start.String()+v.booked.String()+v.person.LastName+string(v.fate)+v.reason)
			}
			return s
		}
		if !slices.Equal(told(day), told(day)) {
			t.Errorf("%s: the same day gave two stories", h.slug)
		}
		if slices.Equal(told(day), told(day.AddDays(1))) {
			t.Errorf("%s: two days gave the same story", h.slug)
		}
	}
}

func TestEveryVisitIsOneThatTheHouseOffers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := drawHouse(t)
		today := drawDay(t)
		for _, v := range h.plan(crowdOf(t, h), today, paris) {
			s := h.offer[v.service]
			day := calendar.DateOf(v.start, paris)
			if day.Before(today.AddDays(-daysBack)) || day.After(today.AddDays(daysAhead)) {
				t.Errorf("%s is too far from %s", v.start, today)
			}
			if v.end.Sub(v.start) != time.Duration(s.Minutes)*time.Minute || !s.doneBy(v.agenda) {
				t.Errorf("%s from %s to %s by agenda %d", s.Name, v.start, v.end, v.agenda)
			}
			if !slices.ContainsFunc(h.team[v.agenda].week, func(o hours) bool { return o.offers(v, s) }) {
				t.Errorf("%s at %s is outside the hours of agenda %d or off the grid", s.Name, v.start, v.agenda)
			}
			if notice := time.Duration(s.NoticeMinutes) * time.Minute; v.staff == 0 && (v.start.Sub(v.booked) < notice || s.Mode == catalog.Internal) {
				t.Errorf("a visitor booked %s of %s at %s", s.Name, v.start, v.booked)
			}
			if s.under > 0 && !v.person.born.IsZero() && v.person.born.AddMonths(12*s.under).Compare(day) <= 0 {
				t.Errorf("%s is too old for %s", v.person.born, s.Name)
			}
		}
	})
}

// offers tells whether the visit lies in the range, on the service's grid.
func (o hours) offers(v visit, s service) bool {
	from, to := calendar.TimeOfDayOf(v.start, paris), calendar.TimeOfDayOf(v.end, paris)
	return slices.Contains(o.days, weekday(calendar.DateOf(v.start, paris))) && from >= o.from && to <= o.to && int(from-o.from)%s.GridMinutes == 0
}

func TestNobodyIsInTwoPlacesAndNoAgendaSeesTwoPeople(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := drawHouse(t)
		visits := h.plan(crowdOf(t, h), drawDay(t), paris)
		slices.SortFunc(visits, func(a, b visit) int { return a.start.Compare(b.start) })
		free := map[int]time.Time{}
		last := map[*person]calendar.Date{}
		for _, v := range visits {
			if v.start.Before(free[v.agenda]) {
				t.Errorf("agenda %d is not free at %s", v.agenda, v.start)
			}
			free[v.agenda] = v.end.Add(time.Duration(h.offer[v.service].AfterMinutes) * time.Minute)
			day := calendar.DateOf(v.start, paris)
			if before, ok := last[v.person]; ok && day.Before(before.AddDays(rest)) {
				t.Errorf("%s comes on %s and on %s", v.person.LastName, before, day)
			}
			last[v.person] = day
		}
	})
}

func TestTheHousesAreNeitherEmptyNorFull(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := drawHouse(t)
		today := drawDay(t)
		open, taken := 0, 0
		for day := today.AddDays(-daysBack); !day.After(today.AddDays(daysAhead)); day = day.AddDays(1) {
			for _, a := range h.team {
				for _, o := range a.week {
					if slices.Contains(o.days, weekday(day)) {
						open += int(o.to - o.from)
					}
				}
			}
		}
		for _, v := range h.plan(crowdOf(t, h), today, paris) {
			taken += h.offer[v.service].Minutes + h.offer[v.service].AfterMinutes
		}
		if percent := taken * 100 / open; percent < 60-tolerance(h) || percent > 80 {
			t.Errorf("%s is taken at %d %%", h.slug, percent)
		}
	})
}

// tolerance is in points: a house with one agenda half the week leaves more to
// chance.
func tolerance(h house) int {
	if len(h.team) == 1 {
		return 20
	}
	return 0
}

func TestActsFollowOneAnother(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := drawHouse(t)
		crowd, today := crowdOf(t, h), drawDay(t)
		visits := h.plan(crowd, today, paris)
		for _, v := range visits {
			if !v.booked.Before(v.start) || v.fate == booking.Cancelled && !v.closed.After(v.booked) || v.fate == booking.Cancelled && !v.closed.Before(v.start) {
				t.Errorf("booked %s, starts %s, %s %s", v.booked, v.start, v.fate, v.closed)
			}
			if !v.confirmed.IsZero() && (v.confirmed.Before(v.booked) || v.confirmed.After(v.start)) {
				t.Errorf("booked %s, confirmed %s, starts %s", v.booked, v.confirmed, v.start)
			}
			if !v.person.is(newcomer) && !v.person.since.Before(v.booked) {
				t.Errorf("the file of %s was made %s, after the booking of %s", v.person.LastName, v.person.since, v.booked)
			}
		}
		all := acts(crowd, visits)
		for i := 1; i < len(all); i++ {
			if !all[i].at.After(all[i-1].at) {
				t.Fatalf("act %d at %s, the one before at %s", i, all[i].at, all[i-1].at)
			}
		}
		if first := today.AddDays(-h.opened).Day(paris).End; all[0].at.Before(first) {
			t.Errorf("an act at %s, before the house opened", all[0].at)
		}
	})
}

func TestThePeopleOfTheDemoAreNobody(t *testing.T) {
	t.Parallel()
	for _, h := range houses() {
		crowd := crowdOf(t, h)
		for _, p := range crowd {
			d := p.Draft
			d.NoContact = true
			one, bad := d.Normal()
			if len(bad) > 0 {
				t.Errorf("%s: %s %s: %v", h.slug, p.FirstName, p.LastName, fault.Wrong(bad...))
			}
			if p.Email != "" && !strings.HasSuffix(p.Email, "@exemple.fr") {
				t.Errorf("%s: a real mail address: %s", h.slug, p.Email)
			}
			if one.Mobile != "" && !strings.HasPrefix(one.Mobile, "+336123456") {
				t.Errorf("%s: a mobile that somebody may have: %s", h.slug, one.Mobile)
			}
			landline, _ := phone.Parse(p.landline)
			for _, n := range []string{one.Phone, string(landline)} {
				if n != "" && !slices.ContainsFunc(fiction, func(kept string) bool { return strings.HasPrefix(n, kept) }) {
					t.Errorf("%s: a landline that somebody may have: %s", h.slug, n)
				}
			}
		}
	}
}

// fiction are the landlines that ARCEP keeps for films and books, decision
// 2018-0881.
var fiction = []string{"+3319900", "+3326191", "+3335301", "+3346571", "+3353649"}
