package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/keyring"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/secure"
	"smartagenda/migrations/migrationstest"
	"smartagenda/tenants/policies"
	"smartagenda/tenants/provisioning"
)

const (
	domain = "smartagenda.localhost"
	master = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"
)

// world is a database with tenants in it and the program serving it.
type world struct {
	program   string // pgbench
	dir       string
	address   string // of the database, for the superuser
	control   *postgres.Control
	desk      provisioning.Desk
	busy, new house // with a year of history, and without
	crowd     []house
	addr      string // where the program listens
	bareAddr  string
	processes []*exec.Cmd
}

func (w *world) close() {
	for _, p := range w.processes {
		_ = p.Process.Signal(os.Interrupt)
		_ = p.Wait()
	}
	if w.control != nil {
		_ = w.control.Close()
	}
	_ = os.RemoveAll(w.dir)
}

// build fills a new database and starts the program on it.
func build(ctx context.Context) (w *world, err error) {
	super, redis := os.Getenv("SMARTAGENDA_TEST_DATABASE_URL"), os.Getenv("SMARTAGENDA_TEST_REDIS_URL")
	if super == "" || redis == "" {
		return nil, errors.New("run me with `make bench`")
	}
	w = &world{program: os.Getenv("PGBENCH")}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	if w.dir, err = os.MkdirTemp("", "bench"); err != nil {
		return w, err
	}
	if w.address, err = database(ctx, super); err != nil {
		return w, err
	}
	if err := migrationstest.Build(ctx, w.address, 2+*many); err != nil {
		return w, err
	}
	if err := w.open(ctx); err != nil {
		return w, err
	}
	if err := w.furnish(ctx); err != nil {
		return w, err
	}
	return w, w.start(ctx, redis)
}

// database makes an empty one and gives its address.
func database(ctx context.Context, super string) (string, error) {
	m, err := postgres.OpenMigrator(ctx, postgres.Pool{URL: super, Size: 1, Name: "bench"})
	if err != nil {
		return "", err
	}
	defer m.Close()
	for _, q := range []string{"DROP DATABASE IF EXISTS bench WITH (FORCE)", "CREATE DATABASE bench"} {
		if _, err := m.DB().ExecContext(ctx, q); err != nil {
			return "", err
		}
	}
	u, err := url.Parse(super)
	if err != nil {
		return "", err
	}
	u.Path = "/bench"
	return u.String(), nil
}

func (w *world) open(ctx context.Context) (err error) {
	l := migrationstest.Logins(w.address)
	w.control, err = postgres.OpenControl(ctx, postgres.Config{
		App: postgres.Pool{URL: l.App, Size: 4, Name: "bench"}, Platform: postgres.Pool{URL: l.Platform, Size: 2, Name: "bench"}, Clock: clock.System(),
	})
	if err != nil {
		return err
	}
	key, err := secure.ParseMaster(master)
	if err != nil {
		return err
	}
	keys := keyring.New(w.control, key)
	w.control.UseKeys(keys)
	w.desk = provisioning.Desk{Control: w.control, Keys: keys}
	return policies.Begin(ctx, w.control)
}

// start builds and runs the program as operators do, and the bare server.
func (w *world) start(ctx context.Context, redis string) error {
	binary := filepath.Join(w.dir, "smartagenda")
	//nolint:gosec // our own program
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/smartagenda").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	ops := free()
	w.addr, w.bareAddr = free(), free()
	l := migrationstest.Logins(w.address)
	env := map[string]string{
		"HTTP_ADDR": w.addr, "OPS_ADDR": ops, "BASE_DOMAIN": domain, "DATABASE_APP_URL": l.App, "DATABASE_PLATFORM_URL": l.Platform,
		"REDIS_URL": redis, "MASTER_KEY": master, "DATA_DIR": w.dir, "RATE_READS": "0", "RATE_WRITES": "0", "LOG_LEVEL": "info", "LOG_FORMAT": "json",
	}
	serve := exec.CommandContext(ctx, binary, "serve") //nolint:gosec // our own program
	for k, v := range env {
		serve.Env = append(serve.Env, "SMARTAGENDA_"+k+"="+v)
	}
	log, err := os.Create(filepath.Join(w.dir, "log"))
	if err != nil {
		return err
	}
	serve.Stderr = log
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for _, p := range []*exec.Cmd{serve, exec.CommandContext(ctx, self, "bare", w.bareAddr)} { //nolint:gosec // this program
		if err := p.Start(); err != nil {
			return err
		}
		w.processes = append(w.processes, p)
	}
	for _, u := range []string{"http://" + ops + "/readyz", "http://" + w.bareAddr + "/"} {
		if err := awake(ctx, u); err != nil {
			return err
		}
	}
	return nil
}

// free is an address nobody listens on.
func free() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func awake(ctx context.Context, address string) error {
	for range 200 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("bench: " + address + " does not answer")
}

// login is the address of the database for one of the program's logins.
func (w *world) login(name string) string { return postgrestest.As(w.address, name) }

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
