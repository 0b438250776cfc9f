// Package catalog holds what a Professional offers and how the house presents
// itself: profile, locations, services. It must not know who performs a
// service, nor when anyone can come.
package catalog

import (
	"strings"
	"time"
	"unicode/utf8"

	"smartagenda/configs/platform/fault"
	"smartagenda/tenants/calendar"
)

// Profile is the house itself, as its visitors see it.
type Profile struct {
	Name         string
	Trade        string // "Médecine générale"
	Heading      string // question of the home page; "" for the usual one
	Presentation string
	Notice       string // a lasting word on the home page, such as emergency numbers
	Phone        string // E.164 or ""
	Email        string
	Brand        string // "#rrggbb"
	Person       Person
	Zone         string // IANA name, one of calendar.ZoneNames
	RemindHours  int    // before the appointment
	ConfirmBySMS bool
	SMSSender    string // at most 11 letters or digits, "" for the platform's
}

// Person is the word the house uses for those who come.
type Person string

const (
	Patient Person = "patient"
	Client  Person = "client"
	Pupil   Person = "eleve"
)

// Location is where one comes. Zone "" is the profile's.
type Location struct {
	ID         int64 `bun:",pk,autoincrement"`
	Name       string
	Street     string
	Postcode   string
	City       string
	Directions string
	Zone       string `bun:",nullzero"`
	Position   int
	ArchivedAt time.Time `bun:",nullzero"`
}

// Address is the location on one line: "12 rue de la République, 69002 Lyon".
func (l Location) Address() string {
	return join(", ", l.Street, join(" ", l.Postcode, l.City))
}

func join(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// Mode says how a service is booked.
type Mode string

const (
	Online   Mode = "online"   // at once
	Request  Mode = "request"  // held until the Professional confirms
	Internal Mode = "internal" // from the Agenda only
)

// ReasonRule says whether a service asks the visitor for a word on why they come.
type ReasonRule string

const (
	NoReason       ReasonRule = "none"
	OptionalReason ReasonRule = "optional"
	RequiredReason ReasonRule = "required"
)

// Service is what can be booked. Durations are whole minutes.
type Service struct {
	ID            int64 `bun:",pk,autoincrement"`
	Name          string
	Description   string
	Instructions  string // what to bring or do, sent with the confirmation
	Mode          Mode
	Reason        ReasonRule
	Minutes       int
	BeforeMinutes int // buffers, taken from the practitioner's time
	AfterMinutes  int
	GridMinutes   int // step between two possible starts
	NoticeMinutes int // least time between booking and start
	HorizonDays   int // how far ahead it can be booked
	CancelMinutes int // least time before the start to cancel online
	MoveMinutes   int
	Capacity      int
	PriceCents    *int // nil: no price is shown
	Hue           int  // 1 to 8
	Position      int
	ArchivedAt    time.Time `bun:",nullzero"`
}

// Public tells whether visitors may book it.
func (s Service) Public() bool { return s.Mode != Internal && s.ArchivedAt.IsZero() }

// Check gives the fields of a service that cannot be saved.
func (s Service) Check() []fault.Field {
	var bad []fault.Field
	if n := utf8.RuneCountInString(strings.TrimSpace(s.Name)); n == 0 || n > 120 {
		bad = append(bad, fault.On("name", "catalog.name_length"))
	}
	for _, f := range []struct {
		name             string
		value, low, high int
	}{
		{"minutes", s.Minutes, 1, 1440}, {"before_minutes", s.BeforeMinutes, 0, 480}, {"after_minutes", s.AfterMinutes, 0, 480},
		{"grid_minutes", s.GridMinutes, 1, 1440}, {"notice_minutes", s.NoticeMinutes, 0, 525_600}, {"horizon_days", s.HorizonDays, 1, 730},
		{"cancel_minutes", s.CancelMinutes, 0, 525_600}, {"move_minutes", s.MoveMinutes, 0, 525_600}, {"capacity", s.Capacity, 1, 500},
		{"hue", s.Hue, 1, 8},
	} {
		if f.value < f.low || f.value > f.high {
			bad = append(bad, fault.On(f.name, "catalog.out_of_range", "Low", f.low, "High", f.high))
		}
	}
	if s.PriceCents != nil && *s.PriceCents < 0 {
		bad = append(bad, fault.On("price_cents", "catalog.price_negative"))
	}
	return bad
}

// Check gives the fields of a profile that cannot be saved.
func (p Profile) Check() []fault.Field {
	var bad []fault.Field
	if n := utf8.RuneCountInString(strings.TrimSpace(p.Name)); n == 0 || n > 120 {
		bad = append(bad, fault.On("name", "catalog.name_length"))
	}
	if _, err := calendar.LoadZone(p.Zone); err != nil {
		bad = append(bad, fault.On("zone", "catalog.zone"))
	}
	return bad
}
