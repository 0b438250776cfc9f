package office

import (
	"cmp"
	"context"
	"slices"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// hours is when each practitioner is usually there.
type hours struct {
	zone     *time.Location // the house's
	people   []practitioners.Practitioner
	openings []practitioners.Opening
	zones    map[int64]*time.Location // of locations with one of their own
	brief    bool                     // some service lasts ten minutes or less
}

// stretch is a part of one day, as the clocks on the wall show it.
type stretch struct{ from, to calendar.TimeOfDay }

func readHours(ctx context.Context, s postgres.Scope, zone *time.Location) (hours, error) {
	h := hours{zone: zone, zones: map[int64]*time.Location{}}
	var err error
	if h.people, err = practitioners.List(ctx, s); err != nil {
		return h, err
	}
	if h.openings, err = practitioners.Openings(ctx, s); err != nil {
		return h, err
	}
	locations, err := catalog.Locations(ctx, s)
	if err != nil {
		return h, err
	}
	services, err := catalog.Services(ctx, s, false)
	if err != nil {
		return h, err
	}
	h.brief = slices.ContainsFunc(services, func(v catalog.Service) bool { return v.Minutes <= 10 })
	for _, l := range locations {
		if l.Zone == "" {
			continue
		}
		if h.zones[l.ID], err = calendar.LoadZone(l.Zone); err != nil {
			return h, err
		}
	}
	h.openings = slices.DeleteFunc(h.openings, func(o practitioners.Opening) bool { return !h.works(o.PractitionerID) })
	return h, nil
}

func (h hours) works(practitioner int64) bool {
	return slices.ContainsFunc(h.people, func(p practitioners.Practitioner) bool { return p.ID == practitioner })
}

// on lists the openings in force on a day.
func (h hours) on(d calendar.Date) []practitioners.Opening {
	var all []practitioners.Opening
	for _, o := range h.openings {
		if time.Weekday(o.Weekday%7) == d.Weekday() && !d.Before(o.ValidFrom) && (o.ValidUntil.IsZero() || !d.After(o.ValidUntil)) {
			all = append(all, o)
		}
	}
	return all
}

// of is when a practitioner, or with 0 anybody, is there on a day: ranges in
// order, none touching.
func (h hours) of(practitioner int64, d calendar.Date) []stretch {
	var all []stretch
	for _, o := range h.on(d) {
		if practitioner == 0 || o.PractitionerID == practitioner {
			all = append(all, stretch{o.Opens, o.Closes})
		}
	}
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	set := all[:0]
	for _, s := range all {
		if n := len(set); n > 0 && s.from <= set[n-1].to {
			set[n-1].to = max(set[n-1].to, s.to)
		} else {
			set = append(set, s)
		}
	}
	return set
}

// place is the zone in which a practitioner's clocks show that day.
func (h hours) place(practitioner int64, d calendar.Date) *time.Location {
	for _, o := range h.on(d) {
		if zone := h.zones[o.LocationID]; o.PractitionerID == practitioner && zone != nil {
			return zone
		}
	}
	return h.zone
}

// shown are the whole hours that a day's grid begins and ends with: half an
// hour of room before the first opening.
func (h hours) shown() (from, to calendar.TimeOfDay) {
	if len(h.openings) == 0 {
		return calendar.HourMinute(8, 0), calendar.HourMinute(19, 0)
	}
	from, to = calendar.EndOfDay, calendar.Midnight
	for _, o := range h.openings {
		from, to = min(from, o.Opens), max(to, o.Closes)
	}
	return max(from-30, 0) / 60 * 60, (to + 59) / 60 * 60
}

// idle lists the days of the week on which nobody is ever there, save some.
func (h hours) idle(save ...time.Weekday) []int {
	var days []int
	for d := time.Sunday; d <= time.Saturday; d++ {
		if !slices.Contains(save, d) && !slices.ContainsFunc(h.openings, func(o practitioners.Opening) bool { return time.Weekday(o.Weekday%7) == d }) {
			days = append(days, int(d))
		}
	}
	if len(days) == 7 {
		return nil
	}
	return days
}

// doors are the times at which the house opens and closes on a day, closures
// taken off: an opening and a closing by turns.
func (h hours) doors(d calendar.Date, away []practitioners.Absence) calendar.Spans {
	var open, closed []calendar.Span
	for _, o := range h.on(d) {
		zone := cmp.Or(h.zones[o.LocationID], h.zone)
		open = append(open, calendar.Span{Start: d.At(o.Opens, zone), End: d.At(o.Closes, zone)})
	}
	for _, a := range away {
		if a.PractitionerID == 0 {
			closed = append(closed, calendar.Span{Start: a.StartsAt, End: a.EndsAt})
		}
	}
	return calendar.NewSpans(open...).Subtract(calendar.NewSpans(closed...))
}
