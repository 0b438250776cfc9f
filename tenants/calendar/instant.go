package calendar

import "time"

// Reading tells how often the clocks of a zone show a time of day on a date.
type Reading uint8

// What a clock change makes of a time of day.
const (
	Once  Reading = iota // as on any day
	Never                // it is in the hour that the clocks skip
	Twice                // it is in the hour that the clocks repeat
)

// No zone is further from UTC than this, in seconds, and no zone of France
// changes its clocks twice in double this time.
const farthest = 16 * 3600

// At is the instant at which the clocks of zone show m on d, in that zone. In
// a skipped hour it is the end of that hour, the first instant after the
// change; in a repeated hour it is the first of the two. Read tells which.
func (d Date) At(m TimeOfDay, zone *time.Location) time.Time {
	t, _ := d.Read(m, zone)
	return t
}

// Read is At, and how often the clocks show m that day.
func (d Date) Read(m TimeOfDay, zone *time.Location) (time.Time, Reading) {
	wall := d.wall() + int64(m)*60
	before, after := east(wall-farthest, zone), east(wall+farthest, zone)
	early, late := wall-before, wall-after
	switch {
	case before == after:
		return time.Unix(early, 0).In(zone), Once
	case east(early, zone) == before && east(late, zone) == after:
		return time.Unix(early, 0).In(zone), Twice
	case east(early, zone) == before:
		return time.Unix(early, 0).In(zone), Once
	case east(late, zone) == after:
		return time.Unix(late, 0).In(zone), Once
	}
	change, _ := time.Unix(early, 0).In(zone).ZoneBounds()
	return change, Never
}

// Day is the whole of d in zone, from midnight to midnight: 23 or 25 hours on
// the days of the clock changes.
func (d Date) Day(zone *time.Location) Span {
	return Span{d.At(Midnight, zone), d.At(EndOfDay, zone)}
}

// Between is every instant of d at which the clocks of zone show from or
// later, but not yet to. A skipped hour is left out and a repeated hour counts
// twice, so 02:30 to 03:00 is nothing on the one day and two spans on the other.
func (d Date) Between(from, to TimeOfDay, zone *time.Location) Spans {
	wall := d.wall()
	near := Span{time.Unix(wall-farthest, 0), time.Unix(wall+daySeconds+farthest, 0)}
	return OffsetsOf(zone, near).Between(nil, d, from, to)
}

// east is how many seconds the clocks of zone are ahead of UTC at an instant.
func east(unix int64, zone *time.Location) int64 {
	_, seconds := time.Unix(unix, 0).In(zone).Zone()
	return int64(seconds)
}

// Offset is a stretch of time over which a zone keeps one distance from UTC.
type Offset struct {
	Span
	East int // seconds ahead of UTC
}

// Offsets are the stretches of one zone, in order and without a gap: for
// callers that turn many times of day into instants.
type Offsets []Offset

// OffsetsOf lists the stretches of zone that together cover span.
func OffsetsOf(zone *time.Location, span Span) Offsets {
	var all Offsets
	for t := span.Start.In(zone); t.Before(span.End); t = all[len(all)-1].End {
		_, seconds := t.Zone()
		_, end := t.ZoneBounds()
		if end.IsZero() || end.After(span.End) {
			end = span.End.In(zone)
		}
		all = append(all, Offset{Span{t, end}, seconds})
	}
	return all
}

// Between appends to dst what Date.Between gives of it within the stretches.
func (o Offsets) Between(dst Spans, d Date, from, to TimeOfDay) Spans {
	for i := range o {
		zero := d.wall() - int64(o[i].East)
		zone := o[i].Start.Location()
		piece := Span{
			time.Unix(zero+int64(from)*60, 0).In(zone),
			time.Unix(zero+int64(to)*60, 0).In(zone),
		}.Intersect(o[i].Span)
		if piece.Valid() {
			dst = dst.push(piece)
		}
	}
	return dst
}
