package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/queue/redistest"
	"smartagenda/configs/platform/settings"
	"smartagenda/migrations/migrationstest"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/tenantstest"
)

// built is where the program is, once one of these tests has asked for it.
var built struct {
	once      sync.Once
	dir, path string
	err       error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// binary builds the program as it is shipped.
func binary(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "sa"); built.err != nil {
			return
		}
		built.path = filepath.Join(built.dir, "smartagenda")
		if out, err := exec.Command("go", "build", "-o", built.path, ".").CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

// installation is what the program runs on: settings, and a database and a
// Redis of the test's own.
type installation struct {
	t   *testing.T
	env map[string]string // without the prefix
}

// install makes an installation on a database whose superuser's address is
// given. Its logins are the real ones.
func install(t *testing.T, address string) *installation {
	t.Helper()
	l := migrationstest.Logins(address)
	in := &installation{t, map[string]string{
		"DATABASE_URL": postgrestest.As(address, "smartagenda_migrator"), "DATABASE_APP_URL": l.App, "DATABASE_PLATFORM_URL": l.Platform, "DATABASE_CONSOLE_URL": l.Console,
		"REDIS_URL": redistest.URL(t), "MASTER_KEY": strings.Repeat("5a", 32), "DATA_DIR": t.TempDir(), "SPARES": "1",
		"DEMO": "true", "RATE_WRITES": "0", "RATE_READS": "0",
	}}
	for _, name := range []string{"HTTP_ADDR", "OPS_ADDR", "WORKER_OPS_ADDR", "SMTP_ADDR"} {
		in.env[name] = free(t)
	}
	in.env["SMS_URL"] = "http://" + free(t) + "/1.0"
	return in
}

// free is an address that nobody listens on, below the ports that systems give out by themselves.
func free(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(15000+rand.IntN(17000))))
		if err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

// furnished is an installation with two houses, on whose clock it is
// tenantstest.Now.
func furnished(t *testing.T) (*installation, *tenantstest.World, tenants.Tenant) {
	t.Helper()
	w, a, _ := tenantstest.Pair(t)
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		p, err := catalog.GetProfile(ctx, s)
		if err != nil {
			return err
		}
		p.ConfirmBySMS = true
		return catalog.SaveProfile(ctx, s, p)
	})
	if err := settings.AdvanceClock(context.Background(), w.Control, tenantstest.Now.Sub(clock.System().Now())); err != nil {
		t.Fatal(err)
	}
	w.Clock.SetOffset(0) // it stands at Now by itself
	return install(t, w.Address), w, a
}

// process is one run of the program.
type process struct {
	in   *installation
	cmd  *exec.Cmd
	said said
	left chan struct{} // closed when it is gone
}

// said keeps what a process writes.
type said struct {
	mu    sync.Mutex
	words strings.Builder
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.words.Write(b)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.words.String()
}

// start runs a command; it ends with the test at the latest.
func (in *installation) start(args ...string) *process {
	in.t.Helper()
	p := &process{in: in, cmd: exec.Command(binary(in.t), args...), left: make(chan struct{})}
	p.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()}
	for name, value := range in.env {
		p.cmd.Env = append(p.cmd.Env, "SMARTAGENDA_"+name+"="+value)
	}
	p.cmd.Stdout, p.cmd.Stderr = &p.said, &p.said
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		in.t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait()
		close(p.left)
	}()
	in.t.Cleanup(func() { p.kill() })
	return p
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.left
}

// ends waits for the process and gives its exit code.
func (p *process) ends() int {
	p.in.t.Helper()
	select {
	case <-p.left:
	case <-time.After(30 * time.Second):
		p.in.t.Fatalf("%v does not end: %s", p.cmd.Args, &p.said)
	}
	return p.cmd.ProcessState.ExitCode()
}

// stops asks the process to end, as a service manager does.
func (p *process) stops() int {
	p.in.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.in.t.Fatal(err)
	}
	return p.ends()
}

// ready waits until the process says so at the address in a setting.
func (p *process) ready(setting string) *process {
	p.in.t.Helper()
	p.in.wait(func() bool {
		select {
		case <-p.left:
			p.in.t.Fatalf("%v ended: %s", p.cmd.Args, &p.said)
		default:
		}
		status, _ := p.in.fetch(setting, "GET", "", "/readyz", "")
		return status == 200
	}, p.said.String)
	return p
}

// wait asks until the answer is yes.
func (in *installation) wait(good func() bool, why func() string) {
	in.t.Helper()
	for late := time.After(90 * time.Second); !good(); {
		select {
		case <-late:
			in.t.Fatal("it does not come: ", why())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// patient follows no redirection and keeps no connection open.
var patient = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{DisableKeepAlives: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// fetch asks the address in a setting for a path of a house, "" for the Site;
// a body is JSON. The status is 0 where nobody answers.
func (in *installation) fetch(setting, method string, slug tenants.Slug, path, body string) (status int, answer string) {
	req, err := http.NewRequest(method, "http://"+in.env[setting]+path, strings.NewReader(body))
	if err != nil {
		in.t.Error(err)
		return 0, ""
	}
	req.Host = domain
	if slug != "" {
		req.Host = string(slug) + "." + domain
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := patient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err.Error()
	}
	return res.StatusCode, string(content)
}

// book books the nth moment of a week for a person of that number.
func (in *installation) book(one tenants.Tenant, n int) {
	in.t.Helper()
	day, who, step := 25+n/18%3, 1+n/9%2, n%9 // three days, two practitioners, a morning
	start := time.Date(2026, 11, day, 8, 20*step, 0, 0, time.UTC).Format(time.RFC3339)
	status, answer := in.fetch("HTTP_ADDR", "POST", one.Slug, "/api/v1/appointments", fmt.Sprintf(
		`{"service":"1","practitioner":"%d","start":%q,"policy_version":1,"patient":{"first_name":"Camille","last_name":"Roussel","email":%q,"phone":%q}}`,
		who, start, mailOf(n), mobileOf(n)))
	if status != http.StatusCreated {
		in.t.Errorf("booking %d: %d %s", n, status, answer)
	}
}

func mailOf(n int) string   { return fmt.Sprintf("camille%d@exemple.fr", n) }
func mobileOf(n int) string { return fmt.Sprintf("+336123456%02d", n) }
