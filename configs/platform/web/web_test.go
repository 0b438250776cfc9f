package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
)

// peer is what requests seem to come from in tests.
const peer = "0.0.0.0"

// plain is a configuration without TLS whose peers are not trusted.
func plain(t testing.TB) Config {
	t.Helper()
	own := fstest.MapFS{
		"fr.toml": {Data: []byte("[test]\nwrong = \"Corrigez ce champ.\"\ntaken = \"C’est pris.\"\n")},
		"en.toml": {Data: []byte("[test]\nwrong = \"Correct this field.\"\ntaken = \"It is taken.\"\n")},
	}
	texts, err := i18n.New(Messages, own)
	if err != nil {
		t.Fatal(err)
	}
	texts.OnMissing = func(lang, key, why string) { t.Errorf("%s: %s: %s", lang, key, why) }
	return Config{Base: base, Texts: texts}
}

// trusting is plain with the tests' peer as a trusted proxy.
func trusting(t testing.TB) Config {
	t.Helper()
	cfg := plain(t)
	cfg.Proxies = []string{peer, "10.0.0.0/8"}
	return cfg
}

// speaking makes a front whose only audience answers what say gives.
func speaking(cfg Config, say func(c *fiber.Ctx) error) *fiber.App {
	app := Audience(cfg, "test", Problems)
	app.Use(Headers(cfg))
	app.All("/things/:token", say)
	app.All("/", say)
	return Front(cfg, func(c *fiber.Ctx, h Host) (*fiber.App, error) {
		c.Locals("label", h.Label)
		if h.Label == "nobody" {
			return nil, fault.New(fault.NotFound, "web.no_such_host")
		}
		return app, nil
	}, Problems)
}

// echo answers which host was read.
func echo(c *fiber.Ctx) error { return c.SendString("label " + c.Locals("label").(string)) }

// reply is an answer and its status.
type reply struct {
	*http.Response
	status int
}

// ask asks the front; headers are name, value pairs.
func ask(t testing.TB, app *fiber.App, method, target string, headers ...string) (reply, string) {
	t.Helper()
	req := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
			continue
		}
		req.Header.Add(headers[i], headers[i+1])
	}
	res, err := app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{res, res.StatusCode}, string(body)
}

// raw sends bytes over a connection of its own to a listening server.
func raw(t testing.TB, app *fiber.App, request string) (reply, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	t.Cleanup(func() { _ = app.Shutdown() })
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
	return reply{res, res.StatusCode}, string(body)
}

func TestTheHostChoosesTheAudience(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), echo)
	for host, want := range map[string]string{
		"cabinet.smartagenda.fr": "label cabinet", "CABINET.smartagenda.fr.:8080": "label cabinet", "smartagenda.fr": "label ",
		"nobody.smartagenda.fr": "web.no_such_host", "a.b.smartagenda.fr": "web.no_such_host", "127.0.0.1:8080": "web.no_such_host",
		"[::1]:8080": "web.no_such_host", "é.smartagenda.fr": "web.no_such_host", strings.Repeat("a", 300): "web.no_such_host",
	} {
		res, body := ask(t, app, "GET", "/", "Host", host)
		if !strings.Contains(body, want) || (res.status == 404) != (want == "web.no_such_host") {
			t.Errorf("%s: %d %s, want %q", host, res.status, body, want)
		}
	}
}

func TestAHostInTheRequestLineChoosesNothing(t *testing.T) {
	t.Parallel()
	for name, request := range map[string]string{
		"absolute URI":      "GET http://cabinet.smartagenda.fr/ HTTP/1.1\r\nHost: cabinet.smartagenda.fr\r\n\r\n",
		"of another tenant": "GET http://cabinet.smartagenda.fr/ HTTP/1.1\r\nHost: other.smartagenda.fr\r\n\r\n",
		"asterisk":          "OPTIONS * HTTP/1.1\r\nHost: cabinet.smartagenda.fr\r\n\r\n",
		"no slash":          "GET things HTTP/1.1\r\nHost: cabinet.smartagenda.fr\r\n\r\n",
		"two slashes":       "GET //cabinet.smartagenda.fr/ HTTP/1.1\r\nHost: nobody.smartagenda.fr\r\n\r\n",
		"no host":           "GET / HTTP/1.0\r\n\r\n",
		"empty host":        "GET / HTTP/1.1\r\nHost:\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res, body := raw(t, speaking(plain(t), echo), request)
			if res.status != 404 || !strings.Contains(body, "web.no_such_host") {
				t.Errorf("%d %s", res.status, body)
			}
		})
	}
}

