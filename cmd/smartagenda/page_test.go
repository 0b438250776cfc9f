package main

import (
	"context"
	_ "embed"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"smartagenda/tenants"
)

//go:embed testdata/person.js
var person string

// patience is how long anything may take to show; lifetime bounds a browser.
const (
	patience = 20 * time.Second
	lifetime = 3 * time.Minute
)

// seats are for the browsers that run at once: more would only be slower.
var seats = make(chan struct{}, 2)

// browser is one Chromium, which ends with its test and with it all its
// processes.
type browser struct {
	*scene
	ctx context.Context
}

// browse answers on the scene's port and starts a browser.
func (s *scene) browse() *browser {
	s.t.Helper()
	path := chromium(s.t)
	seats <- struct{}{}
	s.t.Cleanup(func() { <-seats })
	s.serve()
	dir := s.t.TempDir()
	var process *exec.Cmd
	ctx, stop := context.WithTimeout(context.Background(), lifetime)
	ctx, free := chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.Env("TMPDIR="+dir), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-breakpad", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("lang", "fr-FR"), chromedp.Flag("accept-lang", "fr-FR,fr"),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			process = cmd
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
		}))
	ctx, quit := chromedp.NewContext(ctx)
	s.t.Cleanup(func() {
		quit()
		free()
		stop()
		if process != nil && process.Process != nil {
			_ = syscall.Kill(-process.Process.Pid, syscall.SIGKILL) // its children, if any is left
		}
	})
	if err := chromedp.Do(ctx); err != nil {
		s.t.Fatalf("%s does not start: %v", path, err)
	}
	return &browser{s, ctx}
}

func chromium(t *testing.T) string {
	t.Helper()
	name := first(os.Getenv("CHROME"), "chromium")
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("these tests need Chromium, and %q is not there (%v): install it, or set CHROME to its path", name, err)
	}
	return path
}

// serve answers on the scene's listener until the test ends.
func (s *scene) serve() {
	done := make(chan error, 1)
	go func() { done <- s.front.Listener(s.listener) }()
	s.t.Cleanup(func() {
		if err := s.front.ShutdownWithTimeout(5 * time.Second); err != nil {
			s.t.Errorf("the server does not stop: %v", err)
		}
		if err := <-done; err != nil {
			s.t.Error(err)
		}
	})
}

// screen is how somebody looks at pages.
type screen struct {
	width int64 // under 600 it is touched, else there is a mouse
	dark  bool
	plain bool // without scripts
}

var (
	onPhone = screen{width: 390}
	onDesk  = screen{width: 1280}
)

// page is a tab, of somebody who has never been here. Whatever goes wrong in
// it besides what the test asks for fails the test in the end.
type page struct {
	t    *testing.T
	ctx  context.Context
	home string // the only origin that may be asked for anything
	hand bool

	mu     sync.Mutex
	status int64 // of the last page
	faults []string
}

// open opens the site of a tenant.
func (b *browser) open(one tenants.Tenant, on screen) *page {
	b.t.Helper()
	p := &page{t: b.t, home: strings.TrimSuffix(b.program.sites.URL(one.Slug, "/"), "/"), hand: on.width < 600}
	ctx, leave := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.watch))
	p.ctx = ctx
	p.t.Cleanup(func() {
		for _, fault := range p.complaints() {
			p.t.Error(fault)
		}
		leave()
	})
	height, options, theme := int64(900), []chromedp.EmulateViewportOption{}, "light"
	if p.hand {
		height, options = 844, append(options, chromedp.EmulatePortrait, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	if on.dark {
		theme = "dark"
	}
	p.do(chromedp.EmulateViewport(on.width, height, options...))
	order(p, emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "fr-FR"})
	order(p, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Europe/Paris"})
	order(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}})
	order(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: on.plain})
	p.visit("/")
	return p
}

// watch notes what the browser says while pages load and run.
func (p *page) watch(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	blame := func(format string, args ...any) { p.faults = append(p.faults, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme+"://"+u.Host != p.home {
			blame("a foreign address is asked for: %s", e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			p.status = e.Response.Status
		}
	case *log.EventEntryAdded:
		refused := e.Entry.Source == log.EntrySourceNetwork && strings.Contains(e.Entry.Text, "status of 422") // a form came back
		if (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) && !refused {
			blame("the browser says: %s (%s)", e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning || e.Type == runtime.APITypeAssert {
			blame("a script says %s: %+v", e.Type, e.Args)
		}
	case *runtime.EventExceptionThrown:
		blame("a script fails: %+v", e.ExceptionDetails)
	}
}

// complaints are the faults so far; it forgets them.
func (p *page) complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer func() { p.faults = nil }()
	return slices.Clone(p.faults)
}

// do carries out what does not wait for anything.
func (p *page) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

func order[P, R any](p *page, c cdp.Command[P, R], params P) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, c, params); err != nil {
		p.t.Fatal(err)
	}
}

// visit goes to a path of the house, or to a link from a message.
func (p *page) visit(address string) {
	p.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = p.home + address
	}
	p.do(chromedp.Navigate(address))
}

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

// gone waits until the page does not say it, or not any more.
func (p *page) gone(sentence string) {
	p.t.Helper()
	until(p, fmt.Sprintf("!one(document.body.innerText).includes(%q)", sentence), isTrue)
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
