package booking

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/patients"
)

// In characters.
const (
	longestReason = 500
	longestNote   = 1000
)

// Reserve books one moment for one person. The database decides: of any number
// of requests for the same moment one succeeds.
//
// It returns an Invalid fault for wrong input or a moment that is not offered,
// a Conflict fault "booking.slot_taken" when somebody else was first, and for
// a Key seen before the first answer, or an Invalid fault when it stood for
// another body. On an error the caller must roll back, as Scope does.
func Reserve(ctx context.Context, s postgres.Scope, r Request) (Appointment, error) {
	d, err := r.draft(ctx, s)
	if err != nil {
		return Appointment{}, err
	}
	busy, prior, err := d.look(ctx, s)
	if err != nil {
		return Appointment{}, err
	}
	if prior != nil {
		return d.again(ctx, s, prior)
	}
	candidates, err := d.candidates(s, busy)
	if err != nil {
		return Appointment{}, err
	}
	for _, b := range candidates {
		a, ok, err := d.write(ctx, s, b)
		if err != nil {
			return Appointment{}, err
		}
		if ok {
			return a, nil
		}
	}
	return d.lost(ctx, s)
}

// lost answers who came second: the first answer, if that was the same request
// sent twice at once.
func (d *draft) lost(ctx context.Context, s postgres.Scope) (Appointment, error) {
	if d.Key == "" {
		return Appointment{}, taken()
	}
	prior, err := findAnswer(ctx, s, d.Key)
	if err != nil {
		return Appointment{}, err
	}
	if prior == nil {
		return Appointment{}, taken()
	}
	return d.again(ctx, s, prior)
}

func taken() error { return fault.New(fault.Conflict, "booking.slot_taken") }

// draft is a request whose form has been checked.
type draft struct {
	Request
	person  patients.Patient
	reason  string
	hash    []byte
	service catalog.Service
	rules   availability.Rules
	house   *house
}

// draft checks what can be without the rules. Fields of the house are checked
// by look, together with its version.
func (r Request) draft(ctx context.Context, s postgres.Scope) (*draft, error) {
	d := &draft{Request: r}
	var bad []fault.Field
	if r.Patient != 0 && r.Actor.free() {
		p, err := patients.Get(ctx, s, r.Patient)
		if err != nil {
			return nil, err
		}
		if !p.ErasedAt.IsZero() || !p.RestrictedAt.IsZero() {
			return nil, fault.New(fault.NotFound, "patients.unknown")
		}
		d.person = p
	} else {
		r.Person.NoContact = r.Actor.free()
		d.person, bad = r.Person.Normal()
		d.person.PolicyVersion = r.Policy
	}
	var more []fault.Field
	d.reason, more = r.words()
	if r.Key != "" {
		d.hash = r.hash()
	}
	return d, fault.Wrong(append(bad, more...)...)
}

