package main

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"smartagenda/tenants"
)

// axe-core, as Deque Systems publishes it; its licences stand beside it.
//
//go:embed testdata/axe/axe.min.js
var axe string

// breach is one rule of axe-core that a page does not keep.
type breach struct {
	ID, Help string
	Nodes    []struct {
		HTML, FailureSummary string
	}
}

// accessible runs every rule of axe-core on the page as it stands.
func (p *page) accessible(what string) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](axe))
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[struct {
		Breaches []breach
		Passes   int
	}](`document.fonts.ready.then(() => new Promise(f => requestAnimationFrame(() => requestAnimationFrame(f)))).then(() => axe.run()).then(r => ({breaches: r.violations, passes: r.passes.length}))`, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatal(err)
	}
	if found.Passes < 10 {
		p.t.Errorf("%s: axe-core saw only %d rules kept: it did not look at the page", what, found.Passes)
	}
	for _, b := range found.Breaches {
		p.t.Errorf("%s: %s (%s), %d times: %.600s", what, b.Help, b.ID, len(b.Nodes), fmt.Sprint(b.Nodes))
	}
}

// walk visits pages by their addresses and looks at each.
func (p *page) walk(status int64, paths ...string) {
	p.t.Helper()
	for _, path := range paths {
		p.visit(path)
		p.answered(status)
		p.accessible(path)
	}
}

func TestThePagesOfAHouseAreAccessible(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	for _, on := range []screen{onPhone, onDesk} {
		p := b.open(b.a.Slug, on)
		p.walk(200, "/", "/rdv/1", "/rdv/1?avec=2&du=2026-11-28", "/confidentialite", "/mentions-legales", "/accessibilite")
		p.walk(404, "/rdv/99")
		p.visit("/rdv/1?avec=2")
		if p.hand {
			p.click("mar. 24")
		}
		p.click(moment)
		p.see("Vos coordonnées")
		p.accessible("the form")
		p.click("Confirmer le rendez-vous")
		p.see("3 réponses sont à corriger")
		p.accessible("the form that came back")
		p.click("Choisir un autre créneau")
		p.see("Choisissez un autre créneau")
		p.accessible("other moments")
		p.click(moment)
		p.introduce()
		p.click("Confirmer le rendez-vous")
		p.see("C’est noté, Camille.")
		p.accessible("the appointment")
		p.click("Annuler le rendez-vous")
		p.see("Annuler ce rendez-vous ?")
		p.accessible("before cancelling")
		p.click("Annuler le rendez-vous")
		p.see("Vous avez annulé ce rendez-vous.")
		p.accessible("the cancelled appointment")
	}
}

func TestAHouseThatIsPausedIsAccessible(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	b.Move(t, b.b, tenants.Suspended)
	for _, on := range []screen{onPhone, onDesk} {
		p := b.open(b.b.Slug, on)
		p.answered(503)
		p.see("La réservation en ligne est en pause")
		p.accessible("the pause")
	}
}

func TestTheAgendaIsAccessibleInLightAndDark(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	b.things()
	for _, on := range []screen{onDesk, {width: 1280, dark: true}, {width: 390, dark: true}} {
		p := b.open(b.a.Slug, on)
		p.walk(200, "/agenda/connexion", "/agenda/mot-de-passe")
		p.signIn(b.a)
		p.walk(200, "/agenda/compte", "/agenda/rendez-vous/nouveau?start=2026-12-02T10:20")
		p.visit("/agenda/semaine?date=2026-12-01")
		p.shows(someone)
		p.accessible("the week")
		p.walk(404, "/agenda/rendez-vous/99")
		p.visit("/agenda/jour?date=2026-12-01")
		p.shows(someone)
		p.accessible("the day")
		p.click(someone)
		p.see("Messages")
		p.accessible("the panel")
		p.click("Annuler")
		p.see("Annuler ce rendez-vous ?")
		p.accessible("the dialog")
	}
}

