package calendar

import (
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrZone says that a name is not that of a zone of France.
var ErrZone = errors.New("calendar: not a zone of France")

// The zones of France in the IANA time zone database (zone1970.tab, code FR
// and those of the overseas territories), mainland first, then from west to
// east around the world. Only Europe/Paris and America/Miquelon change clocks.
var zones = []string{
	"Europe/Paris",
	"Pacific/Tahiti",        // Îles de la Société, Tuamotu, Australes
	"Pacific/Marquesas",     // Îles Marquises
	"Pacific/Gambier",       // Îles Gambier
	"America/Guadeloupe",    // Guadeloupe
	"America/Marigot",       // Saint-Martin
	"America/Martinique",    // Martinique
	"America/St_Barthelemy", // Saint-Barthélemy
	"America/Cayenne",       // Guyane
	"America/Miquelon",      // Saint-Pierre-et-Miquelon
	"Indian/Mayotte",        // Mayotte
	"Indian/Reunion",        // La Réunion
	"Pacific/Noumea",        // Nouvelle-Calédonie
	"Pacific/Wallis",        // Wallis-et-Futuna
}

// loaded keeps each zone once it has been read, so that a zone is one pointer
// and a request reads no file. Only names of the list get in.
var loaded sync.Map // name → *time.Location

// ZoneNames lists the names that LoadZone takes, in the order to show them.
func ZoneNames() []string { return slices.Clone(zones) }

// LoadZone is the zone of France with that IANA name, always the same pointer;
// any other name, "" and "Local" among them, is ErrZone. It fails too where
// neither the machine nor the program (time/tzdata) has the database.
func LoadZone(name string) (*time.Location, error) {
	if zone, ok := loaded.Load(name); ok {
		return zone.(*time.Location), nil
	}
	if !slices.Contains(zones, name) {
		return nil, ErrZone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, errors.Join(ErrZone, err)
	}
	kept, _ := loaded.LoadOrStore(name, zone)
	return kept.(*time.Location), nil
}

// InParis is what SmartAgenda's own clocks show: for staff and for letters that
// no house sends.
func InParis(t time.Time) time.Time {
	paris, err := LoadZone(zones[0])
	if err != nil {
		panic(err) // the binary carries the zones
	}
	return t.In(paris)
}
