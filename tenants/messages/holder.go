package messages

import (
	"context"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// Holder answers privacy requests for what was sent about a patient's
// appointments. No text is kept, so there is none to show.
type Holder struct{}

var _ tenants.DataHolder = Holder{}

// Holds names the room.
func (Holder) Holds() string { return "messages" }

// Export says what was, is or will be sent, how, and what became of it.
func (Holder) Export(ctx context.Context, s postgres.Scope, patient int64) ([]tenants.Section, error) {
	rows, err := history(ctx, s, patient)
	if err != nil {
		return nil, err
	}
	return []tenants.Section{{
		Name: "messages", Columns: []string{"kind", "channel", "state", "created_at", "due_at", "settled_at"}, Rows: rows,
	}}, nil
}

// Rectify finds nothing here: addresses are read from the file when a message
// leaves.
func (Holder) Rectify(context.Context, postgres.Scope, int64, map[string]string) (tenants.Count, error) {
	return tenants.Count{}, nil
}

// Erase takes back what waits and deletes the rows; one that is leaving at
// this very moment stays, because its carrier will answer to it.
func (Holder) Erase(ctx context.Context, s postgres.Scope, patient int64) (tenants.Count, error) {
	rows, leaving, err := eraseOf(ctx, s, patient)
	return kept(rows, leaving, "messages.kept_leaving"), err
}

// Restrict changes nothing: an appointment that stands is still announced.
func (Holder) Restrict(ctx context.Context, s postgres.Scope, patient int64, _ time.Time) (tenants.Count, error) {
	rows, err := history(ctx, s, patient)
	return kept(0, len(rows), "messages.kept_restricted"), err
}

// Merge moves nothing: messages follow the appointment they are about.
func (Holder) Merge(context.Context, postgres.Scope, int64, int64) (tenants.Count, error) {
	return tenants.Count{}, nil
}

// kept is a count whose reason stands only where something stays.
func kept(rows, stay int, why string) tenants.Count {
	if stay == 0 {
		why = ""
	}
	return tenants.Count{Rows: rows, Kept: stay, Why: why}
}
