package practitioners_test

import (
	"testing"

	"smartagenda/configs/platform/fault"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/practitioners"
)

func TestAWeekHasNoInvertedNorOverlappingRanges(t *testing.T) {
	t.Parallel()
	at := func(day, from, to int) practitioners.Opening {
		return practitioners.Opening{Weekday: day, Opens: calendar.HourMinute(from, 0), Closes: calendar.HourMinute(to, 0)}
	}
	for name, c := range map[string]struct {
		week []practitioners.Opening
		key  string
	}{
		"none":       {nil, ""},
		"two halves": {[]practitioners.Opening{at(1, 14, 18), at(1, 9, 12)}, ""},
		"touching":   {[]practitioners.Opening{at(1, 9, 12), at(1, 12, 14)}, ""},
		"other days": {[]practitioners.Opening{at(1, 9, 12), at(2, 9, 12)}, ""},
		"inverted":   {[]practitioners.Opening{at(1, 12, 9)}, "practitioners.inverted"},
		"empty":      {[]practitioners.Opening{at(1, 9, 9)}, "practitioners.inverted"},
		"overlap":    {[]practitioners.Opening{at(3, 11, 14), at(3, 9, 12)}, "practitioners.overlap"},
	} {
		err := practitioners.CheckWeek(c.week)
		if (err == nil) != (c.key == "") || err != nil && fault.As(err).Fields[0].Key != c.key {
			t.Errorf("%s: %v, want %q", name, err, c.key)
		}
	}
}