func TestAForwardedHostIsBelievedOfATrustedProxyAlone(t *testing.T) {
	t.Parallel()
	headers := []string{"Host", "nobody.smartagenda.fr", "X-Forwarded-Host", "cabinet.smartagenda.fr"}
	if res, body := ask(t, speaking(plain(t), echo), "GET", "/", headers...); res.status != 404 {
		t.Errorf("anybody: %d %s", res.status, body)
	}
	if res, body := ask(t, speaking(trusting(t), echo), "GET", "/", headers...); body != "label cabinet" {
		t.Errorf("a trusted proxy: %d %s", res.status, body)
	}
	if res, body := ask(t, speaking(trusting(t), echo), "GET", "/", "Host", "cabinet.smartagenda.fr", "X-Forwarded-Host", "[::1]"); res.status != 404 {
		t.Errorf("an address: %d %s", res.status, body)
	}
}

func TestAnOrphanIsAnsweredWithAPageThatMayUseItsContext(t *testing.T) {
	t.Parallel()
	app := Front(plain(t), func(*fiber.Ctx, Host) (*fiber.App, error) {
		return nil, fault.New(fault.NotFound, "web.no_such_host")
	}, ErrorPage(func(_ *fiber.Ctx, status int, sentence string) templ.Component {
		return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			_, err := fmt.Fprint(w, status, " ", sentence)
			return errors.Join(ctx.Err(), err)
		})
	}))
	if res, body := ask(t, app, "GET", "/", "Host", "nobody.smartagenda.fr", "Accept-Language", "en"); res.status != 404 || body != "404 No booking site answers here." {
		t.Errorf("%d %s", res.status, body)
	}
	if res, body := raw(t, app, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n"); res.status != 413 || !strings.HasPrefix(body, "413 ") {
		t.Errorf("%d %s", res.status, body)
	}
}

func TestAPageThatFailsIsAnEmpty500(t *testing.T) {
	t.Parallel()
	cfg := plain(t)
	broken := func(c *fiber.Ctx, _ error) error {
		return errors.Join(c.SendString("half"), errors.New("secret detail"))
	}
	app := Audience(cfg, "test", broken)
	front := Front(cfg, func(_ *fiber.Ctx, h Host) (*fiber.App, error) {
		if h.Label == "nobody" {
			return nil, fault.New(fault.NotFound, "web.no_such_host")
		}
		return app, nil
	}, broken)
	for _, host := range []string{"cabinet.smartagenda.fr", "nobody.smartagenda.fr"} {
		if res, body := ask(t, front, "GET", "/", "Host", host); res.status != 500 || body != "" {
			t.Errorf("%s: %d %s", host, res.status, body)
		}
	}
}

func TestNothingIsLeftOfAPageThatFailedHalfWay(t *testing.T) {
	t.Parallel()
	app := Audience(plain(t), "test", ErrorPage(func(_ *fiber.Ctx, _ int, sentence string) templ.Component {
		return templ.Raw(sentence)
	}))
	app.Get("/", func(c *fiber.Ctx) error {
		return Page(c, templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			_, err := io.WriteString(w, "half a page")
			return errors.Join(err, fault.New(fault.NotFound, "web.not_found"))
		}))
	})
	if res, body := ask(t, app, "GET", "/"); res.status != 404 || body != "Cette page n’existe pas." {
		t.Errorf("%d %s", res.status, body)
	}
}

func TestABodyThatIsTooLargeIsAnsweredWithoutAnAudience(t *testing.T) {
	t.Parallel()
	res, body := raw(t, speaking(plain(t), echo),
		"POST / HTTP/1.1\r\nHost: cabinet.smartagenda.fr\r\nAccept-Language: en\r\nContent-Length: 1048577\r\n\r\n")
	if res.status != 413 || !strings.Contains(body, "This is too large: 1 MB at most.") {
		t.Errorf("%d %s", res.status, body)
	}
	for _, name := range []string{"X-Request-Id", "Content-Security-Policy", "X-Content-Type-Options"} {
		if res.Header.Get(name) == "" {
			t.Errorf("no %s", name)
		}
	}
}

