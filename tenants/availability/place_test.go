package availability_test

import (
	"testing"
	"time"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

func TestOpeningsAreReadInTheZoneOfTheirLocation(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Locations = []availability.Location{{ID: 7, Zone: zone(t, "Indian/Reunion")}, {ID: 8}}
	rules.Practitioners[0].Openings[0].To = calendar.HourMinute(10, 0)
	afternoon := opening(t, time.Monday, "14:00", "14:30")
	afternoon.Location = 8
	rules.Practitioners[0].Openings = append(rules.Practitioners[0].Openings, afternoon)
	slots := availability.Slots(rules, nil, days(t, rules, "2026-11-23", 1))
	wantStarts(t, slots, time.RFC3339, "2026-11-23T09:00:00+04:00", "2026-11-23T09:30:00+04:00", "2026-11-23T14:00:00+01:00")
	if slots[0].Location != 7 || slots[2].Location != 8 {
		t.Errorf("at %d and %d", slots[0].Location, slots[2].Location)
	}
}

func TestDaysAreThoseOfTheTenant(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Locations = []availability.Location{{ID: 7, Zone: zone(t, "Pacific/Noumea")}}
	rules.Practitioners[0].Openings[0] = opening(t, time.Monday, "08:10", "11:10") // 22:10 to 01:10 in Paris
	rules.Practitioners[0].Openings[0].Location = 7
	wantStarts(t, availability.Slots(rules, nil, days(t, rules, "2026-11-22", 1)), "15:04", "08:10", "08:40", "09:10", "09:40")
	wantStarts(t, availability.Slots(rules, nil, days(t, rules, "2026-11-23", 1)), "15:04", "10:10", "10:40")
}

func TestNoZoneIsUTC(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Zone = nil
	q := availability.Query{From: date(t, "2026-11-23"), To: date(t, "2026-11-24"), Now: at(t, "2026-11-23T11:00Z")}
	wantStarts(t, availability.Slots(rules, nil, q), time.RFC3339, "2026-11-23T11:00:00Z", "2026-11-23T11:30:00Z")
}
