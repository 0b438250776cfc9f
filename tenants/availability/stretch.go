package availability

import (
	"cmp"
	"slices"
	"time"

	"smartagenda/tenants/calendar"
)

// stretch is a calendar.Span in whole Unix seconds: sets of them sort and
// search several times as fast. What rounds, rounds outwards.
type stretch struct{ from, to int64 }

func stretchOf(s calendar.Span) stretch { return stretch{s.Start.Unix(), ceil(s.End)} }

// ceil is t in Unix seconds, the next one when t is between two.
func ceil(t time.Time) int64 {
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}

func (s stretch) meets(o stretch) bool { return s.from < o.to && o.from < s.to }

// near is those of the spans that meet s, as a set.
func (s stretch) near(spans []calendar.Span) []stretch {
	var set []stretch
	for i := range spans {
		if o := stretchOf(spans[i]); spans[i].Valid() && s.meets(o) {
			set = append(set, o)
		}
	}
	return join(set)
}

// join makes a set of any valid stretches, in place: sorted, none touching.
func join(all []stretch) []stretch {
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	set := all[:0]
	for _, s := range all {
		if n := len(set); n > 0 && s.from <= set[n-1].to {
			set[n-1].to = max(set[n-1].to, s.to)
		} else {
			set = append(set, s)
		}
	}
	return set
}

// hits tells whether s meets anything in set.
func hits(set []stretch, s stretch) bool {
	lo, hi := 0, len(set) // the first that ends after s begins is in [lo, hi]
	for lo < hi {
		if mid := (lo + hi) / 2; set[mid].to > s.from {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo < len(set) && set[lo].from < s.to
}
