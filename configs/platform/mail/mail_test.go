package mail

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"mime"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"smartagenda/configs/platform/clock"
)

var noon = clock.Fixed(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))

func letter() Message {
	return Message{
		From: "rdv@exemple.fr", FromName: `Cabinet "Bellecour", Zoé`, ReplyTo: "accueil@exemple.fr", To: "camille@exemple.fr",
		Subject: "Votre rendez-vous du mardi 1er décembre à 9h est confirmé, à bientôt à Lyon",
		Text:    "Bonjour,\r\n.\r\nÀ bientôt.", HTML: "<p>À bientôt</p>", MessageID: "m-12@agenda.test",
		Headers: map[string]string{"Auto-Submitted": "auto-generated", "List-Unsubscribe": "<https://exemple.fr/" + strings.Repeat("a", 90) + ">", "X-Tenant": "bellecour"},
		Attachments: []Attachment{
			{"rdv.ics", "text/calendar; method=REQUEST; charset=utf-8", []byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")},
			{"plan.png", "image/png", []byte{0x89, 'P', 'N', 'G', 0, '\n'}},
		},
	}
}

func TestMessageArrivesWhole(t *testing.T) {
	t.Parallel()
	o := &office{}
	m := letter()
	if err := send(t, o.open(t, None), m); err != nil {
		t.Fatal(err)
	}
	got, err := enmime.ReadEnvelope(bytes.NewReader(o.received))
	if err != nil {
		t.Fatal(err)
	}
	for header, want := range map[string]string{
		"From":           `"Cabinet \"Bellecour\", Zoé" <rdv@exemple.fr>`,
		"To":             "<camille@exemple.fr>",
		"Reply-To":       "<accueil@exemple.fr>",
		"Subject":        m.Subject,
		"Message-Id":     "<m-12@agenda.test>",
		"Date":           "Tue, 24 Nov 2026 12:00:00 +0000",
		"Auto-Submitted": "auto-generated", "List-Unsubscribe": m.Headers["List-Unsubscribe"], "X-Tenant": "bellecour",
		"X-Mailer": "", "User-Agent": "",
	} {
		if header == "From" {
			list, err := got.AddressList(header)
			if err != nil || len(list) != 1 || list[0].Name != m.FromName || list[0].Address != m.From {
				t.Errorf("From is %v, %v", list, err)
			}
			continue
		}
		if value := got.GetHeader(header); value != want {
			t.Errorf("%s: %q, want %q", header, value, want)
		}
	}
	if got.Text != m.Text || got.HTML != m.HTML {
		t.Errorf("text %q, HTML %q", got.Text, got.HTML)
	}
	if o.from != m.From || o.to != m.To || o.helo != "agenda.test" {
		t.Errorf("envelope %s to %s by %s", o.from, o.to, o.helo)
	}
	checkFiles(t, got, m)
}

func checkFiles(t *testing.T, got *enmime.Envelope, m Message) {
	t.Helper()
	if len(got.Attachments) != 2 {
		t.Fatalf("%d attachments", len(got.Attachments))
	}
	ics, png := got.Attachments[0], got.Attachments[1]
	kind, params, err := mime.ParseMediaType(ics.Header.Get("Content-Type"))
	if err != nil || kind != "text/calendar" || params["method"] != "REQUEST" || ics.FileName != "rdv.ics" || !bytes.Equal(ics.Content, m.Attachments[0].Content) {
		t.Errorf("calendar %s %v %q", kind, params, ics.Content)
	}
	if png.ContentType != "image/png" || !bytes.Equal(png.Content, m.Attachments[1].Content) {
		t.Errorf("picture %s %q", png.ContentType, png.Content)
	}
}

func TestConnectionIsEncryptedAndLoggedIn(t *testing.T) {
	t.Parallel()
	for _, protection := range []TLS{STARTTLS, Implicit} {
		t.Run(string(protection), func(t *testing.T) {
			t.Parallel()
			o := &office{password: "ouvre-toi"}
			c := o.open(t, protection)
			c.User, c.Password = "agenda", "ouvre-toi"
			if err := send(t, c, letter()); err != nil || len(o.received) == 0 {
				t.Errorf("send: %v", err)
			}
			c.Password = "wrong"
			e, ok := errors.AsType[*Error](send(t, c, letter()))
			if !ok || e.Permanent || e.Code != 535 || e.Step != "connection" {
				t.Errorf("a refused login is %+v", e)
			}
			c.Roots = x509.NewCertPool()
			if e, ok := errors.AsType[*Error](send(t, c, letter())); !ok || e.Permanent || e.Code != 0 {
				t.Errorf("an unknown certificate is %+v", e)
			}
		})
	}
}

func TestClearConnectionIsRefusedWhereSTARTTLSIsAsked(t *testing.T) {
	t.Parallel()
	o := &office{}
	c := o.open(t, None)
	c.TLS = STARTTLS
	if err := send(t, c, letter()); err == nil || IsPermanent(err) || o.received != nil {
		t.Errorf("sent in clear: %v", err)
	}
}

func TestRefusalsAreClassed(t *testing.T) {
	t.Parallel()
	answer := func(code int) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "no <camille@exemple.fr> here"}
	}
	for _, c := range []struct {
		name      string
		office    *office
		code      int
		permanent bool
		step      string
	}{
		{"unknown recipient", &office{rcpt: answer(550)}, 550, true, "recipient"},
		{"greylisted recipient", &office{rcpt: answer(451)}, 451, false, "recipient"},
		{"refused sender", &office{mail: answer(553)}, 553, true, "sender"},
		{"busy", &office{mail: answer(421)}, 421, false, "sender"},
		{"refused content", &office{data: answer(554)}, 554, true, "content"},
		{"full disk", &office{data: answer(452)}, 452, false, "content"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := send(t, c.office.open(t, None), letter())
			e, ok := errors.AsType[*Error](err)
			if !ok || e.Code != c.code || e.Permanent != c.permanent || e.Step != c.step || IsPermanent(err) != c.permanent {
				t.Fatalf("%+v", err)
			}
			if strings.Contains(err.Error(), "@") {
				t.Errorf("the error shows an address: %s", err)
			}
		})
	}
}

