package tenants

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
)

// DataHolder is a room that holds personal data of patients. A privacy request
// is executed only when each of them was reached. All act in the transaction
// given, so that a request is carried out whole or not at all.
type DataHolder interface {
	// Holds names the room in evidence: "patients".
	Holds() string
	// Export gives all the room holds on the patient, sealed text opened.
	Export(ctx context.Context, s postgres.Scope, patient int64) ([]Section, error)
	// Rectify corrects fields by name; unknown names are left to other rooms.
	Rectify(ctx context.Context, s postgres.Scope, patient int64, fields map[string]string) (Count, error)
	// Erase removes what tells who the patient is, and what they wrote.
	Erase(ctx context.Context, s postgres.Scope, patient int64) (Count, error)
	// Restrict hides the data and refuses changes until the given instant.
	Restrict(ctx context.Context, s postgres.Scope, patient int64, until time.Time) (Count, error)
	// Merge makes what belongs to one patient belong to the other.
	Merge(ctx context.Context, s postgres.Scope, from, into int64) (Count, error)
}

// Section is one table of an export, for people and machines alike.
type Section struct {
	Name    string     // "appointments"
	Columns []string   // classified column names
	Rows    [][]string // instants RFC 3339, dates 2006-01-02
}

// Count is evidence without personal data: rows touched and rows that stay,
// for a reason given by a message key.
type Count struct {
	Rows int
	Kept int
	Why  string
}
