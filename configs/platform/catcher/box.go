// Package catcher takes the mail and SMS of the demo and of tests instead of
// the people they are for: an SMTP server and a server that speaks the format
// of OVH's SMS API, both on loopback only. It must not know what the messages
// say, and must never run where messages are real.
package catcher

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"smartagenda/configs/platform/clock"
)

// Message is one caught message, to one person, in the shape of
// /dev/messages.json.
type Message struct {
	ID          string       `json:"id"` // a growing number
	Tenant      string       `json:"tenant"`
	Channel     string       `json:"channel"` // "mail" or "sms"
	To          string       `json:"to"`
	Subject     string       `json:"subject"`
	Text        string       `json:"text"`
	HTML        string       `json:"html"`
	Attachments []Attachment `json:"attachments"`
	CreatedAt   time.Time    `json:"created_at"`
}

// Attachment is a file of a mail. Content is text for a calendar, base64 for
// the rest.
type Attachment struct {
	Name    string `json:"name"`
	Type    string `json:"type"` // with its method, where it is a calendar's
	Content string `json:"content"`
}

// Answer is what a receiver says to one delivery.
type Answer uint8

const (
	Take   Answer = iota
	Refuse        // for good: 550, or an invalid receiver
	Later         // for now: 451, or 503
	Lose          // taken, then the connection breaks before the sender knows
)

// kept is how many messages a Box remembers.
const kept = 500

// entry is a message with the reference its sender may ask about.
type entry struct {
	Message
	Tag string `json:"tag,omitempty"`
}

// Box keeps the last 500 messages, newest last. It is safe for concurrent use.
type Box struct {
	clock *clock.Clock
	stop  []func() error // in the order of closing

	mu       sync.Mutex
	entries  []entry
	last     int64 // the last id given
	file     *os.File
	failNext int
	answer   func(to string) Answer

	smtpAddr, smsURL string
}

// List is what was sent to an address or number, newest first; an empty to
// means everyone.
func (b *Box) List(to string) []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	found := []Message{}
	for _, e := range slices.Backward(b.entries) {
		if to == "" || normal(e.To) == normal(to) {
			found = append(found, e.Message)
		}
	}
	return found
}

// normal makes "+33…" equal to " 33…", which is what a plus becomes in a query.
func normal(to string) string { return strings.ToLower(strings.TrimLeft(to, "+ ")) }

// AnswerWith lets a function choose the answer to each recipient; nil takes
// everything again.
func (b *Box) AnswerWith(choose func(to string) Answer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answer = choose
}

// FailNext answers Later to the next n deliveries.
func (b *Box) FailNext(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failNext = n
}

func (b *Box) decide(to string) Answer {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.failNext > 0:
		b.failNext--
		return Later
	case b.answer != nil:
		return b.answer(to)
	}
	return Take
}

// keep gives the message its id and instant, and remembers it.
func (b *Box) keep(e entry) (id int64, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	e.ID, e.CreatedAt = strconv.FormatInt(b.last, 10), b.clock.Now()
	if e.Attachments == nil {
		e.Attachments = []Attachment{}
	}
	b.entries = append(b.entries, e)
	if len(b.entries) > kept {
		b.entries = slices.Clone(b.entries[len(b.entries)-kept:])
	}
	if b.file != nil {
		err = json.NewEncoder(b.file).Encode(e)
	}
	return b.last, err
}

// load reads the file of an earlier run and writes it anew, without what would
// not be remembered, nor the half line that a kill may have left.
func (b *Box) load(path string) error {
	content, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("catcher: %w", err)
	}
	for line := range strings.Lines(string(content)) {
		var e entry
		if json.Unmarshal([]byte(line), &e) != nil {
			continue
		}
		id, err := strconv.ParseInt(e.ID, 10, 64)
		if err != nil {
			continue
		}
		b.entries, b.last = append(b.entries, e), max(b.last, id)
	}
	b.entries = b.entries[max(0, len(b.entries)-kept):]
	if b.file, err = os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
		return fmt.Errorf("catcher: %w", err)
	}
	for _, e := range b.entries {
		if err := json.NewEncoder(b.file).Encode(e); err != nil {
			return fmt.Errorf("catcher: %w", err)
		}
	}
	return nil
}
