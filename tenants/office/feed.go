package office

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/practitioners"
)

// event is what the grid of hours draws; ui.Calendar says what each field is.
type event struct {
	ID           string `json:"id"`
	Start        string `json:"start"`
	End          string `json:"end"`
	Practitioner string `json:"practitioner,omitempty"` // none: in every column
	Title        string `json:"title,omitempty"`
	Service      string `json:"service,omitempty"`
	Hue          int    `json:"hue,omitempty"`
	State        string `json:"state,omitempty"`
	Sign         string `json:"sign,omitempty"`
	Word         string `json:"word,omitempty"`
	URL          string `json:"url,omitempty"`
	Background   bool   `json:"background,omitempty"`
	AllDay       bool   `json:"allDay,omitempty"`
}

// feed gathers events.
type feed struct {
	*visit
	hours  hours
	events []event
	mixed  bool // practitioners share a column
}

func (f *feed) appointment(a booking.Appointment) {
	stand := standOf(a.Status)
	e := event{
		ID: number(a.Participation), Start: wall(a.Start), End: wall(a.End), Practitioner: number(a.Practitioner.ID),
		Title: f.named(a.Patient), Service: a.Service.Name, Hue: a.Service.Hue,
		State: stand.state, Sign: stand.mark, Word: f.T("office.word_" + string(a.Status)), URL: visitURL(a.Participation),
	}
	f.events = append(f.events, e)
}

// closed hatches what the openings leave of a day.
func (f *feed) closed(d calendar.Date) {
	if f.mixed {
		f.around("", f.hours.of(0, d), d)
		return
	}
	for _, p := range f.hours.people {
		f.around(number(p.ID), f.hours.of(p.ID, d), d)
	}
}

func (f *feed) around(practitioner string, open []stretch, d calendar.Date) {
	at, title := calendar.Midnight, ""
	if len(open) == 0 {
		title = f.T("office.closed")
	}
	for i, part := range append(open, stretch{calendar.EndOfDay, calendar.EndOfDay}) {
		if i > 0 && i < len(open) {
			title = f.T("office.pause")
		} else if i > 0 {
			title = ""
		}
		if at < part.from {
			f.background(event{Start: wallOf(d, at), End: wallOf(d, part.from), Practitioner: practitioner, Title: title})
		}
		at = part.to
	}
}

// away shows an absence, or a closure of the whole house.
func (f *feed) away(a practitioners.Absence) {
	if a.PractitionerID == 0 {
		f.background(event{Start: wall(a.StartsAt.In(f.hours.zone)), End: wall(a.EndsAt.In(f.hours.zone)), Title: cmp.Or(a.Label, f.T("office.closed"))})
		return
	}
	i := slices.IndexFunc(f.hours.people, func(p practitioners.Practitioner) bool { return p.ID == a.PractitionerID })
	if i < 0 {
		return
	}
	zone := f.hours.place(a.PractitionerID, calendar.DateOf(a.StartsAt, f.hours.zone))
	span := calendar.Span{Start: a.StartsAt.In(zone), End: a.EndsAt.In(zone)}
	e := event{Start: wall(span.Start), End: wall(span.End), Practitioner: number(a.PractitionerID), Title: cmp.Or(a.Label, f.T("office.away"))}
	if f.mixed {
		f.over(e, span, f.hours.people[i].ShortName)
		return
	}
	f.background(e)
}

// over writes one practitioner's absence above the days that others work.
func (f *feed) over(e event, span calendar.Span, name string) {
	first, last := calendar.DateOf(span.Start, span.Start.Location()), calendar.DateOf(span.End.Add(-time.Second), span.End.Location())
	e.Title = f.T("office.who_is_away", "Name", name, "Why", e.Title)
	if first == last && span.Duration() < 20*time.Hour {
		e.Title = f.T("office.away_at", "Away", e.Title, "Times", f.TimeRange(span.Start, span.End))
	}
	e.ID, e.AllDay = "a"+strconv.Itoa(len(f.events)), true
	e.Start, e.End = wallOf(first, calendar.Midnight), wallOf(last.AddDays(1), calendar.Midnight)
	f.events = append(f.events, e)
}

func (f *feed) background(e event) {
	e.ID, e.Background = "b"+strconv.Itoa(len(f.events)), true
	f.events = append(f.events, e)
}

// wall is what the clock on the wall shows, without its zone.
func wall(t time.Time) string { return t.Format("2006-01-02T15:04") }

// wallOf is the same for a time of day; the end of a day is the next one's
// midnight.
func wallOf(d calendar.Date, m calendar.TimeOfDay) string {
	if m == calendar.EndOfDay {
		d, m = d.AddDays(1), calendar.Midnight
	}
	return d.String() + "T" + m.String()
}

func number(id int64) string { return strconv.FormatInt(id, 10) }

func visitURL(participation int64) string { return visitsPath + "/" + number(participation) }