func TestABodyOfTheLargestSizeIsTaken(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), func(c *fiber.Ctx) error { return c.SendString(fmt.Sprint(len(c.Body()))) })
	res, body := raw(t, app, "POST / HTTP/1.1\r\nHost: cabinet.smartagenda.fr\r\nContent-Length: 1048576\r\n\r\n"+strings.Repeat("a", 1<<20))
	if res.status != 200 || body != "1048576" {
		t.Errorf("%d %s", res.status, body)
	}
}

func TestHeadersThatAreTooLargeAreAnsweredClearly(t *testing.T) {
	t.Parallel()
	res, body := raw(t, speaking(plain(t), echo), "GET / HTTP/1.1\r\nHost: cabinet.smartagenda.fr\r\nX-Long: "+strings.Repeat("a", 20<<10)+"\r\n\r\n")
	if res.status != 422 || !strings.Contains(body, "web.bad_request") {
		t.Errorf("%d %s", res.status, body)
	}
}

func TestAPanicIsAnAnswer(t *testing.T) {
	t.Parallel()
	res, body := ask(t, speaking(plain(t), func(*fiber.Ctx) error { panic("secret detail") }), "GET", "/", "Host", "cabinet.smartagenda.fr")
	if res.status != 500 || !strings.Contains(body, "fault.internal") || strings.Contains(body, "secret") {
		t.Errorf("%d %s", res.status, body)
	}
	broken := Front(plain(t), func(*fiber.Ctx, Host) (*fiber.App, error) { panic("secret detail") }, Problems)
	res, body = ask(t, broken, "GET", "/", "Host", "cabinet.smartagenda.fr")
	if res.status != 500 || !strings.Contains(body, "fault.internal") || strings.Contains(body, "secret") {
		t.Errorf("in the front: %d %s", res.status, body)
	}
}

func TestEveryRequestHasADeadlineOfItsOwn(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), func(c *fiber.Ctx) error {
		if _, ok := c.UserContext().Deadline(); !ok {
			return errors.New("none")
		}
		return c.UserContext().Err()
	})
	if res, body := ask(t, app, "GET", "/", "Host", "cabinet.smartagenda.fr"); res.status != 200 {
		t.Errorf("%d %s", res.status, body)
	}
}

func TestTheChoiceOfAnAudienceHasTheDeadlineToo(t *testing.T) {
	t.Parallel()
	had := false
	app := Front(plain(t), func(c *fiber.Ctx, _ Host) (*fiber.App, error) {
		_, had = c.UserContext().Deadline()
		return nil, fault.New(fault.NotFound, "web.no_such_host")
	}, Problems)
	if ask(t, app, "GET", "/", "Host", "cabinet.smartagenda.fr"); !had {
		t.Error("a database that hangs would hold the request for ever")
	}
}

func TestPagesAreProtected(t *testing.T) {
	t.Parallel()
	open := plain(t)
	res, _ := ask(t, speaking(open, echo), "GET", "/", "Host", "cabinet.smartagenda.fr")
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
		"Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "", "Server": "", "Set-Cookie": "",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	csp := res.Header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "http") {
		t.Errorf("policy %q", csp)
	}
	tls := plain(t)
	tls.Secure = true
	if res, _ := ask(t, speaking(tls, echo), "GET", "/", "Host", "cabinet.smartagenda.fr"); !strings.HasPrefix(res.Header.Get("Strict-Transport-Security"), "max-age=63072000") {
		t.Errorf("HSTS %q", res.Header.Get("Strict-Transport-Security"))
	}
}

func TestTheReaderIsAnsweredInTheirLanguage(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), func(c *fiber.Ctx) error { return c.SendString(Text(c).T("web.not_found")) })
	for header, want := range map[string]string{
		"": "Cette page n’existe pas.", "fr-CA": "Cette page n’existe pas.", "de": "Cette page n’existe pas.", "en-GB,fr;q=0.5": "This page does not exist.",
		"\xff;;q=": "Cette page n’existe pas.",
	} {
		res, body := ask(t, app, "GET", "/", "Host", "cabinet.smartagenda.fr", "Accept-Language", header)
		if body != want || !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Language") {
			t.Errorf("%q: %s, Vary %v", header, body, res.Header.Values("Vary"))
		}
	}
}