func TestServerThatIsAwayIsATemporaryFailure(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	_ = listener.Close()
	err = send(t, Config{Host: "127.0.0.1", Port: port, TLS: None}, letter())
	if e, ok := errors.AsType[*Error](err); !ok || e.Permanent || e.Step != "connection" {
		t.Errorf("error %+v", err)
	}
}

func TestSilentServerIsLeftWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	o := &office{hang: make(chan struct{})}
	s, err := NewSender(o.open(t, None))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan error)
	go func() { answer <- s.Send(ctx, letter()) }()
	<-o.hang
	cancel()
	err = <-answer
	close(o.hang)
	if e, ok := errors.AsType[*Error](err); !ok || e.Permanent || !errors.Is(err, context.Canceled) {
		t.Errorf("error %+v", err)
	}
}

func TestFieldsCannotBecomeHeaders(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Message){
		"from":            func(m *Message) { m.From += "\r\nBcc: x@exemple.fr" },
		"from name":       func(m *Message) { m.FromName += "\nBcc: x@exemple.fr" },
		"reply to":        func(m *Message) { m.ReplyTo += "\r" },
		"to":              func(m *Message) { m.To += "\r\nBcc: x@exemple.fr" },
		"two recipients":  func(m *Message) { m.To += ", x@exemple.fr" },
		"not an address":  func(m *Message) { m.To = "camille" },
		"subject":         func(m *Message) { m.Subject += "\r\nBcc: x@exemple.fr" },
		"subject, NUL":    func(m *Message) { m.Subject += "\x00" },
		"subject, U+2028": func(m *Message) { m.Subject += "\u2028" },
		"message id":      func(m *Message) { m.MessageID += "\r\nX: y" },
		"header":          func(m *Message) { m.Headers["X-A"] = "a\r\nBcc: x@exemple.fr" },
		"header name":     func(m *Message) { m.Headers["X-A: b\r\nBcc"] = "x@exemple.fr" },
		"recipient":       func(m *Message) { m.Headers["bcc"] = "x@exemple.fr" },
		"file name":       func(m *Message) { m.Attachments[0].Name = "a\r\nX: y" },
		"file type":       func(m *Message) { m.Attachments[0].Type = "a/b\r\nX: y" },
		"no recipient":    func(m *Message) { m.To = "" },
		"no message id":   func(m *Message) { m.MessageID = "" },
		"no text":         func(m *Message) { m.Text = "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := letter()
			spoil(&m)
			// Nothing listens: a message that passed would fail at the connection.
			e, ok := errors.AsType[*Error](send(t, Config{Host: "127.0.0.1", Port: 1, TLS: None}, m))
			if !ok || !e.Permanent || e.Step != "message" {
				t.Errorf("error %+v", e)
			}
			if strings.Contains(e.Error(), "exemple") {
				t.Errorf("the error shows an address: %s", e)
			}
		})
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]Config{
		"unknown protection": {Host: "x", Port: 25, TLS: "maybe"},
		"no host":            {Port: 25, TLS: None},
		"no such port":       {Host: "x", Port: 70000, TLS: None},
	} {
		if _, err := NewSender(c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
