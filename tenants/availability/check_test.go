package availability_test

import (
	"testing"
	"time"

	"smartagenda/tenants/availability"
)

func TestCheckTellsWhatToWrite(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Service.Before, rules.Service.After = 5*time.Minute, 10*time.Minute
	rules.Practitioners[0].Offers[0].Duration = 45 * time.Minute
	start := at(t, "2026-11-23T08:00Z") // in whichever zone it is asked
	got, reason := availability.Check(rules, nil, availability.Moment{Start: start, Practitioner: 1, Now: start})
	if reason != availability.None {
		t.Fatal(reason)
	}
	if s := got.Slot; s.Start.Format(time.RFC3339) != "2026-11-23T09:00:00+01:00" || s.End.Format("15:04") != "09:45" || s.Practitioner != 1 || s.Location != 7 || s.SeatsLeft != 1 {
		t.Errorf("slot %+v", s)
	}
	span := on(t, "08:55", "09:55")
	if len(got.Takes) != 1 || got.Takes[0].Resource != 101 || !got.Takes[0].Span.Start.Equal(span.Start) || !got.Takes[0].Span.End.Equal(span.End) {
		t.Errorf("takes %+v", got.Takes)
	}
}

func TestCheckOfWhatIsRefusedWritesNothing(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	rules.Practitioners[0].Absences = append(rules.Practitioners[0].Absences, on(t, "09:00", "10:00"))
	got, reason := availability.Check(rules, nil, availability.Moment{Start: at(t, "2026-11-23T09:00+01:00"), Practitioner: 1, Now: at(t, "2026-11-23T00:00+01:00")})
	if reason != availability.Absent || got.Takes != nil || got.Slot != (availability.Slot{}) {
		t.Errorf("%q, %+v", reason, got)
	}
}

// Where two openings hold a start, one may offer what the other does not.
func TestCheckTakesTheOpeningThatOffers(t *testing.T) {
	t.Parallel()
	rules := cabinet(t)
	other := opening(t, time.Monday, "08:45", "12:00")
	other.Location = 8
	rules.Practitioners[0].Openings = append(rules.Practitioners[0].Openings, other)
	for hour, location := range map[string]int64{"09:15": 8, "09:30": 7} {
		m := availability.Moment{Start: at(t, "2026-11-23T"+hour+"+01:00"), Practitioner: 1, Now: at(t, "2026-11-23T00:00+01:00")}
		if got, reason := availability.Check(rules, nil, m); reason != availability.None || got.Location != location {
			t.Errorf("%s: %q at %d", hour, reason, got.Location)
		}
	}
}
