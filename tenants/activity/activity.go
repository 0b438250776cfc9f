// Package activity counts how much a space is used, so that SmartAgenda sees
// the size of a house without seeing into it. It must not give out anything but
// counts and instants.
package activity

import "time"

// Counts is what leaves the tenant's schema.
type Counts struct {
	Appointments int // that began in the 30 days before
	Upcoming     int // to come
	Patients     int
	Members      int
	Agendas      int
	SMS          int       // parts sent in this calendar month, in the house's zone
	LastBooking  time.Time // zero: none yet
}

// Recent is how far back Appointments counts.
const Recent = 30 * 24 * time.Hour
