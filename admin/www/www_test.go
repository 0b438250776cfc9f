package www_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/net/html"

	"smartagenda/admin/www"
	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/policies"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/tenantstest"
)

const domain = "smartagenda.test"

// desk is the Site of a world, as the program serves it.
type desk struct {
	*tenantstest.World
	box *catcher.Box // nil outside the demonstration
	app *fiber.App
}

func open(t testing.TB) *desk { return build(t, nil) }

// openDemo is the Site of the demonstration.
func openDemo(t testing.TB) *desk {
	t.Helper()
	box, err := catcher.Open(catcher.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	return build(t, box)
}

func build(t testing.TB, box *catcher.Box) *desk {
	t.Helper()
	d := &desk{World: tenantstest.New(t), box: box}
	texts, err := i18n.New(web.Messages, phone.Messages, tenants.Messages, policies.Messages, provisioning.Messages, www.Messages)
	if err != nil {
		t.Fatal(err)
	}
	texts.OnMissing = func(lang, key, why string) { t.Errorf("%s: %s: %s", lang, key, why) }
	cfg := web.Config{Base: domain, Texts: texts}
	site := www.WWW{Control: d.Control, Registry: d.Registry, Sites: tenants.Sites{Scheme: "http", Domain: domain, Port: "8080"}, Box: box, Desk: d.World.Desk}
	app := site.App(cfg)
	d.app = web.Front(cfg, func(c *fiber.Ctx, h web.Host) (*fiber.App, error) {
		switch h.Label {
		case "", "www":
			return app, nil
		case "down":
			return nil, fault.New(fault.Unavailable, "fault.unavailable")
		case "broken":
			panic("secret detail")
		}
		_, err := d.Registry.BySlug(c.UserContext(), h.Label)
		return app, err
	}, site.Orphan(cfg))
	return d
}

// answer is what came back.
type answer struct {
	*http.Response
	status int
	body   string
}

// call sends a request; a header "Host" chooses the host.
func (d *desk) call(t testing.TB, method, path, body string, headers ...string) answer {
	t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Host = domain
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
			continue
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := d.app.Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if cookies := res.Header.Values("Set-Cookie"); len(cookies) > 0 {
		t.Errorf("%s %s set %v", method, path, cookies)
	}
	return answer{res, res.StatusCode, string(content)}
}

func (d *desk) get(t testing.TB, path string, headers ...string) answer {
	t.Helper()
	return d.call(t, "GET", path, "", headers...)
}

// parse gives the elements of a page.
func (a answer) parse(t testing.TB) (nodes []*html.Node) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
