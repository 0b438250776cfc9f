package booking

import (
	"context"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/messages"
)

// SayClosing plans a word, once, to everybody who has an appointment to come:
// the house takes leave of online booking. What is planned otherwise stays
// unsent, because a house whose contract has ended sends nothing else.
func SayClosing(ctx context.Context, s postgres.Scope) error {
	all, err := Feed(ctx, s, s.Now(), s.Now().AddDate(3, 0, 0))
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Status != Booked && a.Status != Pending || !a.Patient.ErasedAt.IsZero() {
			continue
		}
		about := messages.About{Participation: a.Participation, Sequence: a.Sequence}
		channel := messages.Mail
		switch {
		case a.Patient.Email != "":
		case a.Patient.Mobile != "":
			channel = messages.SMS
		default:
			continue
		}
		if err := messages.Put(ctx, s, messages.Planned{Kind: messages.Closing, Channel: channel, Due: s.Now()}, about); err != nil {
			return err
		}
	}
	return nil
}
