package main

import (
	"context"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long anything may take to show; lifetime bounds a browser.
const (
	patience = 20 * time.Second
	lifetime = 3 * time.Minute
)

// seats are for the browsers that run at once: more would only be slower.
var seats = make(chan struct{}, 2)

// browser is one Chromium, which ends with its test and with it all its
// processes.
type browser struct {
	*scene
	ctx context.Context
}

// browse answers on the scene's port and starts a browser.
func (s *scene) browse() *browser {
	s.t.Helper()
	path := chromium(s.t)
	seats <- struct{}{}
	s.t.Cleanup(func() { <-seats })
	s.serve()
	dir, err := os.MkdirTemp("", "sa") // t.TempDir is too long for a socket
	if err != nil {
		s.t.Fatal(err)
	}
	var process *exec.Cmd
	ctx, stop := context.WithTimeout(context.Background(), lifetime)
	ctx, free := chromedp.NewExecAllocator(ctx,
		chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.Env("TMPDIR="+dir), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-breakpad", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("lang", "fr-FR"), chromedp.Flag("accept-lang", "fr-FR,fr"),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			process = cmd
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
		}))
	ctx, quit := chromedp.NewContext(ctx)
	s.t.Cleanup(func() {
		quit()
		free()
		stop()
		if process != nil && process.Process != nil {
			_ = syscall.Kill(-process.Process.Pid, syscall.SIGKILL) // its children, if any is left
		}
		_ = os.RemoveAll(dir)
	})
	if err := chromedp.Do(ctx); err != nil {
		s.t.Fatalf("%s does not start: %v", path, err)
	}
	return &browser{s, ctx}
}

func chromium(t *testing.T) string {
	t.Helper()
	name := first(os.Getenv("CHROME"), "chromium")
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("these tests need Chromium, and %q is not there (%v): install it, or set CHROME to its path", name, err)
	}
	return path
}

// serve answers on the scene's listener until the test ends.
func (s *scene) serve() {
	done := make(chan error, 1)
	go func() { done <- s.front.Listener(s.listener) }()
	s.t.Cleanup(func() {
		if err := s.front.ShutdownWithTimeout(5 * time.Second); err != nil {
			s.t.Errorf("the server does not stop: %v", err)
		}
		if err := <-done; err != nil {
			s.t.Error(err)
		}
	})
}
