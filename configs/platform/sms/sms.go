// Package sms hands one text message to a provider and asks what became of it.
// It must not know who reads the message, nor whether it should be sent again:
// its errors say what is certain.
package sms

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"
)

// Message is one SMS. Text is sent as Encode gives it. Ref is ours: it comes
// back in the provider's history, so that a send whose answer was lost can be
// found again.
type Message struct {
	To     string // E.164
	Text   string
	Sender string // 11 letters or digits at most; empty: the provider's number
	Ref    string
}

// Receipt is a provider's promise to try.
type Receipt struct {
	ID    string
	Parts int // what the network counts, as Encode does
}

// Sent is a message asked about. ID is that of its receipt, empty when no
// answer came: it is then found by Ref, To and At, the instant of sending.
type Sent struct {
	ID, Ref, To string
	At          time.Time
}

// State is what became of a message. Unknown means that the provider knows of
// none, which it may say for some seconds after it accepted one.
type State string

const (
	Accepted  State = "accepted"
	Delivered State = "delivered"
	Failed    State = "failed"
	Unknown   State = "unknown"
)

// Provider is a company that sends SMS. Its errors are *Error.
type Provider interface {
	Send(ctx context.Context, m Message) (Receipt, error)
	Status(ctx context.Context, s Sent) (State, error)
}

// Class says what a failure leaves certain.
type Class uint8

const (
	Temporary Class = iota // nothing was sent; trying again can help
	Permanent              // nothing was sent; this message never will be
	Uncertain              // it may have been sent: ask Status, do not send blindly
)

func (c Class) String() string { return [...]string{"temporary", "permanent", "uncertain"}[c] }

// Error is a send or a question that failed. Its text never holds a number, nor
// what the provider said, which may quote one.
type Error struct {
	Class    Class
	Provider string
	Code     int    // HTTP status, 0 when there was no answer
	Reason   string // "connection", "status 400", "number", "sender"…

	cause error
}

func (e *Error) Error() string {
	s := fmt.Sprintf("sms: %s failure at %s, %s", e.Class, e.Provider, e.Reason)
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.cause }

// ClassOf is the class of err; what is not an *Error is Temporary.
func ClassOf(err error) Class {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Class
	}
	return Temporary
}

var (
	e164   = regexp.MustCompile(`^\+[1-9]\d{6,14}$`)
	sender = regexp.MustCompile(`^([A-Za-z0-9]{1,11})?$`)
)

// prepare checks what no provider should be asked, and encodes the text.
func prepare(provider string, m Message) (text string, parts int, ucs2 bool, err error) {
	refuse := func(reason string) error { return &Error{Class: Permanent, Provider: provider, Reason: reason} }
	text, parts, ucs2 = Encode(m.Text)
	switch {
	case !e164.MatchString(m.To):
		err = refuse("number")
	case !sender.MatchString(m.Sender):
		err = refuse("sender")
	case parts == 0:
		err = refuse("empty text")
	case m.Ref == "":
		err = refuse("no reference")
	}
	return text, parts, ucs2, err
}
