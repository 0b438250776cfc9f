package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"smartagenda/configs"
	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/ops"
)

type serveCommand struct {
	Audience []string `help:"Audiences to serve: tenants, www, console. Default: all; console only where SMARTAGENDA_DATABASE_CONSOLE_URL is set." enum:"tenants,www,console"`
}

// grace is how long running requests may take once the process is asked to stop.
const grace = 15 * time.Second

// Run serves until ctx ends, then lets running requests finish.
func (s serveCommand) Run(ctx context.Context, cfg configs.Config) error {
	listener, err := listen(cfg.HTTPAddr, "SMARTAGENDA_HTTP_ADDR")
	if err != nil {
		return err
	}
	audiences := s.audiences(cfg)
	p, err := openFor(ctx, cfg, audiences)
	if err != nil {
		return err
	}
	defer p.close()
	box, err := p.catch(audiences)
	if err != nil {
		return err
	}
	if box != nil {
		defer box.Close()
	}
	if err := ops.Serve(ctx, cfg.OpsAddr, p.metrics, p.checks()); err != nil {
		return taken(err, "SMARTAGENDA_OPS_ADDR")
	}
	app := p.front(audiences, box)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stopped <- app.ShutdownWithTimeout(grace)
	}()
	slog.InfoContext(ctx, "serving", "addr", cfg.HTTPAddr, "public", cfg.PublicURL)
	if err := app.Listener(listener); err != nil {
		return err
	}
	if err := <-stopped; err != nil { // Listener returns once nobody is taken in: requests may still run
		slog.Error("requests were cut off", "error", err)
	}
	return nil
}

// audiences are those asked for, or all that can be served.
func (s serveCommand) audiences(cfg configs.Config) []string {
	switch {
	case len(s.Audience) > 0:
		return s.Audience
	case cfg.ConsoleURL == "":
		return []string{"tenants", "www"}
	}
	return []string{"tenants", "www", "console"}
}

// openFor opens what the audiences need. A process that serves the console
// alone holds the console's login and no key: it may stand on a machine that
// must not reach a tenant.
func openFor(ctx context.Context, cfg configs.Config, audiences []string) (*program, error) {
	if slices.Equal(audiences, []string{"console"}) {
		return openConsole(ctx, cfg)
	}
	p, err := open(ctx, cfg, "serve")
	if err != nil || !slices.Contains(audiences, "console") {
		return p, err
	}
	if p.console, err = consoleControl(ctx, cfg, p.control.Clock()); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

func listen(addr, setting string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, taken(err, setting)
	}
	return l, nil
}

func taken(err error, setting string) error {
	return fmt.Errorf("%w: set %s to another address", err, setting)
}

// catch starts the demo's catchers, in the process whose pages show what they
// caught.
func (p *program) catch(audiences []string) (*catcher.Box, error) {
	if !p.cfg.Demo || !slices.Contains(audiences, "www") {
		return nil, nil
	}
	if err := os.MkdirAll(p.cfg.DataDir, 0o700); err != nil {
		return nil, err
	}
	u, err := url.Parse(p.cfg.SMS.URL)
	if err != nil || u.Host == "" {
		return nil, errors.New("SMARTAGENDA_SMS_URL must be http://127.0.0.1:port in the demo")
	}
	box, err := catcher.Open(catcher.Config{
		SMTPAddr: p.cfg.Mail.Addr, SMSAddr: u.Host, Clock: p.control.Clock(), File: filepath.Join(p.cfg.DataDir, "messages.jsonl"),
	})
	if errors.Is(err, syscall.EADDRINUSE) {
		err = taken(err, "SMARTAGENDA_SMTP_ADDR or SMARTAGENDA_SMS_URL")
	}
	return box, err
}
