package site_test

import (
	"strings"
	"testing"

	"smartagenda/tenants/catalog"
)

func TestTheme(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.profile(func(p *catalog.Profile) { p.Brand = "#23508f" })
	a := s.get("/theme.css").wants(200, ":root{--brand:#23508f;--on-brand:#ffffff}")
	etag := a.Header.Get("ETag")
	if got := a.Header.Get("Content-Type"); got != "text/css; charset=utf-8" || etag == "" {
		t.Errorf("Content-Type %q, ETag %q", got, etag)
	}
	if b := s.get("/theme.css", "If-None-Match", etag).wants(304); b.body != "" {
		t.Errorf("304 with a body: %q", b.body)
	}
	s.profile(func(p *catalog.Profile) { p.Brand = "#e8a0a8" })
	s.get("/theme.css", "If-None-Match", etag).wants(200, "#e8a0a8")
	if !strings.Contains(s.get("/").body, `href="/theme.css"`) {
		t.Error("the home page does not fetch it")
	}
	s.get("/robots.txt").wants(200, "Disallow: /m/")
}

func TestPolicy(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.get("/confidentialite").wants(200, "Politique de confidentialité", "Version 1, publiée le lundi 23 novembre 2026",
		"Maison cabinet-a est responsable", "Finalité des traitements", "privacy@smartagenda.fr")
	s.exec(`INSERT INTO control.policies (version, body, published_at)
		VALUES (2, E'# Titre\n\n## Neuf <script>alert(1)</script>\n\n- [lien](javascript:alert(1))\n- [bon](/ici)', '2026-11-23')`)
	s.Registry.Forget()
	a := s.get("/confidentialite").wants(200, "Version 2", "Neuf", "bon")
	if strings.Contains(a.body, "javascript:") || strings.Contains(a.body, "<script>") || !strings.Contains(a.body, `<h2 class="h2 pt"`) {
		t.Errorf("not dressed, or not clean:\n%s", a.body)
	}
	s.get("/confidentialite?version=1").wants(200, "Finalité des traitements", "n’est plus celle en vigueur")
	s.get("/confidentialite", "Accept-Language", "en").wants(200, "Privacy policy", "published on")
}

func TestLegalPages(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.get("/mentions-legales").wants(200, "Maison cabinet-a, 12 rue de la République, 69002 Lyon", "bonjour@cabinet-a.test", "521 780 072", "OVH", "aucun cookie")
	s.get("/accessibilite").wants(200, "WCAG 2.2", "04 78 00 12 34", "Défenseur des droits")
	for _, path := range []string{"/mentions-legales", "/accessibilite"} {
		s.get(path, "Accept-Language", "en").wants(200)
	}
}
