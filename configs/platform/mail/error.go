package mail

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
)

// Error is why a message was not taken. Its text never holds an address, nor
// what the server said, which may quote one.
type Error struct {
	Code      int    // the server's SMTP reply (RFC 5321, 4.2), 0 when there was none
	Permanent bool   // trying the same message again is useless
	Step      string // "message", "connection", "sender", "recipient" or "content"

	cause error
}

func (e *Error) Error() string {
	kind := "temporary"
	if e.Permanent {
		kind = "permanent"
	}
	s := fmt.Sprintf("mail: %s failure, %s", kind, e.Step)
	if e.Code != 0 {
		s += fmt.Sprintf(", code %d", e.Code)
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.cause }

// IsPermanent tells whether err is a refusal that will not change.
func IsPermanent(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Permanent
}

func refuse(cause error) *Error { return &Error{Permanent: true, Step: "message", cause: cause} }

// classify keeps the code of the server's answer and forgets its text. Only a
// 5xx to the message itself is permanent: refused logins and connections are
// for us to repair, and the message waits.
func classify(ctx context.Context, err error) *Error {
	e := &Error{Step: "connection", cause: ctx.Err()}
	if answer, ok := errors.AsType[*textproto.Error](err); ok {
		e.Code = answer.Code
	}
	refused, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return e
	}
	e.Code = refused.ErrorCode()
	switch refused.Reason {
	case gomail.ErrSMTPMailFrom:
		e.Step = "sender"
	case gomail.ErrSMTPRcptTo:
		e.Step = "recipient"
	case gomail.ErrSMTPData, gomail.ErrSMTPDataClose, gomail.ErrWriteContent:
		e.Step = "content"
	default:
		return e
	}
	e.Permanent = e.Code >= 500
	return e
}
