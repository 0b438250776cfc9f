package demo

import (
	"time"

	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
)

// tell makes up how a visit came about and how it ended.
func (w *writer) tell(a visit) visit {
	v := w.offer[a.service]
	a.staff = w.asker(a, v)
	a.booked = w.askedAt(a, v)
	if v.Mode == catalog.Request && a.staff == 0 {
		a.confirmed = w.answeredAt(a)
	}
	if n := len(v.reasons); n > 0 && w.chance(45) {
		a.reason = v.reasons[w.rand.IntN(n)]
	}
	if n := len(w.notes); n > 0 && a.staff > 0 && w.chance(25) {
		a.note = w.notes[w.rand.IntN(n)]
	}
	a.arrived = a.start.Add(w.between(-12*time.Minute, 3*time.Minute))
	a.closed = a.end.Add(w.between(0, 8*time.Minute))
	switch n := w.rand.IntN(100); {
	case n < 4:
		a.fate = booking.Absent
	case n < 7:
		a.fate = booking.Excused
	case n < 14:
		a.fate, a.closed = booking.Cancelled, w.givenUp(a, v)
	default:
		a.fate = booking.Honoured
	}
	return a
}

func (w *writer) chance(percent int) bool { return w.rand.IntN(100) < percent }

// between is a whole number of seconds.
func (w *writer) between(from, to time.Duration) time.Duration {
	return from + time.Duration(w.rand.Int64N(int64((to-from)/time.Second)+1))*time.Second
}

// answeredAt is when the house confirms: mostly within a day, sometimes after
// thinking about it for a while.
func (w *writer) answeredAt(a visit) time.Time {
	last := a.start.Add(-3 * time.Hour)
	most := 26 * time.Hour
	if w.chance(45) {
		most = last.Sub(a.booked)
	}
	return earlier(w.open(a.booked.Add(w.between(most/2, most))), last)
}

// asker is 0 for a person who books alone. Those without a mail address call,
// and what is not online is booked by the house.
func (w *writer) asker(a visit, v service) int {
	if a.person.Email != "" && v.Mode != catalog.Internal && (v.newcomers || w.chance(64)) {
		return 0
	}
	return 1 + w.rand.IntN(len(w.writers()))
}

// askedAt is some days before the visit, and not after today: those who ask
// later today are in the story, but it is not told that far.
func (w *writer) askedAt(a visit, v service) time.Time {
	day := calendar.DateOf(a.start, w.zone)
	switch n := w.rand.IntN(100); {
	case n < 18:
		day = day.AddDays(-w.rand.IntN(2))
	case n < 65:
		day = day.AddDays(-2 - w.rand.IntN(6))
	default:
		day = day.AddDays(-8 - w.rand.IntN(14))
	}
	if day.After(w.today) {
		day = w.today.AddDays(-w.rand.IntN(12))
	}
	asked := day.At(calendar.HourMinute(7, 0), w.zone).Add(w.between(0, 15*time.Hour))
	notice := time.Duration(v.NoticeMinutes) * time.Minute
	if a.staff > 0 {
		asked, notice = w.open(asked), 15*time.Minute
	}
	return earlier(asked, a.start.Add(-notice-w.between(time.Minute, 50*time.Minute)))
}

// open is t, or the next morning in which the house answers the telephone.
func (w *writer) open(t time.Time) time.Time {
	day, minute := calendar.DateOf(t, w.zone), calendar.TimeOfDayOf(t, w.zone)
	if minute >= at(18, 30) {
		day, minute = day.AddDays(1), 0
	}
	if day.Weekday() == time.Sunday {
		day, minute = day.AddDays(1), 0
	}
	if minute >= at(8, 30) {
		return t
	}
	return day.At(at(8, 30), w.zone).Add(w.between(0, 2*time.Hour))
}

// givenUp is when a visit is cancelled: by the person while that is allowed,
// else by the house for them.
func (w *writer) givenUp(a visit, v service) time.Time {
	last := a.start.Add(-30 * time.Minute)
	if a.staff == 0 {
		last = a.start.Add(-time.Duration(v.CancelMinutes)*time.Minute - time.Minute)
	}
	asked := a.booked
	if a.confirmed.After(asked) {
		asked = a.confirmed
	}
	if last.Sub(asked) < 2*time.Minute {
		return a.start.Add(-5 * time.Minute) // on the telephone, at the last minute
	}
	return asked.Add(w.between(time.Minute, last.Sub(asked)))
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
