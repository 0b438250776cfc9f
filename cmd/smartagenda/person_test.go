package main

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/person.js
var person string

// ask evaluates an expression with the words of person.js at hand.
func ask[T any](p *page, expression string) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T]("(() => {"+person+"\nreturn "+expression+"\n})()"))
}

// until asks again and again until the answer is good, also across pages.
func until[T any](p *page, expression string, good func(T) bool) (answer T) {
	p.t.Helper()
	var err error
	for late := time.After(patience); ; {
		if answer, err = ask[T](p, expression); err == nil && good(answer) {
			return answer
		}
		select {
		case <-late:
			said, _ := ask[string](p, "location.pathname + ': ' + one(document.body.innerText)")
			p.t.Fatalf("%s: %+v %v on %.1500s", expression, answer, err, said)
		case <-time.After(40 * time.Millisecond):
		}
	}
}

// see waits until the page says a sentence; any space is a space.
func (p *page) see(sentence string) {
	p.t.Helper()
	until(p, fmt.Sprintf("one(where().innerText ?? document.body.innerText).includes(%q)", sentence), isTrue)
}

func isTrue(b bool) bool { return b }

type spot struct {
	X, Y float64
	Why  string
}

// point finds where something can be pressed, once it has come to rest.
func (p *page) point(what string) spot {
	p.t.Helper()
	last := spot{Why: "not looked at"}
	return until(p, "spot("+what+")", func(s spot) bool {
		still := s == last
		last = s
		return still && s.Why == ""
	})
}

// press touches a spot, or clicks on it.
func (p *page) press(at spot) {
	p.t.Helper()
	if p.hand {
		p.do(chromedp.TapXY(at.X, at.Y))
		return
	}
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at.X, at.Y), chromedp.MouseClickXY(at.X, at.Y))
}

// shows waits until there is a link, button or label with these words.
func (p *page) shows(words string) {
	p.t.Helper()
	until(p, fmt.Sprintf("!!pressed(%q)", words), isTrue)
}

// click presses the link, button or label with these words.
func (p *page) click(words string) {
	p.t.Helper()
	p.press(p.point(fmt.Sprintf("pressed(%q)", words)))
}

// fill presses the field with that label and writes in place of what it holds.
func (p *page) fill(label, value string) {
	p.t.Helper()
	field := fmt.Sprintf("labelled(%q)", label)
	p.press(p.point(field))
	until(p, "document.activeElement === "+field, isTrue)
	until(p, field+".select() === undefined", isTrue)
	order(p, input.InsertText, input.InsertTextParams{Text: value})
	p.holds(label, value)
}

// holds checks what a field holds.
func (p *page) holds(label, value string) {
	p.t.Helper()
	until(p, fmt.Sprintf("labelled(%q)?.value", label), func(is string) bool { return is == value })
}

// answered checks the status that the last page came with.
func (p *page) answered(status int64) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.status != status {
		p.t.Errorf("the page came with %d, want %d", p.status, status)
	}
}
