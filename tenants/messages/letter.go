package messages

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
	if l.When != nil {
		when := *l.When
		when.Line = capital(when.Line)
		l.When = &when
	}
	var b bytes.Buffer
	if err := letterHTML(l, newShades(ground, ink)).Render(context.Background(), &b); err != nil {
		return "", "", err
	}
	return l.plain(), b.String(), nil
}

// shades are the house's colour where a mail uses it.
type shades struct {
	Ground, Ink string // the colour, and text on it
	Soft        string // a trace of it on white
	Text        string // the colour as text, our own ink where it is too pale
}

func newShades(ground, ink string) shades {
	s := shades{Ground: ground, Ink: ink, Soft: "#ecebe7", Text: ground}
	if ink != "#ffffff" {
		s.Text = "#102125"
	}
	var r, g, b int
	if n, _ := fmt.Sscanf(ground, "#%02x%02x%02x", &r, &g, &b); n == 3 {
		pale := func(v int) int { return 255 - (255-v)/10 }
		s.Soft = fmt.Sprintf("#%02x%02x%02x", pale(r), pale(g), pale(b))
	}
	return s
}

// capital begins a line with what stands inside sentences elsewhere.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// piece is a run of text, or the address it is.
type piece struct {
	Text string
	Link bool
}

// bare is an address as people say it.
func bare(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return rest
}

// pieces finds the addresses in a line.
func pieces(line string) (all []piece) {
	for {
		i := strings.Index(line, "https://")
		if j := strings.Index(line, "http://"); i < 0 || j >= 0 && j < i {
			i = j
		}
		if i < 0 {
			return append(all, piece{Text: line})
		}
		end := len(line)
		if n := strings.IndexByte(line[i:], ' '); n >= 0 {
			end = i + n
		}
		all = append(all, piece{Text: line[:i]}, piece{line[i:end], true})
		line = line[end:]
	}
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
