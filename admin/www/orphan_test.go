package www_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/ui"
)

func (d *desk) exec(t testing.TB, query string) {
	t.Helper()
	if _, err := postgrestest.Super(t, d.Address).Exec(query); err != nil {
		t.Fatal(err)
	}
}

func TestAnUnknownAddressSaysNothingAboutWhoExists(t *testing.T) {
	t.Parallel()
	d := open(t)
	gone := d.Tenant(t, "ancien-cabinet")
	d.exec(t, "UPDATE control.tenants SET status = 'purged' WHERE id = "+gone.ID.String())
	first := d.get(t, "/", "Host", "personne.smartagenda.test")
	if first.status != 404 {
		t.Fatalf("%d %s", first.status, first.body)
	}
	for _, want := range []string{"Cette adresse ne mène nulle part", "<b>404</b>", `href="http://smartagenda.test:8080/"`, "Aller sur smartagenda.test", "noindex"} {
		if !strings.Contains(first.body, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, host := range []string{"ancien-cabinet.smartagenda.test", "admin.smartagenda.test", "a.b.smartagenda.test", "127.0.0.1:8080", "[::1]", strings.Repeat("a", 300)} {
		if res := d.get(t, "/agenda?x=1", "Host", host); res.status != 404 || res.body != first.body {
			t.Errorf("%.40s is answered differently: %d %s", host, res.status, res.body)
		}
	}
	if res := d.get(t, "/", "Host", "personne.smartagenda.test", "Accept-Language", "en"); !strings.Contains(res.body, "This address leads nowhere") {
		t.Errorf("in English: %s", res.body)
	}
}

func TestThePageOfAnUnknownAddressIsDressed(t *testing.T) {
	t.Parallel()
	d := open(t)
	res := d.get(t, "/", "Host", "personne.smartagenda.test")
	sheets := regexp.MustCompile(`href="(`+ui.Prefix+`[^"]+)"`).FindAllStringSubmatch(res.body, -1)
	if len(sheets) < 2 {
		t.Fatalf("%d files", len(sheets))
	}
	for _, s := range sheets {
		if file := d.get(t, s[1], "Host", "personne.smartagenda.test"); file.status != 200 {
			t.Errorf("%s: %d", s[1], file.status)
		}
	}
	if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("policy %q", csp)
	}
}

func TestWhatFailsBeforeAnAudienceHasAPageToo(t *testing.T) {
	t.Parallel()
	d := open(t)
	for host, want := range map[string][]string{
		"down.smartagenda.test": {"503", "Indisponible", "Le service est momentanément indisponible."}, "broken.smartagenda.test": {"500", "Erreur", "de notre côté"},
	} {
		res := d.get(t, "/", "Host", host)
		if res.status < 500 || !strings.Contains(res.body, "<b>"+want[0]+"</b>") || !strings.Contains(res.body, want[1]) || !strings.Contains(res.body, want[2]) ||
			strings.Contains(res.body, "secret") || strings.Contains(res.body, "nulle part") {
			t.Errorf("%s: %d %s", host, res.status, res.body)
		}
	}
}

// raw sends bytes to the Site over a connection of their own.
func (d *desk) raw(t testing.TB, request string) answer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = d.app.Listener(listener) }()
	t.Cleanup(func() { _ = d.app.Shutdown() })
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res, res.StatusCode, string(body)}
}

func TestARequestTooLargeHasAPageOrAProblem(t *testing.T) {
	t.Parallel()
	page := open(t).raw(t, "POST /agenda HTTP/1.1\r\nHost: x.smartagenda.test\r\nContent-Length: 99999999\r\n\r\n")
	if page.status != 413 || !strings.Contains(page.body, "<b>413</b>") || !strings.Contains(page.body, "Trop volumineux") {
		t.Errorf("%d %s", page.status, page.body)
	}
	program := open(t).raw(t, "POST /api/v1/appointments HTTP/1.1\r\nHost: x.smartagenda.test\r\nAccept-Language: en\r\nContent-Length: 99999999\r\n\r\n")
	if program.status != 413 || program.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(program.body, "web.too_large") {
		t.Errorf("%d %s", program.status, program.body)
	}
	if res := open(t).get(t, "/api/v1/services", "Host", "personne.smartagenda.test"); res.status != 404 || !strings.Contains(res.body, "tenants.unknown") {
		t.Errorf("%d %s", res.status, res.body)
	}
}

func TestAPageThatIsNotThereIsA404(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	for _, path := range []string{"/nulle-part", "/agenda", "/m/x", "/dev", "/dev/", "/dev/messages/1", "/dev/messages/x/files/0"} {
		res := d.get(t, path)
		if res.status != 404 || !strings.Contains(res.body, "Cette page n’existe pas.") || !strings.Contains(res.body, "<b>404</b>") {
			t.Errorf("%s: %d %s", path, res.status, res.body)
		}
	}
}
