package availability_test

import (
	"testing"
	"time"

	"smartagenda/tenants/availability"
)

func TestStartsAreCountedFromTheirOpening(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		openings [][2]string
		duration time.Duration
		want     []string
	}{
		"one opening":               {[][2]string{{"09:10", "10:40"}}, 30 * time.Minute, []string{"09:10", "09:40", "10:10"}},
		"too short":                 {[][2]string{{"09:00", "09:29"}}, 30 * time.Minute, nil},
		"a pause is not bridged":    {[][2]string{{"09:00", "10:00"}, {"10:01", "11:00"}}, 45 * time.Minute, []string{"09:00", "10:01"}},
		"touching ones are":         {[][2]string{{"10:00", "11:00"}, {"09:00", "10:00"}}, 45 * time.Minute, []string{"09:00", "09:30", "10:00"}},
		"each keeps its own starts": {[][2]string{{"09:00", "10:10"}, {"10:10", "11:10"}}, 30 * time.Minute, []string{"09:00", "09:30", "10:00", "10:10", "10:40"}},
		"overlapping ones too":      {[][2]string{{"09:00", "10:00"}, {"09:15", "10:30"}}, 30 * time.Minute, []string{"09:00", "09:15", "09:30", "09:45"}},
		"the same twice":            {[][2]string{{"09:00", "10:00"}, {"09:00", "10:00"}}, 30 * time.Minute, []string{"09:00", "09:30"}},
		"one inside another":        {[][2]string{{"09:00", "12:00"}, {"10:10", "10:20"}}, 90 * time.Minute, []string{"09:00", "09:30", "10:00", "10:10", "10:30"}},
	} {
		rules := cabinet(t)
		rules.Service.Duration = c.duration
		rules.Practitioners[0].Openings = nil
		for _, o := range c.openings {
			rules.Practitioners[0].Openings = append(rules.Practitioners[0].Openings, opening(t, time.Monday, o[0], o[1]))
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantStarts(t, availability.Slots(rules, nil, days(t, rules, "2026-11-23", 1)), "15:04", c.want...)
		})
	}
}

func TestASlotRunsOverMidnightIntoTheNextOpening(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Service.Duration, rules.Service.Grid = 2*time.Hour, time.Hour
	rules.Practitioners[0].Openings = []availability.Opening{
		opening(t, time.Monday, "22:00", "24:00"), opening(t, time.Tuesday, "00:00", "02:00"),
	}
	wantStarts(t, availability.Slots(rules, nil, days(t, rules, "2026-11-23", 2)), "02 15:04", "23 22:00", "23 23:00", "24 00:00")
	wantStarts(t, availability.Slots(rules, nil, days(t, rules, "2026-11-23", 1)), "02 15:04", "23 22:00", "23 23:00")
	rules.Practitioners[0].Openings[1].Location = 8
	wantStarts(t, availability.Slots(rules, nil, days(t, rules, "2026-11-23", 2)), "02 15:04", "23 22:00", "24 00:00")
}

func TestASlotDoesNotRunIntoAnOpeningItMayNotUse(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*availability.Opening){
		"for another service": func(o *availability.Opening) { o.Services = []int64{2} },
		"no longer in force":  func(o *availability.Opening) { o.ValidUntil = date(t, "2026-11-22") },
		"somewhere else":      func(o *availability.Opening) { o.Location = 8 },
	} {
		rules := cabinet(t)
		rules.Service.Duration = time.Hour
		next := opening(t, time.Monday, "12:00", "12:45")
		next.Location = 7
		change(&next)
		rules.Practitioners[0].Openings = append(rules.Practitioners[0].Openings, next)
		slots := availability.Slots(rules, nil, days(t, rules, "2026-11-23", 1))
		if last := slots[len(slots)-1]; last.Start.Format("15:04") != "11:00" {
			t.Errorf("%s: the last starts at %s", name, last.Start)
		}
	}
}

func TestASlotMayLastSeveralDays(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Service.Duration, rules.Service.Grid = 72*time.Hour, 24*time.Hour
	rules.Practitioners[0].Openings = nil
	for day := time.Sunday; day <= time.Thursday; day++ {
		rules.Practitioners[0].Openings = append(rules.Practitioners[0].Openings, opening(t, day, "00:00", "24:00"))
	}
	wantStarts(t, availability.Slots(rules, nil, days(t, rules, "2026-11-22", 7)), "Mon 02", "Sun 22", "Mon 23", "Tue 24")
}

func TestSlotsAreSortedByStartThenPractitioner(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Service.Capacity = 6
	first := rules.Practitioners[0]
	second := first
	second.ID, second.Resource = 2, 102
	second.Openings = []availability.Opening{opening(t, time.Monday, "08:30", "10:00")}
	rules.Practitioners = []availability.Practitioner{second, first}
	q := days(t, rules, "2026-11-23", 1)
	slots := availability.Slots(rules, nil, q)
	wantStarts(t, slots, "15:04", "08:30", "09:00", "09:00", "09:30", "09:30", "10:00", "10:30", "11:00", "11:30")
	if slots[1].Practitioner != 2 || slots[2].Practitioner != 1 || slots[0].SeatsLeft != 6 {
		t.Errorf("%+v", slots[:3])
	}
	q.Practitioner = 2
	wantStarts(t, availability.Slots(rules, nil, q), "15:04", "08:30", "09:00", "09:30")
	q.Practitioner = 3
	wantStarts(t, availability.Slots(rules, nil, q), "15:04")
	q.Practitioner, q.From, q.To = 0, q.To, q.From
	wantStarts(t, availability.Slots(rules, nil, q), "15:04")
}

func TestPractitionersMayShareAResource(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	shared := rules.Practitioners[0]
	shared.ID = 2
	rules.Practitioners = append(rules.Practitioners, shared)
	busy := []availability.Busy{{Resource: 101, Span: on(t, "09:30", "12:00")}}
	slots := availability.Slots(rules, busy, days(t, rules, "2026-11-23", 1))
	wantStarts(t, slots, "15:04", "09:00", "09:00")
}

func TestRowsInsideOthersFreeNothing(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	busy := []availability.Busy{
		{Resource: 101, Span: on(t, "09:00", "11:00")}, {Resource: 101, Span: on(t, "09:10", "09:20")},
		{Resource: 101, Span: on(t, "11:50", "11:40")}, // never
	}
	wantStarts(t, availability.Slots(rules, busy, days(t, rules, "2026-11-23", 1)), "15:04", "11:00", "11:30")
}
