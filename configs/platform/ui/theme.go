package ui

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ErrColour says that a brand is not written #rgb or #rrggbb.
var ErrColour = errors.New("ui: not a colour")

// Theme is the style sheet that gives the pages another brand colour, and the
// colour of text on it: white, or our darkest ink. The contrast between the
// two is at least 4.5, as WCAG 2.2 success criterion 1.4.3 asks of text; a
// brand too middling for either text is darkened until white reads on it.
func Theme(brand string) (string, error) {
	ground, text, err := Palette(brand)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(":root{--brand:%s;--on-brand:%s}\n", ground, text), nil
}

// Palette is the two colours of Theme, for where no style sheet reaches.
func Palette(brand string) (ground, text string, err error) {
	c, err := parseColour(brand)
	if err != nil {
		return "", "", err
	}
	on := white
	if contrast(c, white) < readable {
		on = ink
	}
	for ; contrast(c, on) < readable; c = c.darker() {
		on = white
	}
	return c.String(), on.String(), nil
}

const readable = 4.5

type colour struct{ r, g, b uint8 }

var (
	white = colour{255, 255, 255}
	ink   = colour{9, 22, 26} // --lin-950
)

func (c colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

// darker keeps the hue and takes about two hundredths of the light away.
func (c colour) darker() colour {
	dim := func(v uint8) uint8 { return uint8(float64(v) * 0.98) }
	return colour{dim(c.r), dim(c.g), dim(c.b)}
}

func parseColour(s string) (colour, error) {
	digits, ok := strings.CutPrefix(s, "#")
	if len(digits) == 3 {
		d := digits
		digits = string([]byte{d[0], d[0], d[1], d[1], d[2], d[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if !ok || len(digits) != 6 || err != nil {
		return colour{}, fmt.Errorf("%w: %q", ErrColour, s)
	}
	return colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
}

// contrast is the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b colour) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2, from 0 to 1.
func (c colour) luminance() float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}
