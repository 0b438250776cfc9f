package mail

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// office is an SMTP server whose answers a test chooses.
type office struct {
	mail, rcpt, data error
	hang             chan struct{} // not nil: DATA tells that it began, and waits
	helo             string
	from, to         string
	password         string
	received         []byte
}

func (o *office) NewSession(c *smtp.Conn) (smtp.Session, error) {
	o.helo = c.Hostname()
	return o, nil
}
func (o *office) Reset()        {}
func (o *office) Logout() error { return nil }
func (o *office) Mail(from string, _ *smtp.MailOptions) error {
	o.from = from
	return o.mail
}
func (o *office) Rcpt(to string, _ *smtp.RcptOptions) error {
	o.to = to
	return o.rcpt
}
func (o *office) Data(r io.Reader) (err error) {
	if o.hang != nil {
		o.hang <- struct{}{} // the message is on its way
		<-o.hang
	}
	if o.received, err = io.ReadAll(r); err != nil {
		return err
	}
	return o.data
}
func (o *office) AuthMechanisms() []string { return []string{sasl.Plain} }
func (o *office) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "agenda" || password != o.password {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

// open starts the office and returns how to reach it.
func (o *office) open(t *testing.T, protection TLS) Config {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(o)
	server.Domain, server.ErrorLog = "localhost", log.New(io.Discard, "", 0)
	config := Config{Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, TLS: protection, HELO: "agenda.test", Timeout: 20 * time.Second, Clock: noon}
	if protection != None {
		borrowed := httptest.NewUnstartedServer(nil) // for its certificate of 127.0.0.1
		borrowed.StartTLS()
		defer borrowed.Close()
		server.TLSConfig = &tls.Config{Certificates: borrowed.TLS.Certificates}
		config.Roots = x509.NewCertPool()
		config.Roots.AddCert(borrowed.Certificate())
	}
	if protection == Implicit {
		listener = tls.NewListener(listener, server.TLSConfig)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close() // Serve may not have begun
		<-done
	})
	return config
}

func send(t *testing.T, c Config, m Message) error {
	t.Helper()
	s, err := NewSender(c)
	if err != nil {
		t.Fatal(err)
	}
	return s.Send(t.Context(), m)
}
