package main

import (
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"smartagenda/tenants"
)

func TestReadinessFollowsTheDatabase(t *testing.T) {
	t.Parallel()
	in, _, _ := furnished(t)
	p := relay(t, in.env["DATABASE_APP_URL"])
	for _, name := range []string{"DATABASE_APP_URL", "DATABASE_PLATFORM_URL"} {
		in.env[name] = p.instead(t, in.env[name])
	}
	serve := in.start("serve").ready("OPS_ADDR")
	p.cut()
	in.wait(func() bool {
		status, body := in.fetch("OPS_ADDR", "GET", "", "/readyz", "")
		return status == 503 && strings.Contains(body, `"database":"failed"`) && strings.Contains(body, `"redis":"ok"`)
	}, serve.said.String)
	if status, _ := in.fetch("OPS_ADDR", "GET", "", "/healthz", ""); status != 200 {
		t.Errorf("the process itself is well, and says %d", status)
	}
	p.open(t)
	serve.ready("OPS_ADDR")
}

func TestMeasuresAndLogsNameNobody(t *testing.T) {
	t.Parallel()
	in, _, house := furnished(t)
	serve := in.start("serve").ready("OPS_ADDR")
	worker := in.start("worker").ready("WORKER_OPS_ADDR")
	in.book(house, 0)
	in.fetch("HTTP_ADDR", "GET", house.Slug, "/rdv/1", "")
	in.wait(func() bool {
		_, body := in.fetch("HTTP_ADDR", "GET", "", "/dev/messages.json", "")
		return strings.Contains(body, mobileOf(0)) && strings.Contains(body, mailOf(0))
	}, worker.said.String)
	_, web := in.fetch("OPS_ADDR", "GET", "", "/metrics", "")
	_, work := in.fetch("WORKER_OPS_ADDR", "GET", "", "/metrics", "")
	if !strings.Contains(web, `audience="api"`) || !strings.Contains(work, "smartagenda_") {
		t.Errorf("nothing is measured: %.500s %.500s", web, work)
	}
	persons := []string{"camille", "roussel", "exemple.fr", strings.TrimPrefix(mobileOf(0), "+33")}
	for what, text := range map[string]string{"serve's measures": web, "the worker's measures": work, "serve's log": serve.said.String(), "the worker's log": worker.said.String()} {
		names := persons
		if strings.HasSuffix(what, "measures") {
			names = append(names, string(house.Slug), "maison")
		}
		for _, name := range names {
			if at := strings.Index(strings.ToLower(text), name); at >= 0 {
				t.Errorf("%s hold %q: %.200s", what, name, text[max(0, at-100):])
			}
		}
	}
}

func TestAnAddressThatIsTakenIsNamedByItsSetting(t *testing.T) {
	t.Parallel()
	in, _, _ := furnished(t)
	for setting, command := range map[string]string{"HTTP_ADDR": "serve", "OPS_ADDR": "serve", "SMTP_ADDR": "serve", "SMS_URL": "serve", "WORKER_OPS_ADDR": "worker"} {
		l, err := net.Listen("tcp", strings.TrimSuffix(strings.TrimPrefix(in.env[setting], "http://"), "/1.0"))
		if err != nil {
			t.Fatal(err)
		}
		p := in.start(command)
		if code := p.ends(); code != 1 || !strings.Contains(p.said.String(), "SMARTAGENDA_"+setting) {
			t.Errorf("%s is taken: %d %s", setting, code, &p.said)
		}
		l.Close()
	}
}

func TestAProcessServesTheAudiencesItIsGiven(t *testing.T) {
	t.Parallel()
	in, _, house := furnished(t)
	for audience, want := range map[string]map[tenants.Slug]int{
		"tenants": {house.Slug: 200, "": 404, consoleHost: 404}, "www": {house.Slug: 404, "": 200, consoleHost: 404}, "tenants,www": {house.Slug: 200, "": 200},
		"console": {house.Slug: 404, "": 404, consoleHost: 303}, "tenants,www,console": {house.Slug: 200, "": 200, consoleHost: 303},
	} {
		serve := in.start("serve", "--audience="+audience).ready("OPS_ADDR")
		for slug, status := range want {
			in.wait(func() bool {
				got, _ := in.fetch("HTTP_ADDR", "GET", slug, "/", "")
				return got == status
			}, serve.said.String)
		}
		if code := serve.stops(); code != 0 {
			t.Errorf("%s: ended with %d: %s", audience, code, &serve.said)
		}
	}
	p := in.start("serve", "--audience=nobody")
	if code := p.ends(); code == 0 || !strings.Contains(p.said.String(), "nobody") || !strings.Contains(p.said.String(), "tenants") {
		t.Errorf("an unknown audience: %d %s", code, &p.said)
	}
}

// wire leads to a database until it is cut.
type wire struct {
	sync.Mutex
	to, addr string
	listener net.Listener
	lines    []net.Conn
}

func relay(t *testing.T, address string) *wire {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{to: u.Host, addr: free(t)}
	w.open(t)
	t.Cleanup(w.cut)
	return w
}

// instead is the address, through the wire.
func (w *wire) instead(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Host = w.addr
	return u.String()
}

func (w *wire) open(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", w.addr)
	if err != nil {
		t.Fatal(err)
	}
	w.listener = l
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.DialTimeout("tcp", w.to, 5*time.Second)
			if err != nil {
				in.Close()
				continue
			}
			w.Lock()
			w.lines = append(w.lines, in, out)
			w.Unlock()
			go func() { _, _ = io.Copy(out, in); out.Close() }()
			go func() { _, _ = io.Copy(in, out); in.Close() }()
		}
	}()
}

// cut breaks the connections and refuses others.
func (w *wire) cut() {
	w.listener.Close()
	w.Lock()
	defer w.Unlock()
	for _, c := range w.lines {
		c.Close()
	}
	w.lines = nil
}
