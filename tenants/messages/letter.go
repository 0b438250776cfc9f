package messages

import (
	"bytes"
	"context"
	"strings"
	"time"

	"smartagenda/configs/platform/ui"
)

// Letter is what one message says, in the reader's language. A mail uses all
// of it; an SMS only To, SMS and Sender.
type Letter struct {
	To      string // mail address or E.164 number
	Lang    string
	Expires time.Time // zero: worth sending for a day

	House   string // who writes
	Brand   string // "#rrggbb"
	ReplyTo string
	Sender  string // of the SMS

	SMS string

	Subject   string
	Preheader string
	Heading   string
	Lead      string
	When      *When
	Facts     []Fact
	Action    *Action
	After     string   // under the button
	Small     []string // why this mail, who sends it

	Calendar       []byte // iCalendar object
	CalendarMethod string // REQUEST or CANCEL
}

// When is the date as a leaf and in words.
type When struct {
	Weekday, Day, Month string
	Line                string
	Details             []string
	Gone                bool // struck through: it will not take place
}

// Fact is a label and what it says.
type Fact struct{ Label, Text string }

// Action is the one button.
type Action struct{ Label, URL string }

// render gives the mail's two bodies, which say the same.
func (l Letter) render() (text, html string, err error) {
	ground, ink, err := ui.Palette(l.Brand)
	if err != nil {
		return "", "", err
	}
	l.Brand = ground
	var b bytes.Buffer
	if err := letterHTML(l, ink).Render(context.Background(), &b); err != nil {
		return "", "", err
	}
	return l.plain(), b.String(), nil
}

func (l Letter) plain() string {
	var parts []string
	add := func(lines ...string) { parts = append(parts, strings.Join(lines, "\n")) }
	add(l.Heading)
	add(l.Lead)
	if l.When != nil {
		add(append([]string{l.When.Line}, l.When.Details...)...)
	}
	for _, f := range l.Facts {
		add(f.Label+" :", f.Text)
	}
	if l.Action != nil {
		add(l.Action.Label+" :", l.Action.URL)
	}
	if l.After != "" {
		add(l.After)
	}
	add(append([]string{"-- "}, l.Small...)...)
	return strings.Join(parts, "\n\n") + "\n"
}
