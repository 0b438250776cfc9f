package calendar

import (
	"slices"
	"time"
)

// Span is the time from Start to just before End.
type Span struct {
	Start, End time.Time
}

// Valid tells whether s lasts at all: its end is after its start.
func (s Span) Valid() bool { return s.Start.Before(s.End) }

// Duration is how long s lasts, in real time.
func (s Span) Duration() time.Duration { return s.End.Sub(s.Start) }

// Contains tells whether t is within s; its end is not.
func (s Span) Contains(t time.Time) bool { return !t.Before(s.Start) && t.Before(s.End) }

// Covers tells whether all of o is within s.
func (s Span) Covers(o Span) bool { return !o.Start.Before(s.Start) && !o.End.After(s.End) }

// Overlaps tells whether s and o share an instant; spans that only touch do not.
func (s Span) Overlaps(o Span) bool { return s.Intersect(o).Valid() }

// Intersect is what s and o share, not Valid when that is nothing.
func (s Span) Intersect(o Span) Span {
	if o.Start.After(s.Start) {
		s.Start = o.Start
	}
	if o.End.Before(s.End) {
		s.End = o.End
	}
	return s
}

// Spans is a set of instants: valid spans in order that neither overlap nor
// touch. NewSpans makes one of any spans; every method needs and gives one.
type Spans []Span

// NewSpans is the set of all instants in the given spans; those that are not
// valid count for nothing.
func NewSpans(spans ...Span) Spans {
	sorted := slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return !s.Valid() })
	slices.SortFunc(sorted, func(a, b Span) int { return a.Start.Compare(b.Start) })
	set := Spans(sorted[:0])
	for _, s := range sorted {
		set = set.push(s)
	}
	return set
}

// push adds a valid span that starts no earlier than the last one.
func (set Spans) push(s Span) Spans {
	if n := len(set); n > 0 && !set[n-1].End.Before(s.Start) {
		if s.End.After(set[n-1].End) {
			set[n-1].End = s.End
		}
		return set
	}
	return append(set, s)
}

// after is the index of the first span that ends after t, len(set) if none does.
func (set Spans) after(t time.Time) int {
	i, _ := slices.BinarySearchFunc(set, t, func(s Span, t time.Time) int {
		if s.End.After(t) {
			return 1
		}
		return -1
	})
	return i
}

// Contains tells whether t is in the set, in logarithmic time.
func (set Spans) Contains(t time.Time) bool {
	i := set.after(t)
	return i < len(set) && set[i].Contains(t)
}

// Covers tells whether all of s is in the set, in logarithmic time.
func (set Spans) Covers(s Span) bool {
	i := set.after(s.Start)
	return i < len(set) && set[i].Covers(s)
}

// Overlaps tells whether any instant of s is in the set, in logarithmic time.
func (set Spans) Overlaps(s Span) bool {
	i := set.after(s.Start)
	return i < len(set) && set[i].Overlaps(s)
}

// Duration is how long all the spans last together.
func (set Spans) Duration() time.Duration {
	var total time.Duration
	for _, s := range set {
		total += s.Duration()
	}
	return total
}
