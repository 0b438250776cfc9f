package catcher_test

import (
	"encoding/json"
	"net"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/mail"
)

func split(t *testing.T, addr string) (string, int) {
	t.Helper()
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return host, port
}

func TestMailIsCaughtInTheShapeOfTheContract(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	m := letter("Camille@exemple.fr")
	m.Attachments = []mail.Attachment{
		{Name: "rdv.ics", Type: "text/calendar; method=REQUEST; charset=utf-8", Content: []byte("BEGIN:VCALENDAR\r\nSUMMARY:été\r\nEND:VCALENDAR\r\n")},
		{Name: "plan.png", Type: "image/png", Content: []byte{0x89, 'P', 'N', 'G'}},
	}
	if err := post(t, b, m); err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(b.List("camille@EXEMPLE.fr"))
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"id":"1","tenant":"bellecour","channel":"mail","to":"Camille@exemple.fr","subject":"Rendez-vous confirmé, à bientôt",` +
		`"text":"À bientôt.","html":"<p>À bientôt.</p>","attachments":[` +
		`{"name":"rdv.ics","type":"text/calendar; method=REQUEST","content":"BEGIN:VCALENDAR\r\nSUMMARY:été\r\nEND:VCALENDAR\r\n"},` +
		`{"name":"plan.png","type":"image/png","content":"iVBORw=="}],"created_at":"2026-11-24T12:00:00Z"}]`
	var a, z any
	if json.Unmarshal(got, &a) != nil || json.Unmarshal([]byte(want), &z) != nil || !reflect.DeepEqual(a, z) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestEachRecipientGetsAMessage(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	body := "Subject: =?utf-8?q?=C3=A9t=C3=A9?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nd\xe9j\xe0\r\n"
	client, err := smtp.Dial(b.SMTPAddr())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Close() }()
	if err := client.SendMail("rdv@exemple.fr", []string{"a@exemple.fr", "b@exemple.fr"}, strings.NewReader(body)); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"a@exemple.fr", "b@exemple.fr"} {
		got := b.List(to)
		if len(got) != 1 || got[0].Subject != "été" || got[0].Text != "déjà\r\n" {
			t.Errorf("%s got %+v", to, got)
		}
	}
	if all := b.List(""); len(all) != 2 || all[0].To != "b@exemple.fr" {
		t.Errorf("newest is not first: %+v", all)
	}
}

func TestMailIsRefusedAsTold(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	b.AnswerWith(func(to string) catcher.Answer {
		return map[string]catcher.Answer{"gone@exemple.fr": catcher.Refuse, "busy@exemple.fr": catcher.Later, "lost@exemple.fr": catcher.Lose}[to]
	})
	for to, permanent := range map[string]bool{"gone@exemple.fr": true, "busy@exemple.fr": false, "lost@exemple.fr": false} {
		if err := post(t, b, letter(to)); err == nil || mail.IsPermanent(err) != permanent {
			t.Errorf("%s: %v", to, err)
		}
	}
	if err := post(t, b, letter("camille@exemple.fr")); err != nil {
		t.Error(err)
	}
	if kept := b.List(""); len(kept) != 2 || len(b.List("lost@exemple.fr")) != 1 || len(b.List("camille@exemple.fr")) != 1 {
		t.Errorf("kept %+v", kept)
	}
	b.AnswerWith(nil)
	b.FailNext(2)
	for try := range 3 {
		err := post(t, b, letter("gone@exemple.fr"))
		if (err != nil) != (try < 2) || mail.IsPermanent(err) {
			t.Errorf("try %d: %v", try, err)
		}
	}
}
