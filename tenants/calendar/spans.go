package calendar

// Union is every instant that is in either set, in linear time.
func (set Spans) Union(other Spans) Spans {
	out := make(Spans, 0, len(set)+len(other))
	for len(set) > 0 || len(other) > 0 {
		if len(other) == 0 || len(set) > 0 && set[0].Start.Before(other[0].Start) {
			out, set = out.push(set[0]), set[1:]
		} else {
			out, other = out.push(other[0]), other[1:]
		}
	}
	return out
}

// Intersect is every instant that is in both sets, in linear time.
func (set Spans) Intersect(other Spans) Spans {
	var out Spans
	for len(set) > 0 && len(other) > 0 {
		if s := set[0].Intersect(other[0]); s.Valid() {
			out = append(out, s)
		}
		if set[0].End.Before(other[0].End) {
			set = set[1:]
		} else {
			other = other[1:]
		}
	}
	return out
}

// Subtract is every instant of set that is not in other, in linear time.
func (set Spans) Subtract(other Spans) Spans {
	var out Spans
	for _, rest := range set {
		for len(other) > 0 && !other[0].End.After(rest.Start) {
			other = other[1:]
		}
		for i := 0; i < len(other) && other[i].Start.Before(rest.End); i++ {
			if head := (Span{rest.Start, other[i].Start}); head.Valid() {
				out = append(out, head)
			}
			rest.Start = other[i].End
		}
		if rest.Valid() {
			out = append(out, rest)
		}
	}
	return out
}
