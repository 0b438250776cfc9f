package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"smartagenda/tenants"
)

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

	mu      sync.Mutex
	address string // of the last page
	status  int64  // it came with
	sent    int    // forms, so far
	faults  []string
}

// open opens the site of a tenant, or SmartAgenda's own for none.
func (b *browser) open(slug tenants.Slug, on screen) *page {
	b.t.Helper()
	home := b.program.sites.Main("/")
	if slug != "" {
		home = b.program.sites.URL(slug, "/")
	}
	p := &page{t: b.t, home: strings.TrimSuffix(home, "/"), hand: on.width < 600}
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
		if e.Type == network.ResourceTypeDocument && e.Request.Method == http.MethodPost {
			p.sent++
		}
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			p.address, p.status = e.Response.URL, e.Response.Status
		}
	case *log.EventEntryAdded:
		own := e.Entry.Source == log.EntrySourceNetwork && e.Entry.URL == p.address && p.status != 500 // the page itself: answered is asked
		if (e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning) && !own {
			blame("the browser says: %s (%s)", e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning || e.Type == runtime.ConsoleAPICalledTypeAssert {
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

// sends waits until the page has sent so many forms.
func (p *page) sends(n int) {
	p.t.Helper()
	for late := time.After(patience); ; {
		p.mu.Lock()
		sent := p.sent
		p.mu.Unlock()
		if sent >= n {
			return
		}
		select {
		case <-late:
			p.t.Fatalf("%d forms were sent, want %d", sent, n)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func TestWhatGoesWrongOnAPageIsNoticed(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	p := b.open(b.a.Slug, onDesk)
	for script, fault := range map[string]string{
		`new Image().src = "http://127.0.0.1:9/x"`:                                           "a foreign address is asked for",
		`document.body.append(Object.assign(document.createElement("script"), {text: "1"}))`: "Content Security Policy",
		`console.error("oh")`:              "a script says error",
		`setTimeout(() => { throw "oh" })`: "a script fails",
		`document.head.append(Object.assign(document.createElement("link"), {rel: "stylesheet", href: "/lost.css"}))`: "the browser says",
	} {
		p.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
			_, err := chromedp.Evaluate[any](script)(ctx, tab)
			return chromedp.Void{}, err
		})
		var all []string
		for late := time.After(patience); !strings.Contains(strings.Join(all, "\n"), fault); {
			select {
			case <-late:
				t.Fatalf("%s: noticed %q, want %q", script, all, fault)
			case <-time.After(5 * time.Millisecond):
				all = append(all, p.complaints()...)
			}
		}
	}
}
