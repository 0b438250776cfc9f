package demo

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
)

// The story goes from so many days before today to so many after.
const (
	daysBack  = 10
	daysAhead = 14
)

// visit is one appointment of the story, from the day it was asked for.
type visit struct {
	agenda, service int // indexes
	person          *person
	start, end      time.Time

	staff     int // who books: 0 for the person, else which of the writers, from 1
	booked    time.Time
	confirmed time.Time // by the house, where the service asks for it
	fate      booking.Status
	arrived   time.Time
	closed    time.Time // when the fate is written down
	reason    string
	note      string
}

// writer makes up the story of one house. The same day gives the same story:
// nothing here asks what time it is.
type writer struct {
	house
	rand   *rand.Rand
	today  calendar.Date
	zone   *time.Location
	crowd  []*guest
	visits []visit
}

// guest is a person with what the story has given them so far.
type guest struct {
	*person
	agenda  int // whom they usually see
	tickets int // how readily they come
	days    []calendar.Date
}

// plan writes the visits of the days around today, in no order.
func (h house) plan(crowd []person, today calendar.Date, zone *time.Location) []visit {
	seed := fnv.New64a()
	_, _ = seed.Write([]byte(h.slug + today.String()))
	w := &writer{house: h, today: today, zone: zone,
		rand: rand.New(rand.NewPCG(seed.Sum64(), 1)), //nolint:gosec // it must be the same at each run
	}
	w.invite(crowd)
	for day := today.AddDays(-daysBack); !day.After(today.AddDays(daysAhead)); day = day.AddDays(1) {
		for i, a := range h.team {
			for _, o := range a.week {
				if slices.Contains(o.days, weekday(day)) {
					w.fill(i, day, o)
				}
			}
		}
	}
	return w.visits
}

// weekday is 1 for Monday to 7 for Sunday.
func weekday(d calendar.Date) int { return (int(d.Weekday())+6)%7 + 1 }

// invite gives everybody an agenda, more often one with more hours, and says
// since when the house knows them: not before they were born, and
// before anything could be booked for them.
func (w *writer) invite(crowd []person) {
	var hours []int
	for i, a := range w.team {
		for _, o := range a.week {
			for range len(o.days) * int(o.to-o.from) / 60 {
				hours = append(hours, i)
			}
		}
	}
	for i, place := range w.rand.Perm(len(crowd)) {
		g := &guest{person: &crowd[i], agenda: hours[place*len(hours)/len(crowd)], tickets: 1 + w.rand.IntN(4)}
		switch {
		case g.is(often):
			g.tickets = 6
		case g.is(rare), g.is(newcomer):
			g.tickets = 1
		}
		day := w.today.AddDays(-40 - w.rand.IntN(w.opened-50))
		if birth := g.born.AddDays(8); day.Before(birth) {
			day = birth
		}
		if !g.is(newcomer) {
			g.since = day.At(at(9, 0), w.zone).Add(w.between(0, 9*time.Hour))
		}
		w.crowd = append(w.crowd, g)
	}
}

// fill walks through one opening and takes what chance takes: much while less
// than planned is taken, little after that.
func (w *writer) fill(agenda int, day calendar.Date, o hours) {
	aim := w.filled - spread + w.rand.IntN(2*spread)
	used := 0
	for t := o.from; t < o.to; {
		behind := used*100 <= aim*int(t-o.from)
		taken := behind && w.chance(92) || !behind && w.chance(35)
		v, ok := visit{}, false
		if taken {
			v, ok = w.visit(agenda, day, o, t)
		}
		if !ok {
			t += 10
			continue
		}
		w.visits = append(w.visits, w.tell(v))
		length := w.offer[v.service].Minutes + w.offer[v.service].AfterMinutes
		used += length
		t = calendar.TimeOfDayOf(v.start, w.zone) + calendar.TimeOfDay(length)
	}
}

// spread is by how many points in 100 one half day differs from the next.
const spread = 14

// visit finds what somebody might come for at a time of an opening or soon
// after.
func (w *writer) visit(agenda int, day calendar.Date, o hours, t calendar.TimeOfDay) (visit, bool) {
	i := w.choose(agenda, o.to-t)
	if i < 0 {
		return visit{}, false
	}
	start := t + wait(t-o.from, w.offer[i].GridMinutes)
	end := start + calendar.TimeOfDay(w.offer[i].Minutes)
	if end > o.to || w.isAway(agenda, day, start, end) {
		return visit{}, false
	}
	g := w.guest(agenda, w.offer[i], day)
	if g == nil {
		return visit{}, false
	}
	g.days = append(g.days, day)
	return visit{agenda: agenda, service: i, person: g.person, start: day.At(start, w.zone), end: day.At(end, w.zone)}, true
}

// wait is how long after so many minutes the next start on the grid is.
func wait(since calendar.TimeOfDay, grid int) calendar.TimeOfDay {
	g := calendar.TimeOfDay(grid)
	return (g - since%g) % g
}

// choose draws a service that fits into the time left, by its share; -1 when
// none does.
func (w *writer) choose(agenda int, left calendar.TimeOfDay) int {
	var fit []int
	for i, v := range w.offer {
		if v.doneBy(agenda) && v.Minutes <= int(left) {
			for range v.share {
				fit = append(fit, i)
			}
		}
	}
	if len(fit) == 0 {
		return -1
	}
	return fit[w.rand.IntN(len(fit))]
}

func (w *writer) isAway(agenda int, day calendar.Date, from, to calendar.TimeOfDay) bool {
	return slices.ContainsFunc(w.away, func(a away) bool {
		return (a.agenda == 0 || a.agenda == agenda+1) && w.today.AddDays(a.day) == day && a.from < to && from < a.to
	})
}

// draws is how many people are looked at before the one who came least is
// taken: the more, the more evenly people come.
const draws = 20

// guest finds who comes, nil when nobody drawn can.
func (w *writer) guest(agenda int, v service, day calendar.Date) *guest {
	var best *guest
	faithful := w.chance(w.faithful)
	for range draws {
		g := w.crowd[w.rand.IntN(len(w.crowd))]
		if faithful && g.agenda != agenda || !g.suits(v, day) {
			continue
		}
		if best == nil || len(g.days)*best.tickets < len(best.days)*g.tickets {
			best = g
		}
	}
	return best
}

// rest is how many days lie between two visits of one person at least.
const rest = 3

// suits tells whether the service is for that person, who has not just come.
func (g *guest) suits(v service, day calendar.Date) bool {
	age := 40
	if !g.born.IsZero() {
		if day.Before(g.born) {
			return false
		}
		for age = 0; !day.Before(g.born.AddMonths(12 * (age + 1))); age++ {
		}
	}
	if age < v.over || v.under > 0 && age >= v.under {
		return false
	}
	if g.is(newcomer) != v.newcomers && len(g.days) == 0 || v.newcomers && len(g.days) > 0 {
		return false
	}
	if v.remote && g.Email == "" {
		return false
	}
	return !slices.ContainsFunc(g.days, func(d calendar.Date) bool { return d.AddDays(rest).After(day) && day.AddDays(rest).After(d) })
}
