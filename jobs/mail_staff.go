package jobs

import (
	"context"
	"fmt"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/keyring"
	"smartagenda/configs/platform/mail"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
)

// StaffPost mails links to SmartAgenda's staff.
type StaffPost struct {
	Control *postgres.Control
	Keys    *keyring.Keyring
	Mail    *mail.Sender
	Texts   *i18n.Bundle
	Sites   tenants.Sites
}

// Link is the handler of staff.KindLink: it writes the link at the moment it
// leaves, and nothing when it was used, replaced or has expired.
func (p StaffPost) Link(ctx context.Context, j jobstore.Job) error {
	key, err := p.Keys.Own(ctx)
	if err != nil {
		return err
	}
	who, token, err := staff.Link(ctx, p.Control, key, j.Ref)
	switch {
	case fault.Is(err, fault.NotFound):
		return jobstore.Never("nobody")
	case err != nil || token == "":
		return err
	}
	err = p.Mail.Send(ctx, p.letter(who, token, j))
	if mail.IsPermanent(err) {
		return jobstore.Never("refused")
	}
	return err
}

func (p StaffPost) letter(who staff.Person, token string, j jobstore.Job) mail.Message {
	kind := "reset"
	if who.PasswordHash == "" {
		kind = "welcome"
	}
	text, domain := p.Texts.In(i18n.French), p.Sites.MailDomain()
	return mail.Message{
		From: "noreply@" + domain, FromName: "SmartAgenda", To: who.Email, Subject: text.T("staff." + kind + "_subject"),
		Text: text.T("staff."+kind+"_body", "Name", who.Name, "Until", text.LongDateTime(calendar.InParis(who.ResetUntil)),
			"URL", p.Sites.Console("/mot-de-passe/"+token)),
		MessageID: fmt.Sprintf("staff-%d-%d@%s", j.Ref, j.Gen, domain),
		Headers:   map[string]string{"Auto-Submitted": "auto-generated"},
	}
}
