package availability_test

import (
	"time"

	"pgregory.net/rapid"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

// world is a small tenant in which everything meets everything: rules that
// collide, within three days around a clock change.
type world struct {
	rules availability.Rules
	busy  []availability.Busy
	from  calendar.Date
	now   time.Time
}

const worldDays = 3

func draw(t *rapid.T) world {
	paris, _ := calendar.LoadZone("Europe/Paris")
	miquelon, _ := calendar.LoadZone("America/Miquelon")
	var w world
	w.from = rapid.SampledFrom([]calendar.Date{
		calendar.NewDate(2026, 3, 28), calendar.NewDate(2026, 10, 24), calendar.NewDate(2026, 11, 22), calendar.NewDate(2026, 10, 31),
	}).Draw(t, "first day")
	w.now = w.from.At(0, paris).Add(minutes(t, "now", -600, 2000))
	w.rules = availability.Rules{
		Zone: paris,
		Service: availability.Service{
			ID:       1,
			Duration: rapid.SampledFrom([]time.Duration{20, 60, 30 * 60, 5, 0}).Draw(t, "duration") * time.Minute,
			Before:   minutes(t, "before", 0, 20),
			After:    minutes(t, "after", 0, 20),
			Grid:     rapid.SampledFrom([]time.Duration{5, 20, 45, 60}).Draw(t, "grid") * time.Minute,
			Notice:   minutes(t, "notice", 0, 300),
			Horizon:  rapid.IntRange(0, 4).Draw(t, "horizon"),
		},
		Locations: []availability.Location{{ID: 8, Zone: miquelon}},
		Closures:  spans(t, w.from, "closure", 1),
	}
	for i := range int64(rapid.IntRange(1, 3).Draw(t, "practitioners")) {
		w.rules.Practitioners = append(w.rules.Practitioners, practitioner(t, w.from, i+1))
	}
	for _, s := range spans(t, w.from, "busy", 8) {
		w.busy = append(w.busy, availability.Busy{Resource: rapid.Int64Range(101, 104).Draw(t, "resource"), Span: s})
	}
	return w
}

func practitioner(t *rapid.T, from calendar.Date, id int64) availability.Practitioner {
	p := availability.Practitioner{ID: id, Resource: rapid.Int64Range(101, 100+id).Draw(t, "resource")}
	p.Offers = rapid.SampledFrom([][]availability.Offer{
		{{Service: 1}}, {{Service: 2}, {Service: 1, Duration: 25 * time.Minute}}, {{Service: 2}},
	}).Draw(t, "offers")
	for range rapid.IntRange(0, 5).Draw(t, "openings") {
		hour := rapid.SampledFrom([]int{0, 1, 2, 3, 9, 22, 23}).Draw(t, "hour")
		start := hour*60 + 5*rapid.IntRange(0, 11).Draw(t, "minute")
		long := rapid.SampledFrom([]int{30, 60, 240, 24 * 60}).Draw(t, "long")
		p.Openings = append(p.Openings, availability.Opening{
			Weekday:    from.AddDays(rapid.IntRange(0, worldDays).Draw(t, "day")).Weekday(),
			From:       calendar.TimeOfDay(start),
			To:         calendar.TimeOfDay(min(start+long, 24*60)),
			ValidFrom:  rapid.SampledFrom([]calendar.Date{{}, {}, from.AddDays(1)}).Draw(t, "valid from"),
			ValidUntil: rapid.SampledFrom([]calendar.Date{{}, {}, from.AddDays(1)}).Draw(t, "valid until"),
			Location:   rapid.SampledFrom([]int64{7, 7, 8}).Draw(t, "location"),
			Services:   rapid.SampledFrom([][]int64{nil, nil, {1, 2}, {2}}).Draw(t, "services"),
		})
	}
	p.Absences = spans(t, from, "absence", 2)
	return p
}

func minutes(t *rapid.T, label string, from, to int) time.Duration {
	return time.Duration(rapid.IntRange(from, to).Draw(t, label)) * time.Minute
}

// spans are up to n spans in and around the world's days, some not valid.
func spans(t *rapid.T, from calendar.Date, label string, n int) []calendar.Span {
	all := make([]calendar.Span, rapid.IntRange(0, n).Draw(t, label))
	for i := range all {
		start := from.At(0, time.UTC).Add(minutes(t, label, -300, worldDays*24*60))
		all[i] = calendar.Span{Start: start, End: start.Add(minutes(t, label, -10, 200))}
	}
	return all
}

// moments are starts to ask about: all that is offered, and others.
func (w world) moments(t *rapid.T) []availability.Moment {
	var all []availability.Moment
	for _, s := range availability.Slots(w.rules, w.busy, w.query(0, worldDays)) {
		all = append(all, availability.Moment{Start: s.Start, Practitioner: s.Practitioner, Now: w.now})
	}
	midnight := w.from.At(0, w.rules.Zone)
	for range 40 {
		start := midnight.Add(5 * minutes(t, "moment", 0, worldDays*23*12))
		id := rapid.Int64Range(1, int64(len(w.rules.Practitioners))+1).Draw(t, "practitioner")
		all = append(all, availability.Moment{Start: start, Practitioner: id, Now: w.now})
	}
	return all
}

func (w world) query(from, to int) availability.Query {
	return availability.Query{From: w.from.AddDays(from), To: w.from.AddDays(to), Now: w.now}
}
