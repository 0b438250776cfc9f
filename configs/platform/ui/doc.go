// Package ui is the visual language: pages, parts, style sheets, scripts and
// icons, as templ components over static files that a browser may keep for
// ever. It must not know any business word (it draws leaves, slots and rails,
// not appointments), nor HTTP, nor any language: every sentence comes from the
// caller, already translated.
//
// A part is a struct that is its own component:
//
//	@ui.Badge{Tone: ui.OK, Icon: "check", Text: "Honoré"}
//
// templ wants parentheses round one that takes children:
//
//	@(ui.Card{Title: "Joindre"}) {
//		<p>…</p>
//	}
//
// Pages run under a Content-Security-Policy without 'unsafe-inline': no part
// writes a style attribute, a style element or a script with a body.
package ui
