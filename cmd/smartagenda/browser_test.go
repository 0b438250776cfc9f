package main

import (
	"testing"
)

func TestProbe(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	b := s.browse()
	p := b.open(s.a, onPhone)
	dump := func() {
		said, err := ask[string](p, "location.pathname+location.search + ': ' + one(document.body.innerText)")
		t.Log(said, err)
	}
	p.see("Consultation")
	dump()
	p.click("Consultation")
	p.see("Quel moment vous convient")
	dump()
	p.click("Basile Petit")
	p.see("Quel moment vous convient")
	dump()
}
