package calendar_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"smartagenda/tenants/calendar"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// minutes is the span from minute a to minute b past noon.
func minutes(a, b int) calendar.Span {
	return calendar.Span{Start: noon.Add(time.Duration(a) * time.Minute), End: noon.Add(time.Duration(b) * time.Minute)}
}

func drawSpans(t *rapid.T, label string) []calendar.Span {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) calendar.Span {
		return minutes(rapid.IntRange(0, 60).Draw(t, "from"), rapid.IntRange(0, 60).Draw(t, "to"))
	}), 0, 8).Draw(t, label)
}

func TestSpanEndsJustBeforeItsEnd(t *testing.T) {
	t.Parallel()
	s := minutes(10, 20)
	for name, c := range map[string]struct{ got, want bool }{
		"valid":               {s.Valid(), true},
		"empty":               {minutes(10, 10).Valid(), false},
		"inverted":            {minutes(20, 10).Valid(), false},
		"contains its start":  {s.Contains(s.Start), true},
		"not its end":         {s.Contains(s.End), false},
		"touching":            {s.Overlaps(minutes(20, 30)), false},
		"one minute":          {s.Overlaps(minutes(19, 30)), true},
		"an empty one inside": {s.Overlaps(minutes(15, 15)), false},
		"covers itself":       {s.Covers(s), true},
		"covers no more":      {s.Covers(minutes(10, 21)), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %t", name, c.got)
		}
	}
	if s.Duration() != 10*time.Minute {
		t.Errorf("lasts %s", s.Duration())
	}
}

// The model of a set is one truth for each minute.
func TestSpanSetsAgreeWithMinutes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rawA, rawB := drawSpans(t, "a"), drawSpans(t, "b")
		a, b := calendar.NewSpans(rawA...), calendar.NewSpans(rawB...)
		union, both, rest := a.Union(b), a.Intersect(b), a.Subtract(b)
		for _, set := range []calendar.Spans{a, b, union, both, rest} {
			for i, s := range set {
				if !s.Valid() || i > 0 && !set[i-1].End.Before(s.Start) {
					t.Fatalf("not sorted and apart: %v", set)
				}
			}
		}
		var total time.Duration
		for m := range 61 {
			at := minutes(m, m+1)
			in := func(s calendar.Span) bool { return s.Contains(at.Start) }
			inA, inB := slices.ContainsFunc(rawA, in), slices.ContainsFunc(rawB, in)
			if a.Contains(at.Start) != inA || union.Contains(at.Start) != (inA || inB) ||
				both.Contains(at.Start) != (inA && inB) || rest.Contains(at.Start) != (inA && !inB) ||
				union.Overlaps(at) != (inA || inB) || union.Covers(at) != (inA || inB) {
				t.Fatalf("minute %d: a %v b %v union %v both %v rest %v", m, a, b, union, both, rest)
			}
			if inA || inB {
				total += time.Minute
			}
		}
		if union.Duration() != total {
			t.Fatalf("union lasts %s, not %s", union.Duration(), total)
		}
	})
}

func TestSpanSetOverlapsAndCovers(t *testing.T) {
	t.Parallel()
	set := calendar.NewSpans(minutes(30, 40), minutes(0, 10), minutes(10, 20), minutes(50, 45))
	if len(set) != 2 {
		t.Fatalf("touching spans stay apart or an inverted one counts: %v", set)
	}
	for _, c := range []struct {
		span             calendar.Span
		overlaps, covers bool
	}{
		{minutes(5, 15), true, true},
		{minutes(15, 35), true, false},
		{minutes(20, 30), false, false},
		{minutes(-5, 60), true, false},
		{minutes(40, 50), false, false},
	} {
		if set.Overlaps(c.span) != c.overlaps || set.Covers(c.span) != c.covers {
			t.Errorf("%v: overlaps %t, covers %t", c.span, set.Overlaps(c.span), set.Covers(c.span))
		}
	}
}

func TestSetsAreNotChangedByWhatIsMadeOfThem(t *testing.T) {
	t.Parallel()
	raw := []calendar.Span{minutes(30, 40), minutes(0, 10)}
	a, b := calendar.NewSpans(raw...), calendar.NewSpans(minutes(5, 35))
	_, _, _ = a.Union(b), a.Subtract(b), a.Intersect(b)
	if raw[0] != minutes(30, 40) || a[0] != minutes(0, 10) || a[1] != minutes(30, 40) || b[0] != minutes(5, 35) {
		t.Errorf("raw %v, a %v, b %v", raw, a, b)
	}
}
