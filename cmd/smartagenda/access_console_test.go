package main

import "testing"

func TestTheConsoleIsAccessibleInLightAndDark(t *testing.T) {
	t.Parallel()
	b := newScene(t).browse()
	b.hire()
	fill := b.consoleThings()
	for _, on := range []screen{onPhone, onDesk, {width: 1280, dark: true}, {width: 390, dark: true}} {
		p := b.open(consoleHost, on)
		p.walk(200, "/connexion", "/mot-de-passe", fill.Replace("/mot-de-passe/{reset}"))
		p.walk(404, "/mot-de-passe/x")
		p.visit("/connexion")
		p.fill("Mail", "admin@smartagenda.test")
		p.fill("Mot de passe", "faux")
		p.click("Se connecter")
		p.see("Mail ou mot de passe inexact.")
		p.accessible("the door that stays shut")
		p.fill("Mot de passe", password)
		p.click("Se connecter")
		p.see("À traiter")
		p.walk(200, "/", "/abonnes", "/abonnes?q=personne", fill.Replace("/abonnes/{tenant}"), "/equipe", fill.Replace("/equipe/{staff}"),
			"/equipe/nouveau", "/journal", "/compte")
		p.walk(404, "/nulle-part")
	}
}
