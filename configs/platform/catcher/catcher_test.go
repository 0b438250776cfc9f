package catcher_test

import (
	"testing"
	"time"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/mail"
	"smartagenda/configs/platform/sms"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, file string) *catcher.Box {
	t.Helper()
	b, err := catcher.Open(catcher.Config{File: file, Clock: clock.Fixed(noon)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// post sends a mail by the program's own sender.
func post(t *testing.T, b *catcher.Box, m mail.Message) error {
	t.Helper()
	host, port := split(t, b.SMTPAddr())
	s, err := mail.NewSender(mail.Config{Host: host, Port: port, TLS: mail.None, HELO: "agenda.test", User: "any", Password: "thing", Clock: clock.Fixed(noon)})
	if err != nil {
		t.Fatal(err)
	}
	return s.Send(t.Context(), m)
}

// phone is the program's own OVH client.
func phone(t *testing.T, b *catcher.Box) *sms.OVH {
	t.Helper()
	o, err := sms.NewOVH(sms.OVHConfig{BaseURL: b.SMSURL(), AppKey: "ak", AppSecret: "as", ConsumerKey: "ck", Service: "sms-demo-1"})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func letter(to string) mail.Message {
	return mail.Message{
		From: "rdv@exemple.fr", FromName: "Cabinet Bellecour", To: to, Subject: "Rendez-vous confirmé, à bientôt",
		Text: "À bientôt.", HTML: "<p>À bientôt.</p>", MessageID: "m-1@agenda.test", Headers: map[string]string{"X-Tenant": "bellecour"},
	}
}

func note(ref string) sms.Message {
	return sms.Message{To: "+33612345678", Text: "Rendez-vous demain à 9h", Sender: "Bellecour", Ref: ref}
}
