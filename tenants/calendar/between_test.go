package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"smartagenda/tenants/calendar"
)

func TestBetweenLeavesOutSkippedAndCountsRepeatedHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		date, from, to string
		want           []string
	}{
		{"2026-03-29", "01:00", "04:00", []string{"01:00+01:00 04:00+02:00"}},
		{"2026-03-29", "02:00", "03:00", nil},
		{"2026-03-29", "02:30", "04:00", []string{"03:00+02:00 04:00+02:00"}},
		{"2026-03-29", "00:00", "02:30", []string{"00:00+01:00 03:00+02:00"}},
		{"2026-10-25", "01:00", "04:00", []string{"01:00+02:00 04:00+01:00"}},
		{"2026-10-25", "02:00", "03:00", []string{"02:00+02:00 03:00+01:00"}},
		{"2026-10-25", "02:30", "03:00", []string{"02:30+02:00 02:00+01:00", "02:30+01:00 03:00+01:00"}},
		{"2026-10-25", "01:00", "02:30", []string{"01:00+02:00 02:30+02:00", "02:00+01:00 02:30+01:00"}},
		{"2026-11-23", "09:00", "24:00", []string{"09:00+01:00 00:00+01:00"}},
		{"2026-11-23", "12:00", "12:00", nil},
		{"2026-11-23", "13:00", "12:00", nil},
	} {
		var got []string
		for _, s := range date(t, c.date).Between(tod(t, c.from), tod(t, c.to), zone(t, "Europe/Paris")) {
			got = append(got, s.Start.Format("15:04Z07:00")+" "+s.End.Format("15:04Z07:00"))
		}
		if len(got) != len(c.want) || len(got) > 0 && (got[0] != c.want[0] || got[len(got)-1] != c.want[len(got)-1]) {
			t.Errorf("%s from %s to %s is %v, not %v", c.date, c.from, c.to, got, c.want)
		}
	}
}

func TestBetweenHoldsExactlyTheInstantsShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		z, _ := calendar.LoadZone(rapid.SampledFrom([]string{"Europe/Paris", "America/Miquelon", "Pacific/Marquesas"}).Draw(t, "zone"))
		d := calendar.NewDate(2026, 1, rapid.SampledFrom([]int{67, 88, 298, 305, 327}).Draw(t, "day of 2026"))
		from := calendar.TimeOfDay(rapid.IntRange(0, 1440).Draw(t, "from"))
		to := calendar.TimeOfDay(rapid.IntRange(0, 1440).Draw(t, "to"))
		got := d.Between(from, to, z)
		for at := d.Day(z).Start.Add(-3 * time.Hour); at.Before(d.Day(z).End.Add(3 * time.Hour)); at = at.Add(7 * time.Minute) {
			m := calendar.TimeOfDayOf(at, z)
			if want := calendar.DateOf(at, z) == d && m >= from && m < to; got.Contains(at) != want {
				t.Fatalf("%s within %s to %s: %t, not %t", at.In(z), from, to, !want, want)
			}
		}
	})
}

func TestOffsetsCoverASpanWithoutAGap(t *testing.T) {
	t.Parallel()
	year := calendar.Span{Start: date(t, "2026-01-01").At(0, time.UTC), End: date(t, "2027-01-01").At(0, time.UTC)}
	for name, want := range map[string]int{"Europe/Paris": 3, "America/Miquelon": 3, "Indian/Reunion": 1} {
		offsets := calendar.OffsetsOf(zone(t, name), year)
		at := year.Start
		for _, o := range offsets {
			if _, east := o.Start.Zone(); !o.Start.Equal(at) || east != o.East {
				t.Errorf("%s: %s to %s is %d ahead", name, o.Start, o.End, o.East)
			}
			at = o.End
		}
		if len(offsets) != want || !at.Equal(year.End) {
			t.Errorf("%s: %d stretches to %s, not %d", name, len(offsets), at, want)
		}
	}
}
