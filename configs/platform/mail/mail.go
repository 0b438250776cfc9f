// Package mail hands one message to an SMTP server. It must not know why a
// message is sent, to whom else, or what to do when it fails: its errors say
// whether trying again can help.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"

	"smartagenda/configs/platform/clock"
)

// TLS is how the connection is protected.
type TLS string

const (
	None     TLS = "none"     // in clear: for a server on this machine
	STARTTLS TLS = "starttls" // in clear, then always upgraded (RFC 3207)
	Implicit TLS = "tls"      // encrypted from the first byte (RFC 8314)
)

// Config says where mail leaves.
type Config struct {
	Host     string
	Port     int
	TLS      TLS
	User     string // empty: no login; else AUTH PLAIN, refused in clear except to this machine
	Password string
	HELO     string        // the name we give ourselves
	Timeout  time.Duration // for a whole message; 30 s if zero

	Clock *clock.Clock   // for the Date header
	Roots *x509.CertPool // nil: the system's
	// Dial opens connections; nil is net.Dialer's.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
}

// Message is one mail to one person. Text and fields are UTF-8 and of one line,
// bodies excepted.
type Message struct {
	From, FromName string
	ReplyTo        string // may be empty
	To             string
	Subject        string
	Text, HTML     string // HTML may be empty
	// MessageID, without brackets, stays the same when a message is sent again,
	// so that mailboxes can drop the double.
	MessageID   string
	Headers     map[string]string // List-Unsubscribe, Auto-Submitted…
	Attachments []Attachment
}

// Attachment is a file. Type may have parameters:
// `text/calendar; method=REQUEST; charset=utf-8`.
type Attachment struct {
	Name, Type string
	Content    []byte
}

// Sender sends mail, one connection a message. It is safe for concurrent use.
type Sender struct{ config Config }

// NewSender checks the configuration; it does not connect.
func NewSender(c Config) (*Sender, error) {
	if c.TLS != None && c.TLS != STARTTLS && c.TLS != Implicit {
		return nil, fmt.Errorf("mail: TLS is none, starttls or tls, not %q", c.TLS)
	}
	if c.Timeout == 0 {
		c.Timeout = 30 * time.Second
	}
	if c.Dial == nil {
		c.Dial = new(net.Dialer).DialContext
	}
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	s := &Sender{c}
	_, err := s.client(context.Background())
	return s, err
}

// Send returns once the server has taken the message. Its errors are *Error.
func (s *Sender) Send(ctx context.Context, m Message) error {
	msg, err := compose(m, s.config.Clock.Now())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	client, err := s.client(ctx)
	if err != nil {
		return &Error{Step: "connection", cause: err}
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() { // a failed goodbye changes nothing
		return nil
	}
	return classify(ctx, err)
}

// client is made for each message: the connection it opens ends with ctx,
// which the library would only heed while dialling.
func (s *Sender) client(ctx context.Context) (*gomail.Client, error) {
	c := s.config
	secure := &tls.Config{ServerName: c.Host, RootCAs: c.Roots, MinVersion: tls.VersionTLS12}
	options := []gomail.Option{
		gomail.WithPort(c.Port), gomail.WithTimeout(c.Timeout), gomail.WithTLSConfig(secure),
		gomail.WithoutNoop(), gomail.WithoutSMTPUTF8(),
		gomail.WithDialContextFunc(func(dialing context.Context, network, addr string) (net.Conn, error) {
			conn, err := c.Dial(dialing, network, addr)
			if err != nil {
				return nil, err
			}
			context.AfterFunc(ctx, func() { _ = conn.Close() })
			if c.TLS == Implicit {
				return tls.Client(conn, secure), nil
			}
			return conn, nil
		}),
	}
	switch c.TLS {
	case None:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case STARTTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case Implicit:
		options = append(options, gomail.WithSSL())
	}
	if c.HELO != "" {
		options = append(options, gomail.WithHELO(c.HELO))
	}
	if c.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthPlain), gomail.WithUsername(c.User), gomail.WithPassword(c.Password))
	}
	client, err := gomail.NewClient(c.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	return client, nil
}
