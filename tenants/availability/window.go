package availability

import (
	"cmp"
	"slices"
	"time"

	"smartagenda/tenants/calendar"
)

// window is one day's worth of an opening, in real time.
type window struct {
	stretch
	runEnd       int64 // where the windows that follow without a gap end
	place        int32 // index in engine.places
	notValid     bool
	otherService bool
}

// place is a location made ready: what its clocks show over the engine's span.
type place struct {
	id      int64
	zone    *time.Location
	offsets calendar.Offsets
	first   calendar.Date // of the span
	end     calendar.Date // the day after the last
}

// placeOf is the index of a location.
func (e *engine) placeOf(id int64) int32 {
	for i := range e.places {
		if e.places[i].id == id {
			return int32(i)
		}
	}
	zone := e.rules.zone()
	for _, l := range e.rules.Locations {
		if l.ID == id && l.Zone != nil {
			zone = l.Zone
		}
	}
	first := calendar.DateOf(time.Unix(e.span.from, 0), zone)
	end := calendar.DateOf(time.Unix(e.span.to, 0), zone).AddDays(1)
	e.places = append(e.places, place{
		id: id, zone: zone, first: first, end: end,
		offsets: calendar.OffsetsOf(zone, calendar.Span{
			Start: first.At(calendar.Midnight, zone),
			End:   end.At(calendar.Midnight, zone),
		}),
	})
	return int32(len(e.places) - 1)
}

// windows is every opening of p on every day of the span, in or out of force
// and for whichever service: rules refuse them, and so can name the reason.
func (e *engine) windows(p *Practitioner) []window {
	weeks := (e.span.to-e.span.from)/(7*24*3600) + 2
	all := make([]window, 0, int64(len(p.Openings))*weeks)
	var pieces calendar.Spans
	for i := range p.Openings {
		o := &p.Openings[i]
		w := window{place: e.placeOf(o.Location), otherService: !o.takes(e.rules.Service.ID)}
		here := &e.places[w.place]
		wait := (int(o.Weekday) - int(here.first.Weekday()) + 7) % 7
		for d := here.first.AddDays(wait); d.Before(here.end); d = d.AddDays(7) {
			w.notValid = !o.validOn(d)
			pieces = here.offsets.Between(pieces[:0], d, o.From, o.To)
			for _, piece := range pieces {
				w.stretch = stretchOf(piece)
				all = append(all, w)
			}
		}
	}
	return chain(all)
}

func (o *Opening) takes(service int64) bool {
	return len(o.Services) == 0 || slices.Contains(o.Services, service)
}

func (o *Opening) validOn(d calendar.Date) bool {
	return !d.Before(o.ValidFrom) && (o.ValidUntil.IsZero() || !d.After(o.ValidUntil))
}

// chain sorts the windows, those that may offer something first, and sets
// where each run of windows of one kind and place ends.
func chain(all []window) []window {
	slices.SortFunc(all, func(a, b window) int {
		return cmp.Or(cmp.Compare(a.kind(), b.kind()), cmp.Compare(a.from, b.from))
	})
	for i := 0; i < len(all); {
		first, end := i, all[i].to
		for ; i < len(all) && all[i].kind() == all[first].kind() && all[i].from <= end; i++ {
			end = max(end, all[i].to)
		}
		for ; first < i; first++ {
			all[first].runEnd = end
		}
	}
	return all
}

// kind is the same for windows that a slot may run through.
func (w *window) kind() int64 {
	kind := int64(w.place)
	if w.notValid {
		kind |= 1 << 33
	}
	if w.otherService {
		kind |= 1 << 32
	}
	return kind
}