// look reads what the decision needs in one round trip: the version of the
// rules, what is busy around the day, and the answer given to this key before.
func (d *draft) look(ctx context.Context, s postgres.Scope) ([]availability.Busy, *answer, error) {
	h, err := known(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	for {
		d.house = h
		var unknown error
		var w window
		if d.service, d.rules, unknown = h.service(d.Service, d.Actor); unknown == nil {
			day := calendar.DateOf(d.Start, h.zone)
			w = span(d.rules, Query{Practitioner: d.Practitioner, From: day, To: day.AddDays(1)})
		}
		version, busy, prior, err := readForReserve(ctx, s, w, d.Key)
		if err != nil {
			return nil, nil, err
		}
		if version != h.version {
			if h, err = read(ctx, s); err != nil {
				return nil, nil, err
			}
			continue
		}
		if unknown != nil {
			return nil, nil, fault.Wrong(fault.On("service", "booking.service_unknown"))
		}
		if d.service.Reason == catalog.RequiredReason && d.reason == "" && !d.Actor.free() {
			return nil, nil, fault.Wrong(fault.On("reason", "booking.reason_missing"))
		}
		return busy, prior, nil
	}
}

// candidates are the practitioners who can take the moment, in the order in
// which to try them.
func (d *draft) candidates(s postgres.Scope, busy []availability.Busy) ([]availability.Booking, error) {
	var found []availability.Booking
	refusal := availability.None
	for _, p := range d.rules.Practitioners {
		if d.Practitioner != 0 && p.ID != d.Practitioner {
			continue
		}
		b, why := availability.Check(d.rules, busy, availability.Moment{Start: d.Start, Practitioner: p.ID, Now: s.Now()})
		if why == availability.None {
			found = append(found, b)
			continue
		}
		if d.Actor.free() && why != availability.Taken && d.Practitioner != 0 {
			if b, ok := d.anyTime(p); ok {
				return []availability.Booking{b}, nil
			}
		}
		if refusal == availability.None || why == availability.Taken {
			refusal = why // "taken" is the answer that helps most
		}
	}
	switch {
	case len(found) > 0:
		d.leastBusyFirst(found, busy)
		return found, nil
	case refusal == availability.None:
		return nil, fault.Wrong(fault.On("practitioner", "booking.practitioner_unknown"))
	case refusal == availability.Taken:
		return nil, taken()
	}
	return nil, fault.Wrong(fault.On("start", "booking.why_"+string(refusal)))
}

// anyTime is the moment a member asked for, whatever the openings say; that it
// is not taken is for the database to decide.
func (d *draft) anyTime(p availability.Practitioner) (availability.Booking, bool) {
	e := d.rules.Service
	length := e.Duration
	does := false
	for _, o := range p.Offers {
		if o.Service == e.ID {
			does = true
			if o.Duration > 0 {
				length = o.Duration
			}
		}
	}
	if !does || len(d.house.locations) == 0 {
		return availability.Booking{}, false
	}
	start := d.Start.In(d.house.zone)
	b := availability.Booking{Slot: availability.Slot{
		Start: start, End: start.Add(length), Practitioner: p.ID, Location: d.house.locationOf(p, start),
	}}
	b.Takes = []availability.Take{{Resource: p.Resource, Span: calendar.Span{Start: start.Add(-e.Before), End: b.End.Add(e.After)}}}
	return b, true
}

// locationOf is where the practitioner is on that weekday, else the first place.
func (h *house) locationOf(p availability.Practitioner, start time.Time) int64 {
	for _, o := range p.Openings {
		if o.Weekday == start.Weekday() {
			return o.Location
		}
	}
	return h.locations[0].ID
}

func (d *draft) leastBusyFirst(found []availability.Booking, busy []availability.Busy) {
	if len(found) < 2 {
		return
	}
	day := calendar.DateOf(d.Start, d.house.zone).Day(d.house.zone)
	load := map[int64]int{}
	for _, b := range busy {
		if day.Contains(b.Span.Start) {
			load[b.Resource]++
		}
	}
	slices.SortStableFunc(found, func(a, b availability.Booking) int {
		return load[a.Takes[0].Resource] - load[b.Takes[0].Resource]
	})
}

// write stores the booking with all that follows from it in one statement;
// false when the time was taken meanwhile.
func (d *draft) write(ctx context.Context, s postgres.Scope, b availability.Booking) (Appointment, bool, error) {
	key, err := s.Key(ctx)
	if err != nil {
		return Appointment{}, false, err
	}
	a := Appointment{
		Ref: uuid.New(), Status: Booked, Start: b.Start, End: b.End, Source: d.Source, CreatedAt: s.Now(), generation: 1,
		PriceCents: d.house.price(d.service, b.Practitioner), Patient: d.person, Reason: key.SealText(d.reason, reasonColumn),
	}
	if d.service.Mode == catalog.Request && !d.Actor.free() {
		a.Status = Pending
	}
	if d.Actor.free() {
		a.Note = key.SealText(strings.TrimSpace(d.Note), noteColumn)
	}
	token := key.Token(linkKind, a.Ref.String(), a.generation)
	a.Token = secure.TokenString(token)
	d.house.fill(&a, d.service.ID, b.Practitioner, b.Location)
	plan := messages.ForBooking(messages.Contact{Mail: d.person.Email != "", Mobile: d.person.Mobile != ""}, messages.Wishes{
		Pending: a.Status == Pending, BySMS: d.house.profile.ConfirmBySMS, Remind: time.Duration(d.house.profile.RemindHours) * time.Hour,
	}, s.Now(), a.Start)
	ok, err := insert(ctx, s, row{draft: d, a: &a, takes: b.Takes, plan: plan, linkHash: secure.HashToken(token)})
	if ok && len(plan) > 0 {
		s.Nudge()
	}
	return a, ok, err
}

// price is the practitioner's own, else the service's.
func (h *house) price(v catalog.Service, practitioner int64) *int {
	if own := h.prices[[2]int64{v.ID, practitioner}]; own != nil {
		return own
	}
	return v.PriceCents
}

// fill names what the appointment is made of.
func (h *house) fill(a *Appointment, service, practitioner, location int64) {
	for _, v := range h.services {
		if v.ID == service {
			a.Service = Service{v.ID, v.Name, v.Instructions, v.CancelMinutes, v.MoveMinutes, v.Hue}
		}
	}
	for _, p := range h.practitioners {
		if p.ID == practitioner {
			a.Practitioner = Practitioner{p.ID, p.Name, p.ShortName}
		}
	}
	for _, l := range h.locations {
		if l.ID == location {
			a.Location = Location{l.ID, l.Name, l.Address(), l.Directions, a.Start.Location()}
		}
	}
}
