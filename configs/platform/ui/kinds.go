package ui

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Tone is what a badge or a banner says before it is read.
type Tone string

// The tones. A badge is grey and a banner tinted when none is given.
const (
	OK   Tone = "ok"
	Warn Tone = "warn"
	Bad  Tone = "bad"
	Info Tone = "info"
)

// sign is the icon that goes with a tone when the caller names none.
func (t Tone) sign() string {
	switch t {
	case OK:
		return "check"
	case Warn:
		return "triangle-alert"
	case Bad:
		return "circle-alert"
	}
	return "info"
}

// Kind is a button's weight: the empty one is the screen's single full button.
type Kind string

// The other kinds: the usual act, the one beside it, the one in a row, the one
// that destroys, the one on a dark bar.
const (
	Soft   Kind = "soft"
	Line   Kind = "line"
	Quiet  Kind = "quiet"
	Danger Kind = "bad"
	Warm   Kind = "warm"
)

// Link is a place to go. Current marks the place where one is; Count, with
// CountNote read aloud after it, is what waits there.
type Link struct {
	Href, Text, Icon string
	Current          bool
	Count            int
	CountNote        string
	Attrs            templ.Attributes
}

// Option is one answer among several.
type Option struct {
	Value, Label, Hint string
	Hue                int // 1 to 8, for Swatches
	Disabled           bool
}

// Icon draws a symbol of icons.svg, hidden from screen readers: the word
// beside it speaks. An unknown name fails the page, so that tests see it; the
// empty name draws nothing.
func Icon(name string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		if name == "" {
			return nil
		}
		if !HasIcon(name) {
			return fmt.Errorf("ui: no icon %q", name)
		}
		_, err := fmt.Fprintf(w, `<svg class="i" aria-hidden="true"><use href="%s#%s"></use></svg>`, Assets.Path("icons.svg"), name)
		return err
	})
}

// HasIcon tells whether icons.svg holds a symbol.
func HasIcon(name string) bool {
	_, ok := Assets.load().icons[name]
	return ok
}

// classes joins those that are not empty.
func classes(names ...string) string {
	return strings.Join(strings.Fields(strings.Join(names, " ")), " ")
}

// when is s if the condition holds.
func when(cond bool, s string) string {
	if cond {
		return s
	}
	return ""
}

// hue is the class of a colour from 1 to 8.
func hue(n int) string {
	if n < 1 || n > 8 {
		return ""
	}
	return fmt.Sprintf("h-%d", n)
}
