package booking

import (
	"context"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// house is all the rules of one tenant, read together and shared by the
// transactions of this process for as long as its version stands.
type house struct {
	version       int64
	profile       catalog.Profile
	zone          *time.Location
	services      []catalog.Service
	practitioners []practitioners.Practitioner
	locations     []catalog.Location
	rules         map[int64]availability.Rules // by service
	prices        map[[2]int64]*int            // by service and practitioner, their own ones
}

const houseNote = "booking.house"

// recent is how far back a house knows absences: it may be used for that long.
const recent = 24 * time.Hour

// known is the copy this process has, however old; the caller compares its
// version. Without one it reads the house.
func known(ctx context.Context, s postgres.Scope) (*house, error) {
	if h, ok := s.Recall(houseNote).(*house); ok {
		return h, nil
	}
	return read(ctx, s)
}

// read loads the house as this transaction sees it.
func read(ctx context.Context, s postgres.Scope) (*house, error) {
	h := &house{rules: map[int64]availability.Rules{}, prices: map[[2]int64]*int{}}
	var err error
	if h.version, err = rulesVersion(ctx, s); err != nil {
		return nil, err
	}
	if h.profile, err = catalog.GetProfile(ctx, s); err != nil {
		return nil, err
	}
	if h.zone, err = calendar.LoadZone(h.profile.Zone); err != nil {
		return nil, err
	}
	if h.services, err = catalog.Services(ctx, s, false); err != nil {
		return nil, err
	}
	if h.practitioners, err = practitioners.List(ctx, s); err != nil {
		return nil, err
	}
	if h.locations, err = catalog.Locations(ctx, s); err != nil {
		return nil, err
	}
	if err := h.build(ctx, s); err != nil {
		return nil, err
	}
	s.Remember(houseNote, h)
	return h, nil
}

// build turns rows into the engine's values, once for each service.
func (h *house) build(ctx context.Context, s postgres.Scope) error {
	skills, err := practitioners.Skills(ctx, s)
	if err != nil {
		return err
	}
	openings, err := practitioners.Openings(ctx, s)
	if err != nil {
		return err
	}
	absences, err := practitioners.Absences(ctx, s, s.Now().Add(-recent), s.Now().AddDate(3, 0, 0))
	if err != nil {
		return err
	}
	people := h.people(skills, openings, absences)
	places, err := h.places()
	if err != nil {
		return err
	}
	var closures []calendar.Span
	for _, a := range absences {
		if a.PractitionerID == 0 {
			closures = append(closures, calendar.Span{Start: a.StartsAt, End: a.EndsAt})
		}
	}
	for _, v := range h.services {
		h.rules[v.ID] = availability.Rules{
			Zone: h.zone, Service: engineService(v), Practitioners: people, Locations: places, Closures: closures,
		}
	}
	return nil
}

func engineService(v catalog.Service) availability.Service {
	return availability.Service{
		ID: v.ID, Duration: minutes(v.Minutes), Before: minutes(v.BeforeMinutes), After: minutes(v.AfterMinutes),
		Grid: minutes(v.GridMinutes), Notice: minutes(v.NoticeMinutes), Horizon: v.HorizonDays, Capacity: v.Capacity,
	}
}

func (h *house) people(skills []practitioners.Skill, openings []practitioners.Opening, absences []practitioners.Absence) []availability.Practitioner {
	people := make([]availability.Practitioner, len(h.practitioners))
	index := map[int64]*availability.Practitioner{}
	for i, p := range h.practitioners {
		people[i] = availability.Practitioner{ID: p.ID, Resource: p.ResourceID}
		index[p.ID] = &people[i]
	}
	for _, k := range skills {
		if p := index[k.PractitionerID]; p != nil {
			offer := availability.Offer{Service: k.ServiceID}
			if k.Minutes != nil {
				offer.Duration = minutes(*k.Minutes)
			}
			p.Offers = append(p.Offers, offer)
			h.prices[[2]int64{k.ServiceID, k.PractitionerID}] = k.PriceCents
		}
	}
	for _, o := range openings {
		if p := index[o.PractitionerID]; p != nil {
			p.Openings = append(p.Openings, availability.Opening{
				Weekday: time.Weekday(o.Weekday % 7), From: o.Opens, To: o.Closes,
				ValidFrom: o.ValidFrom, ValidUntil: o.ValidUntil, Location: o.LocationID,
			})
		}
	}
	for _, a := range absences {
		if p := index[a.PractitionerID]; p != nil {
			p.Absences = append(p.Absences, calendar.Span{Start: a.StartsAt, End: a.EndsAt})
		}
	}
	return people
}

func (h *house) places() ([]availability.Location, error) {
	var places []availability.Location
	for _, l := range h.locations {
		if l.Zone == "" {
			continue
		}
		zone, err := calendar.LoadZone(l.Zone)
		if err != nil {
			return nil, err
		}
		places = append(places, availability.Location{ID: l.ID, Zone: zone})
	}
	return places, nil
}

// service finds one that the actor may book.
func (h *house) service(id int64, actor Actor) (catalog.Service, availability.Rules, error) {
	for _, v := range h.services {
		if v.ID != id || !v.Public() && !actor.free() {
			continue
		}
		rules := h.rules[id]
		if actor.free() {
			rules.Service.Notice = 0
		}
		return v, rules, nil
	}
	return catalog.Service{}, availability.Rules{}, fault.New(fault.NotFound, "booking.service_unknown")
}

// resources are the rows of the practitioners who perform the service.
func resources(r availability.Rules, practitioner int64) []int64 {
	var ids []int64
	for _, p := range r.Practitioners {
		if practitioner != 0 && p.ID != practitioner {
			continue
		}
		for _, o := range p.Offers {
			if o.Service == r.Service.ID {
				ids = append(ids, p.Resource)
				break
			}
		}
	}
	return ids
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
