package site

import (
	"testing"
	"time"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
)

var monday = calendar.NewDate(2026, 11, 23)

func at(t *testing.T, d calendar.Date, clock string) time.Time {
	t.Helper()
	m, err := calendar.ParseTimeOfDay(clock)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := calendar.LoadZone("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return d.At(m, zone)
}

// plan is one practitioner there on Mondays and Tuesdays, 9 to 12, 14 to 18 and
// 19 to 21, with one free slot on Monday at 15h.
func plan(t *testing.T) booking.Offer {
	t.Helper()
	hour := calendar.HourMinute
	one := availability.Practitioner{ID: 1, Offers: []availability.Offer{{Service: 7}}}
	for _, day := range []time.Weekday{time.Monday, time.Tuesday} {
		for _, h := range [][2]calendar.TimeOfDay{{hour(9, 0), hour(12, 0)}, {hour(14, 0), hour(18, 0)}, {hour(19, 0), hour(21, 0)}} {
			one.Openings = append(one.Openings, availability.Opening{Weekday: day, From: h[0], To: h[1], Location: 1})
		}
	}
	three := at(t, monday, "15:00")
	return booking.Offer{
		Zone: three.Location(), Slots: []availability.Slot{{Start: three, End: three.Add(time.Hour), Practitioner: 1}},
		Rules: availability.Rules{Zone: three.Location(), Service: availability.Service{ID: 7, Notice: 2 * time.Hour, Horizon: 60},
			Practitioners: []availability.Practitioner{one, {ID: 2}}},
	}
}

func states(d day) [3]state { return [3]state{d.parts[0].state, d.parts[1].state, d.parts[2].state} }

func TestAPartOfADaySaysWhyItIsEmpty(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		now    time.Time
		change func(*booking.Offer)
		want   [3]state
		day    state
	}{
		"full":            {at(t, monday, "00:00"), func(*booking.Offer) {}, [3]state{full, "", full}, full},
		"past":            {at(t, monday, "12:30"), func(*booking.Offer) {}, [3]state{late, "", full}, full},
		"too near":        {at(t, monday, "10:00"), func(*booking.Offer) {}, [3]state{late, "", full}, full},
		"evening too":     {at(t, monday, "19:00"), func(o *booking.Offer) { o.Slots = nil }, [3]state{late, late, late}, late},
		"not open yet":    {at(t, monday.AddDays(-61), "10:00"), func(o *booking.Offer) { o.Slots = nil }, [3]state{early, early, early}, early},
		"the last day":    {at(t, monday.AddDays(-60), "10:00"), func(o *booking.Offer) { o.Slots = nil }, [3]state{full, full, full}, full},
		"closed":          {at(t, monday, "00:00"), func(o *booking.Offer) { o.Slots, o.Rules.Closures = nil, []calendar.Span{monday.Day(o.Zone)} }, [3]state{closed, closed, closed}, closed},
		"away":            {at(t, monday, "00:00"), func(o *booking.Offer) { o.Rules.Practitioners[0].Absences = []calendar.Span{monday.Day(o.Zone)} }, [3]state{closed, "", closed}, closed},
		"another service": {at(t, monday, "00:00"), func(o *booking.Offer) { o.Rules.Practitioners[0].Openings[0].Services = []int64{8} }, [3]state{closed, "", full}, full},
		"this service":    {at(t, monday, "00:00"), func(o *booking.Offer) { o.Rules.Practitioners[0].Openings[0].Services = []int64{8, 7} }, [3]state{full, "", full}, full},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := plan(t)
			one.change(&o)
			got := days(o, 0, one.now, monday, 1)
			if len(got) != 1 || states(got[0]) != one.want || got[0].state() != one.day {
				t.Errorf("got %+v, want %v, %s", got, one.want, one.day)
			}
		})
	}
}

func TestDaysWithoutAnybodyAreLeftOut(t *testing.T) {
	t.Parallel()
	o := plan(t)
	got := days(o, 1, at(t, monday, "00:00"), monday, 7)
	if len(got) != 2 || got[0].date != monday || got[1].date != monday.AddDays(1) || got[0].free() != 1 || got[1].free() != 0 {
		t.Errorf("got %+v", got)
	}
	if got := days(o, 2, at(t, monday, "00:00"), monday.AddDays(1), 6); len(got) != 0 {
		t.Errorf("who does not perform the service has days: %+v", got)
	}
	o.Rules.Practitioners[0].Openings = nil
	if got := days(o, 1, at(t, monday, "00:00"), monday, 7); len(got) != 1 || len(got[0].parts[1].slots) != 1 {
		t.Errorf("a slot is lost: %+v", got)
	}
}

// A place with another zone is read in its own: 20h in Réunion is 17h in Paris.
func TestAPlaceHasItsOwnClock(t *testing.T) {
	t.Parallel()
	zone, err := calendar.LoadZone("Indian/Reunion")
	if err != nil {
		t.Fatal(err)
	}
	o := plan(t)
	o.Slots, o.Rules.Locations = nil, []availability.Location{{ID: 1, Zone: zone}}
	o.Rules.Practitioners[0].Openings = []availability.Opening{{Weekday: time.Monday, From: calendar.HourMinute(20, 0), To: calendar.HourMinute(21, 0), Location: 1}}
	if got := states(days(o, 0, at(t, monday, "00:00"), monday, 1)[0]); got != [3]state{closed, full, closed} {
		t.Errorf("got %v", got)
	}
}
