package availability_test

import (
	"testing"
	"time"

	"smartagenda/tenants/availability"
)

// goldenNights is what is offered on the nights of 2026 on which the clocks
// change, at the hours around the change.
var goldenNights = map[string]struct {
	zone, date, from, to string
	duration, grid       time.Duration
	want                 []string
}{
	"Paris, spring: no slot in the missing hour": {
		"Europe/Paris", "2026-03-29", "01:00", "04:00", 30 * time.Minute, 30 * time.Minute,
		[]string{"01:00+01:00", "01:30+01:00", "03:00+02:00", "03:30+02:00"},
	},
	"Paris, spring: an hour lasts an hour": {
		"Europe/Paris", "2026-03-29", "00:00", "04:00", time.Hour, 30 * time.Minute,
		[]string{"00:00+01:00", "00:30+01:00", "01:00+01:00", "01:30+01:00", "03:00+02:00"},
	},
	"Paris, spring: an opening of the missing hour is none": {
		"Europe/Paris", "2026-03-29", "02:00", "03:00", 15 * time.Minute, 15 * time.Minute, nil,
	},
	"Paris, spring: one that begins in it begins after it": {
		"Europe/Paris", "2026-03-29", "02:30", "03:40", 20 * time.Minute, 20 * time.Minute,
		[]string{"03:00+02:00", "03:20+02:00"},
	},
	"Paris, autumn: both hours, each with its offset": {
		"Europe/Paris", "2026-10-25", "01:30", "03:30", 30 * time.Minute, 30 * time.Minute,
		[]string{"01:30+02:00", "02:00+02:00", "02:30+02:00", "02:00+01:00", "02:30+01:00", "03:00+01:00"},
	},
	"Paris, autumn: half an hour that comes twice": {
		"Europe/Paris", "2026-10-25", "02:30", "03:00", 30 * time.Minute, 15 * time.Minute,
		[]string{"02:30+02:00", "02:30+01:00"},
	},
	"Paris, autumn: two hours fit into 02:00 to 03:00": {
		"Europe/Paris", "2026-10-25", "02:00", "03:00", 2 * time.Hour, time.Hour,
		[]string{"02:00+02:00"},
	},
	"Saint-Pierre, spring": {
		"America/Miquelon", "2026-03-08", "01:00", "04:00", 30 * time.Minute, 30 * time.Minute,
		[]string{"01:00-03:00", "01:30-03:00", "03:00-02:00", "03:30-02:00"},
	},
	"Saint-Pierre, autumn": {
		"America/Miquelon", "2026-11-01", "00:30", "02:30", 30 * time.Minute, 30 * time.Minute,
		[]string{"00:30-02:00", "01:00-02:00", "01:30-02:00", "01:00-03:00", "01:30-03:00", "02:00-03:00"},
	},
	"La Réunion has no change": {
		"Indian/Reunion", "2026-03-29", "01:30", "03:30", 30 * time.Minute, 30 * time.Minute,
		[]string{"01:30+04:00", "02:00+04:00", "02:30+04:00", "03:00+04:00"},
	},
}

func TestClockChanges(t *testing.T) {
	t.Parallel()
	for name, c := range goldenNights {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rules := cabinet(t)
			rules.Zone = zone(t, c.zone)
			rules.Service.Duration, rules.Service.Grid = c.duration, c.grid
			rules.Practitioners[0].Openings = []availability.Opening{opening(t, time.Sunday, c.from, c.to)}
			q := days(t, rules, c.date, 1)
			slots := availability.Slots(rules, nil, q)
			wantStarts(t, slots, "15:04-07:00", c.want...)
			for _, s := range slots {
				m := availability.Moment{Start: s.Start, Practitioner: 1, Now: q.Now}
				if why := availability.Explain(rules, nil, m); len(why) > 0 || s.End.Sub(s.Start) != c.duration {
					t.Errorf("%s to %s: %v", s.Start, s.End, why)
				}
			}
		})
	}
}

// A weekly hour keeps its local time over a change, not its distance from UTC.
func TestWeeklyHoursFollowTheLocalClock(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"Europe/Paris":     {"03-23 09:00+01:00", "03-30 09:00+02:00", "04-06 09:00+02:00"},
		"America/Miquelon": {"03-23 09:00-02:00", "03-30 09:00-02:00", "04-06 09:00-02:00"},
	} {
		rules := cabinet(t)
		rules.Zone = zone(t, name)
		rules.Practitioners[0].Openings = []availability.Opening{opening(t, time.Monday, "09:00", "09:30")}
		slots := availability.Slots(rules, nil, days(t, rules, "2026-03-23", 21))
		wantStarts(t, slots, "01-02 15:04-07:00", want...)
	}
}

func TestTheHorizonCountsCivilDaysOverAChange(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Service.Horizon = 1
	rules.Practitioners[0].Openings = []availability.Opening{
		opening(t, time.Sunday, "23:30", "24:00"), opening(t, time.Monday, "00:00", "00:30"),
	}
	q := days(t, rules, "2026-10-24", 4)
	wantStarts(t, availability.Slots(rules, nil, q), "02 15:04-07:00", "25 23:30+01:00")
	after := availability.Moment{Start: at(t, "2026-10-26T00:00+01:00"), Practitioner: 1, Now: q.Now}
	if why := availability.Explain(rules, nil, after); len(why) != 1 || why[0] != availability.Horizon {
		t.Errorf("the midnight after the last day: %v", why)
	}
	q.Now = q.Now.Add(24 * time.Hour)
	wantStarts(t, availability.Slots(rules, nil, q), "02 15:04-07:00", "25 23:30+01:00", "26 00:00+01:00")
}
