package booking

import (
	"context"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
)

// MostDays is the longest range that one question may cover.
const MostDays = 62

// Query asks when a service can be had, on the days from From to the day
// before To in the house's zone.
type Query struct {
	Actor        Actor
	Service      int64
	Practitioner int64 // 0: any of those who perform it
	From, To     calendar.Date
}

// Offer is the answer: what is free, and how to name it.
type Offer struct {
	Service catalog.Service
	Rules   availability.Rules
	Zone    *time.Location
	Slots   []availability.Slot
	// Next is the first free moment after an empty range, zero when there is
	// none before the horizon or when the range was not empty.
	Next time.Time

	busy []availability.Busy
}

// Slots lists what is free. Without a practitioner every start is listed once
// for each who is free; Merged keeps one. It returns a NotFound fault for a
// service that cannot be booked or a practitioner who does not perform it, and
// an Invalid one for a range out of bounds.
func Slots(ctx context.Context, s postgres.Scope, q Query) (Offer, error) {
	if err := q.check(); err != nil {
		return Offer{}, err
	}
	var o Offer
	busy, err := look(ctx, s, func(h *house) (window, error) {
		var err error
		if o.Service, o.Rules, err = h.service(q.Service, q.Actor); err != nil {
			return window{}, err
		}
		o.Zone = h.zone
		w := span(o.Rules, q)
		if len(w.resources) == 0 && q.Practitioner != 0 {
			return w, fault.New(fault.NotFound, "booking.practitioner_unknown")
		}
		return w, nil
	})
	if err != nil {
		return Offer{}, err
	}
	o.busy = busy
	o.Slots = availability.Slots(o.Rules, busy, availability.Query{From: q.From, To: q.To, Practitioner: q.Practitioner, Now: s.Now()})
	if len(o.Slots) == 0 {
		o.Next, err = next(ctx, s, o.Rules, q)
	}
	return o, err
}

// Merged keeps one slot for each start, that of the least busy.
func (o Offer) Merged() []availability.Slot {
	return availability.Merge(o.Rules, o.busy, o.Slots)
}

func (q Query) check() error {
	if q.From.IsZero() || q.To.IsZero() || !q.From.Before(q.To) {
		return fault.Wrong(fault.On("to", "booking.range_order"))
	}
	if q.To.After(q.From.AddDays(MostDays)) {
		return fault.Wrong(fault.On("to", "booking.range_long", "Days", MostDays))
	}
	return nil
}

// window is what of the busy rows an answer needs.
type window struct {
	resources []int64
	span      calendar.Span
}

// span covers the days asked for, with room on both sides for zones, buffers
// and appointments that began the day before.
func span(r availability.Rules, q Query) window {
	return window{
		resources: resources(r, q.Practitioner),
		span: calendar.Span{
			Start: later(q.From.AddDays(-1), ancient).Day(r.Zone).Start,
			End:   later(q.To.AddDays(1), ancient).Day(r.Zone).End,
		},
	}
}

// ancient is before every appointment; PostgreSQL has no year 0, where the
// first day of a zone may begin.
var ancient = calendar.NewDate(1970, 1, 1)

func later(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// look asks the house what it wants to know and reads the busy rows for it,
// in one round trip when this process knows the house; when the house has
// changed meanwhile it asks again.
func look(ctx context.Context, s postgres.Scope, want func(*house) (window, error)) ([]availability.Busy, error) {
	h, err := known(ctx, s)
	if err != nil {
		return nil, err
	}
	for {
		w, wantErr := want(h)
		version, busy, err := readBusy(ctx, s, w)
		if err != nil {
			return nil, err
		}
		if version == h.version {
			return busy, wantErr
		}
		if h, err = read(ctx, s); err != nil {
			return nil, err
		}
	}
}

// nextDays is how far next looks at a time.
const nextDays = 31

// next finds the first free moment from the end of the query on.
func next(ctx context.Context, s postgres.Scope, r availability.Rules, q Query) (time.Time, error) {
	today := calendar.DateOf(s.Now(), r.Zone)
	last := today.AddDays(r.Service.Horizon)
	for from := later(q.To, today); !from.After(last); from = from.AddDays(nextDays) {
		q.From, q.To = from, from.AddDays(nextDays)
		_, busy, err := readBusy(ctx, s, span(r, q))
		if err != nil {
			return time.Time{}, err
		}
		slots := availability.Slots(r, busy, availability.Query{From: q.From, To: q.To, Practitioner: q.Practitioner, Now: s.Now()})
		if len(slots) > 0 {
			return slots[0].Start, nil
		}
	}
	return time.Time{}, nil
}

// FirstFree finds, for each public service, its first free slot within a
// month; a service without one is left out.
func FirstFree(ctx context.Context, s postgres.Scope) (map[int64]availability.Slot, error) {
	var services []catalog.Service
	var rules map[int64]availability.Rules
	today := calendar.Date{}
	busy, err := look(ctx, s, func(h *house) (window, error) {
		services, rules, today = h.services, h.rules, calendar.DateOf(s.Now(), h.zone)
		w := window{span: calendar.Span{Start: s.Now(), End: today.AddDays(nextDays + 1).Day(h.zone).End}}
		for _, p := range h.practitioners {
			w.resources = append(w.resources, p.ResourceID)
		}
		return w, nil
	})
	if err != nil {
		return nil, err
	}
	first := map[int64]availability.Slot{}
	for _, v := range services {
		if !v.Public() {
			continue
		}
		for from := today; from.Before(today.AddDays(nextDays)); from = from.AddDays(7) {
			slots := availability.Slots(rules[v.ID], busy, availability.Query{From: from, To: from.AddDays(7), Now: s.Now()})
			if len(slots) > 0 {
				first[v.ID] = availability.Merge(rules[v.ID], busy, slots)[0]
				break
			}
		}
	}
	return first, nil
}