func TestOurOwnPagesAreAccessible(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	b.things()
	b.link("c@exemple.fr") // so that there are messages
	for _, on := range []screen{onPhone, onDesk} {
		p := b.open("", on)
		p.walk(200, "/", "/mentions-legales", "/confidentialite", "/accessibilite", "/dev/messages")
		p.walk(404, "/nulle-part")
	}
}

// Nothing is pointed at: Tab finds everything, what has the keyboard is seen to
// have it, and Enter does it.
func TestAnAppointmentIsBookedByKeyboardAlone(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	p := b.open(b.a.Slug, onDesk)
	p.tab("Aller au contenu")
	p.tab("Consultation 20 min")
	p.enter("Quel moment vous convient")
	p.tab(moment)
	p.enter("Vos coordonnées")
	p.tab("Confirmer le rendez-vous")
	p.enter("3 réponses sont à corriger")
	p.has("document.querySelector('[data-errors]')")
	p.tab("Prénom : indiquez le prénom.")
	p.enter("")
	p.has(`labelled("Prénom")`)
	p.key("Camille")
	p.tab("Nom")
	p.key("Roussel")
	p.tab("Téléphone")
	p.key("06 12 34 56 78")
	p.tab("Confirmer le rendez-vous")
	p.enter("C’est noté, Camille.")
	p.tab("Annuler le rendez-vous")
	p.enter("Annuler ce rendez-vous ?")
	p.tab("Annuler le rendez-vous")
	p.enter("Vous avez annulé ce rendez-vous.")
}

func TestTheAgendaIsUsedByKeyboardAlone(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	b.things()
	p := b.open(b.a.Slug, onDesk)
	p.visit("/agenda/connexion?suite=%2Fagenda")
	p.tab("E-mail")
	p.key("owner@" + string(b.a.Slug) + ".test")
	p.tab("Mot de passe")
	p.key(password)
	p.enter("Agendas")
	p.visit("/agenda/jour?date=2026-12-01")
	p.shows(someone)
	p.tab("9h " + someone)
	opener := `[...document.querySelectorAll("[data-event] [role=button]")].find(e => named(e).includes("` + someone + `"))`
	p.enter("Mail de confirmation")
	p.has(`document.getElementById("panel-title")`)
	p.key(kb.Escape)
	p.has(opener)
	p.enter("Mail de confirmation")
	p.tab("Annuler")
	p.enter("Annuler ce rendez-vous ?")
	p.tab("Annuler le rendez-vous")
	p.enter("Rendez-vous de " + someone + " annulé.")
}

// tab goes on until the keyboard is at something with that name.
func (p *page) tab(name string) {
	p.t.Helper()
	type focus struct {
		Name, Tag string
		Seen      bool
	}
	var at focus
	for range 120 {
		p.key(kb.Tab)
		var err error
		if at, err = ask[focus](p, "focused()"); err != nil {
			p.t.Fatal(err)
		}
		if at.Tag != "BODY" && !at.Seen {
			p.t.Errorf("%s %q has the keyboard, and one does not see it", at.Tag, at.Name)
		}
		if strings.HasPrefix(at.Name, name) {
			return
		}
	}
	p.t.Fatalf("Tab never comes to %q", name)
}

// enter presses the key and waits for a sentence.
func (p *page) enter(sentence string) {
	p.t.Helper()
	p.key(kb.Enter)
	p.see(sentence)
}

// has waits until the keyboard is at an element.
func (p *page) has(element string) {
	p.t.Helper()
	until(p, "document.activeElement === "+element, isTrue)
}

// key presses keys one after the other, as a keyboard does: what a key does
// going down takes its character away, which kb.Encode alone would leave.
func (p *page) key(keys string) {
	p.t.Helper()
	for _, r := range keys {
		for _, k := range kb.Encode(r) {
			if k.Type == kb.KeyDown {
				k.Type = input.DispatchKeyEventTypeRawKeyDown
			}
			order(p, input.DispatchKeyEvent, *k)
		}
	}
}
