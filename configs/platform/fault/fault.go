// Package fault says what went wrong in a form that every edge can turn into
// a status and a sentence. It knows kinds and message keys; it must not know
// HTTP, SQL or any language.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind is the class of a fault. The zero value is Internal, so that an error
// nobody classified is never shown to a person as their own mistake.
type Kind uint8

const (
	Internal    Kind = iota // our mistake
	Invalid                 // the input is wrong; Fields says where
	NotFound                // no such thing, or not for this person
	Conflict                // right input, wrong state
	SignedOut               // nobody is signed in
	Denied                  // somebody is, but may not
	TooMany                 // too fast; After says when to come back
	TooLarge                // more bytes than we take
	Unavailable             // a part we need is down, or there is none left
)

func (k Kind) String() string {
	return [...]string{"internal", "invalid", "not_found", "conflict", "signed_out", "denied", "too_many", "too_large", "unavailable"}[k]
}

// Field is one answer that cannot be taken. Key is a message key such as
// "patients.phone_incomplete"; Args fill its sentence.
type Field struct {
	Name string
	Key  string
	Args map[string]any
}

// Error carries a message key instead of a sentence: the edge that answers
// knows the reader's language.
type Error struct {
	Kind   Kind
	Key    string
	Args   map[string]any
	Fields []Field
	After  time.Duration // TooMany and Unavailable: when to try again
	cause  error
}

// New makes an error of a kind. args are name, value pairs for the sentence.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: Args(args...)}
}

// Wrong makes an Invalid error from the fields that are wrong, nil when none is.
func Wrong(fields ...Field) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.invalid", Fields: fields}
}

// On is a field error; args are name, value pairs for the sentence.
func On(name, key string, args ...any) Field {
	return Field{Name: name, Key: key, Args: Args(args...)}
}

// Args turns name, value pairs into what a sentence takes.
func Args(pairs ...any) map[string]any {
	if len(pairs) == 0 {
		return nil
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m
}

// Because keeps the technical cause for the log; it is never shown.
func (e *Error) Because(cause error) *Error {
	e.cause = cause
	return e
}

func (e *Error) Error() string {
	s := e.Kind.String() + ": " + e.Key
	for _, f := range e.Fields {
		s += " " + f.Name + "=" + f.Key
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.cause }

// As finds the fault in err's chain; an unclassified error becomes Internal.
// It returns nil for nil.
func As(err error) *Error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return New(Internal, "fault.internal").Because(err)
}

// Is tells whether err is a fault of that kind.
func Is(err error, kind Kind) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Kind == kind
}

// HasKey tells whether err is the fault with that message key.
func HasKey(err error, key string) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Key == key
}
