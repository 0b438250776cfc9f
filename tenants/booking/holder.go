package booking

import (
	"context"
	"strconv"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// Holder answers privacy requests for a patient's appointments.
type Holder struct{}

var _ tenants.DataHolder = Holder{}

// Holds names the room.
func (Holder) Holds() string { return "booking" }

// Export gives every appointment the patient has had, with what they wrote and
// what the house noted.
func (Holder) Export(ctx context.Context, s postgres.Scope, patient int64) ([]tenants.Section, error) {
	all, err := list(ctx, s, "p.patient_id = ?", patient)
	if err != nil {
		return nil, err
	}
	section := tenants.Section{
		Name: "appointments",
		Columns: []string{"starts_at", "ends_at", "service", "practitioner", "location", "status", "price_cents", "reason", "note",
			"source", "created_at", "cancelled_by", "cancelled_at"},
	}
	for _, a := range all {
		row, err := a.export(ctx, s)
		if err != nil {
			return nil, err
		}
		section.Rows = append(section.Rows, row)
	}
	return []tenants.Section{section}, nil
}

func (a Appointment) export(ctx context.Context, s postgres.Scope) ([]string, error) {
	reason, err := a.OpenReason(ctx, s)
	if err != nil {
		return nil, err
	}
	note, err := a.OpenNote(ctx, s)
	if err != nil {
		return nil, err
	}
	price, cancelled := "", ""
	if a.PriceCents != nil {
		price = strconv.Itoa(*a.PriceCents)
	}
	if !a.CancelledAt.IsZero() {
		cancelled = a.CancelledAt.Format(time.RFC3339)
	}
	return []string{a.Start.Format(time.RFC3339), a.End.Format(time.RFC3339), a.Service.Name, a.Practitioner.Name, a.Location.Name,
		string(a.Status), price, reason, note, string(a.Source), a.CreatedAt.Format(time.RFC3339), a.CancelledBy, cancelled}, nil
}

// Rectify finds nothing here: an appointment names nobody, it points to a file.
func (Holder) Rectify(context.Context, postgres.Scope, int64, map[string]string) (tenants.Count, error) {
	return tenants.Count{}, nil
}

// Erase removes what was written about the patient's appointments. The
// appointments stay, pointing to a file that tells nothing any more. It
// returns a Conflict fault while one is still to come: cancelling it, and
// telling the person, is an act of its own.
func (Holder) Erase(ctx context.Context, s postgres.Scope, patient int64) (tenants.Count, error) {
	all, ahead, err := counts(ctx, s, patient)
	if err != nil {
		return tenants.Count{}, err
	}
	if ahead > 0 {
		return tenants.Count{}, fault.New(fault.Conflict, "booking.erase_ahead", "Count", ahead)
	}
	rows, err := eraseTexts(ctx, s, patient)
	return kept(rows, all, "booking.kept_personless"), err
}

// Restrict changes nothing: who is hidden is decided by the file, and the
// appointments stay beside it for whoever must answer for them.
func (Holder) Restrict(ctx context.Context, s postgres.Scope, patient int64, _ time.Time) (tenants.Count, error) {
	all, _, err := counts(ctx, s, patient)
	return kept(0, all, "booking.kept_restricted"), err
}

// Merge gives the appointments of one file to the other.
func (Holder) Merge(ctx context.Context, s postgres.Scope, from, into int64) (tenants.Count, error) {
	rows, err := reassign(ctx, s, from, into)
	return tenants.Count{Rows: rows}, err
}

// kept is a count whose reason stands only where something stays.
func kept(rows, stay int, why string) tenants.Count {
	if stay == 0 {
		why = ""
	}
	return tenants.Count{Rows: rows, Kept: stay, Why: why}
}
