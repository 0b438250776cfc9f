package mail

import (
	"bytes"
	"errors"
	"net/mail"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

var (
	errLines   = errors.New("a field of one line holds a line break or a control character")
	errMissing = errors.New("recipient, message id and text are required")
	errAddress = errors.New("an address cannot be read")
	errHeader  = errors.New("a header name is not one, or belongs to a field")
)

var headerName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)

// owned are the headers that fields set, or that would add recipients.
var owned = map[string]bool{
	"from": true, "sender": true, "reply-to": true, "to": true, "cc": true, "bcc": true, "subject": true, "date": true,
	"message-id": true, "mime-version": true, "content-type": true, "content-transfer-encoding": true,
}

// compose refuses line breaks before the library sees them: a field that comes
// from a person's name must never become a header.
func compose(m Message, now time.Time) (*gomail.Msg, error) {
	if err := check(m); err != nil {
		return nil, refuse(err)
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from := mail.Address{Name: m.FromName, Address: m.From}
	wrong := errors.Join(msg.From(from.String()), msg.To(m.To))
	if m.ReplyTo != "" {
		wrong = errors.Join(wrong, msg.ReplyTo(m.ReplyTo))
	}
	if wrong != nil {
		return nil, refuse(errAddress) // theirs quotes the address
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(now)
	msg.SetMessageIDWithValue(strings.Trim(m.MessageID, "<>"))
	for name, value := range m.Headers {
		msg.SetGenHeader(gomail.Header(name), value)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	for _, a := range m.Attachments {
		if err := msg.AttachReader(a.Name, bytes.NewReader(a.Content), gomail.WithFileContentType(gomail.ContentType(a.Type))); err != nil {
			return nil, refuse(err)
		}
	}
	return msg, nil
}

func check(m Message) error {
	if m.To == "" || m.MessageID == "" || m.Text == "" {
		return errMissing
	}
	lines := []string{m.From, m.FromName, m.ReplyTo, m.To, m.Subject, m.MessageID}
	for name, value := range m.Headers {
		if !headerName.MatchString(name) || owned[strings.ToLower(name)] {
			return errHeader
		}
		lines = append(lines, value)
	}
	for _, a := range m.Attachments {
		lines = append(lines, a.Name, a.Type)
	}
	for _, line := range lines {
		if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029' }) {
			return errLines
		}
	}
	return nil
}
