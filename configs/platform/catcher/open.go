package catcher

import (
	"errors"
	"fmt"
	"net"

	"smartagenda/configs/platform/clock"
)

// Config says where to listen. An empty address is a free port of 127.0.0.1.
type Config struct {
	SMTPAddr, SMSAddr string
	File              string       // empty: in memory only; else one JSON object a line
	Clock             *clock.Clock // for created_at; nil is the machine's
}

// Open starts both servers. An address that is not loopback is refused.
func Open(c Config) (*Box, error) {
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	b := &Box{clock: c.Clock}
	if c.File != "" {
		if err := b.load(c.File); err != nil {
			return nil, err
		}
		b.stop = append(b.stop, b.file.Close)
	}
	mail, mailErr := listen(c.SMTPAddr)
	if mailErr == nil {
		b.serveSMTP(mail)
	}
	sms, smsErr := listen(c.SMSAddr)
	if smsErr == nil {
		b.serveSMS(sms)
	}
	if err := errors.Join(mailErr, smsErr); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// SMTPAddr is "127.0.0.1:port": plain SMTP, any login accepted.
func (b *Box) SMTPAddr() string { return b.smtpAddr }

// SMSURL is the base URL to give OVH's client.
func (b *Box) SMSURL() string { return b.smsURL }

// Close stops both servers, breaking what they are doing, and waits for them.
func (b *Box) Close() error {
	var wrong error
	for i := len(b.stop) - 1; i >= 0; i-- { // the file last
		wrong = errors.Join(wrong, b.stop[i]())
	}
	b.stop = nil
	return wrong
}

func listen(addr string) (net.Listener, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	resolved, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("catcher: %w", err)
	}
	if !resolved.IP.IsLoopback() {
		return nil, fmt.Errorf("catcher: %s is not loopback", addr)
	}
	listener, err := net.ListenTCP("tcp", resolved)
	if err != nil {
		return nil, fmt.Errorf("catcher: %w", err)
	}
	return listener, nil
}

// serve runs a server until b.Close, which calls end; what Serve returns after
// that is its goodbye.
func (b *Box) serve(listener net.Listener, serve func(net.Listener) error, end func() error) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = serve(listener)
	}()
	b.stop = append(b.stop, func() error {
		err := end()
		_ = listener.Close() // Serve may not have begun, and would not see the end
		<-done
		return err
	})
}
