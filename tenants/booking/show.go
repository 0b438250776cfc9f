package booking

import (
	"context"
	"slices"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/messages"
)

// Show reads one person's appointment with its messages. It returns a NotFound
// fault for an unknown id.
func Show(ctx context.Context, s postgres.Scope, participation int64) (Appointment, error) {
	return show(ctx, s, "p.id = ?", participation)
}

// ByToken reads the appointment of a manage link, as long as the link lives:
// until the end of the appointment, longer only to say that it is over. It
// returns a NotFound fault for any other text.
func ByToken(ctx context.Context, s postgres.Scope, token string) (Appointment, error) {
	raw, err := secure.ParseToken(token)
	if err != nil {
		return Appointment{}, fault.New(fault.NotFound, "booking.link_unknown")
	}
	a, err := show(ctx, s, "p.link_hash = ?", secure.HashToken(raw))
	if fault.Is(err, fault.NotFound) || err == nil && s.Now().Sub(a.End) > linkAfter {
		return Appointment{}, fault.New(fault.NotFound, "booking.link_unknown")
	}
	a.Token = token
	return a, err
}

// linkAfter is how long a link still shows what it stood for.
const linkAfter = 24 * time.Hour

func show(ctx context.Context, s postgres.Scope, where string, arg any) (Appointment, error) {
	a, err := find(ctx, s, where, arg)
	if err != nil {
		return Appointment{}, err
	}
	a.Messages, err = messages.Receipts(ctx, s, a.Participation)
	return a, err
}

// Feed lists what stands in the Agenda from one instant to another, cancelled
// appointments left out, in order of their start.
func Feed(ctx context.Context, s postgres.Scope, from, to time.Time) ([]Appointment, error) {
	return list(ctx, s, "a.starts_at < ? AND a.starts_at > ? AND a.ends_at > ? AND p.status <> 'cancelled'",
		to, from.Add(-longest), from)
}

// longest is how long before a range an appointment can begin that still
// touches it, so that the index on the start bounds the search.
const longest = 25 * time.Hour

// OpenReason opens what the person wrote, for the Professional's eyes.
func (a Appointment) OpenReason(ctx context.Context, s postgres.Scope) (string, error) {
	key, err := s.Key(ctx)
	if err != nil {
		return "", err
	}
	return a.Reason.Open(key, reasonColumn)
}

// OpenNote opens the internal note.
func (a Appointment) OpenNote(ctx context.Context, s postgres.Scope) (string, error) {
	key, err := s.Key(ctx)
	if err != nil {
		return "", err
	}
	return a.Note.Open(key, noteColumn)
}

// Link gives the text of the current manage link again, for a message.
func Link(ctx context.Context, s postgres.Scope, a Appointment) (string, error) {
	key, err := s.Key(ctx)
	if err != nil {
		return "", err
	}
	return secure.TokenString(key.Token(linkKind, a.Ref.String(), a.generation)), nil
}

// zone is the location's, else the house's; both were checked when saved.
func zone(own *string, house string) *time.Location {
	name := house
	if own != nil {
		name = *own
	}
	z, err := calendar.LoadZone(name)
	if err != nil {
		return time.UTC
	}
	return z
}

// Of lists one person's appointments, the latest first, two hundred at most.
func Of(ctx context.Context, s postgres.Scope, patient int64) ([]Appointment, error) {
	all, err := list(ctx, s, "p.patient_id = ?", patient)
	slices.Reverse(all)
	return all[:min(len(all), 200)], err
}
