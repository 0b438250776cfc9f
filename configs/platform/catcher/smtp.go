package catcher

import (
	"encoding/base64"
	"io"
	"log"
	"mime"
	"net"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"
)

func (b *Box) serveSMTP(listener net.Listener) {
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{box: b, conn: c.Conn()}, nil
	}))
	server.Domain, server.AllowInsecureAuth, server.MaxMessageBytes = "localhost", true, 20<<20
	server.ErrorLog = log.New(io.Discard, "", 0) // broken connections are on purpose
	b.smtpAddr = listener.Addr().String()
	b.serve(listener, server.Serve, server.Close)
}

// session is one SMTP connection.
type session struct {
	box  *Box
	conn net.Conn
	to   []string
	lose bool
}

func (s *session) Reset()                               { s.to, s.lose = nil, false }
func (s *session) Logout() error                        { return nil }
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) AuthMechanisms() []string             { return []string{sasl.Plain} }
func (s *session) Auth(string) (sasl.Server, error)     { return sasl.NewPlainServer(welcome), nil }
func welcome(identity, username, password string) error { return nil }

// Rcpt is where failures are injected: a refusal names its recipient.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch s.box.decide(to) {
	case Refuse:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"}
	case Later:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "come back later"}
	case Lose:
		s.lose = true
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	envelope, err := enmime.ReadEnvelope(r)
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "not a mail"}
	}
	for _, to := range s.to {
		_, err := s.box.keep(entry{Message: Message{
			Tenant: envelope.GetHeader("X-Tenant"), Channel: "mail", To: to, Subject: envelope.GetHeader("Subject"),
			Text: envelope.Text, HTML: envelope.HTML, Attachments: attachments(envelope),
		}})
		if err != nil {
			return err
		}
	}
	if s.lose {
		return s.conn.Close()
	}
	return nil
}

func attachments(envelope *enmime.Envelope) []Attachment {
	var all []Attachment
	for _, parts := range [][]*enmime.Part{envelope.Attachments, envelope.Inlines, envelope.OtherParts} {
		for _, part := range parts {
			a := Attachment{Name: part.FileName, Type: part.ContentType}
			if strings.HasPrefix(part.ContentType, "text/calendar") {
				a.Content = string(part.Content)
				if _, params, err := mime.ParseMediaType(part.Header.Get("Content-Type")); err == nil && params["method"] != "" {
					a.Type += "; method=" + params["method"]
				}
			} else {
				a.Content = base64.StdEncoding.EncodeToString(part.Content)
			}
			all = append(all, a)
		}
	}
	return all
}
