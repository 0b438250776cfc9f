package availability_test

import (
	"testing"
	"time"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

// pair is cabinet with a second practitioner (2, resource 102) like the first.
func pair(t testing.TB) availability.Rules {
	t.Helper()
	rules := cabinet(t)
	second := rules.Practitioners[0]
	second.ID, second.Resource = 2, 102
	rules.Practitioners = append(rules.Practitioners, second)
	return rules
}

func chosen(slots []availability.Slot) []int64 {
	var all []int64
	for _, s := range slots {
		all = append(all, s.Practitioner)
	}
	return all
}

func TestMergeKeepsEachHourOnceWithTheLeastBusy(t *testing.T) {
	t.Parallel()
	afternoon := func(resource int64, n int) []availability.Busy {
		var all []availability.Busy
		for i := range n {
			span := on(t, "15:00", "15:10")
			span.Start, span.End = span.Start.Add(time.Duration(i)*time.Hour), span.End.Add(time.Duration(i)*time.Hour)
			all = append(all, availability.Busy{Resource: resource, Span: span})
		}
		return all
	}
	morning := availability.Busy{Resource: 102, Span: on(t, "09:00", "10:00")}
	eve := availability.Busy{Resource: 101, Span: calendar.Span{Start: at(t, "2026-11-22T23:30+01:00"), End: at(t, "2026-11-22T23:40+01:00")}}
	next := availability.Busy{Resource: 101, Span: calendar.Span{Start: at(t, "2026-11-24T00:00+01:00"), End: at(t, "2026-11-24T00:10+01:00")}}
	inverted := availability.Busy{Resource: 101, Span: on(t, "16:00", "15:00")}
	for name, c := range map[string]struct {
		busy []availability.Busy
		want [6]int64
	}{
		"equals: the first of the list": {nil, [6]int64{1, 1, 1, 1, 1, 1}},
		"the one with fewer":            {afternoon(101, 1), [6]int64{2, 2, 2, 2, 2, 2}},
		"fewer, not none":               {append(afternoon(101, 3), afternoon(102, 2)...), [6]int64{2, 2, 2, 2, 2, 2}},
		"whoever is free":               {append(afternoon(101, 2), morning), [6]int64{1, 1, 2, 2, 2, 2}},
		"other days do not count":       {[]availability.Busy{eve, next, inverted}, [6]int64{1, 1, 1, 1, 1, 1}},
		"other resources do not count":  {append(afternoon(103, 9), afternoon(101, 1)...), [6]int64{2, 2, 2, 2, 2, 2}},
	} {
		rules := pair(t)
		slots := availability.Slots(rules, c.busy, days(t, rules, "2026-11-23", 1))
		merged := availability.Merge(rules, c.busy, slots)
		wantStarts(t, merged, "15:04", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30")
		if got := chosen(merged); [6]int64(got) != c.want {
			t.Errorf("%s: %v, not %v", name, got, c.want)
		}
	}
}

func TestMergeCountsEachDayByItself(t *testing.T) {
	t.Parallel()
	rules := pair(t)
	for i := range rules.Practitioners {
		rules.Practitioners[i].Openings = []availability.Opening{
			opening(t, time.Saturday, "23:30", "24:00"), opening(t, time.Sunday, "00:00", "00:30"), opening(t, time.Monday, "00:00", "00:30"),
		}
	}
	sunday := date(t, "2026-10-25").Day(rules.Zone) // 25 hours
	busy := []availability.Busy{
		{Resource: 101, Span: calendar.Span{Start: sunday.End.Add(-time.Minute), End: sunday.End}},
		{Resource: 102, Span: calendar.Span{Start: sunday.Start.Add(-6 * time.Hour), End: sunday.Start.Add(-5 * time.Hour)}},
	}
	merged := availability.Merge(rules, busy, availability.Slots(rules, busy, days(t, rules, "2026-10-24", 3)))
	wantStarts(t, merged, "02 15:04", "24 23:30", "25 00:00", "26 00:00")
	if got := chosen(merged); [3]int64(got) != [3]int64{1, 2, 1} {
		t.Errorf("chosen %v", got)
	}
}

func TestMergeOfNothingIsNothing(t *testing.T) {
	t.Parallel()
	if got := availability.Merge(pair(t), nil, nil); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
