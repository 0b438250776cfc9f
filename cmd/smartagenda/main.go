// Command smartagenda is the whole program: the web audiences, the worker, and
// the operator's tools. It is the one place that assembles the rooms, and must
// not decide anything that belongs in one.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a bare machine may lack the zones of France

	"github.com/alecthomas/kong"

	"smartagenda/configs"
	"smartagenda/configs/platform/ops"
)

type commands struct {
	Serve   serveCommand   `cmd:"" help:"Answer on the web, until SIGTERM."`
	Worker  workerCommand  `cmd:"" help:"Send messages and do the other work of the queue, until SIGTERM."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to the current version and keep spare tenants ready."`
	Doctor  doctorCommand  `cmd:"" help:"Say what is wrong with this installation."`
	Demo    demoCommand    `cmd:"" help:"Write the demo's data; only with SMARTAGENDA_DEMO=true."`
	Tenant  tenantCommand  `cmd:"" help:"Create, list and suspend tenants."`
	Staff   staffCommand   `cmd:"" help:"Create, list and disable logins of the console."`
}

func main() {
	var c commands
	parser := kong.Must(&c, kong.Name("smartagenda"), kong.Description("Appointments for Professionals. Settings come from the environment: see configs/example.env."))
	parsed, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx, parsed); err != nil {
		fmt.Fprintln(os.Stderr, "smartagenda:", err)
		stop()
		os.Exit(1) //nolint:gocritic // nothing is left to defer
	}
}

func run(ctx context.Context, parsed *kong.Context) error {
	cfg, err := configs.Load()
	if err != nil {
		return err
	}
	if err := ops.Log(cfg.LogFormat, cfg.LogLevel); err != nil {
		return err
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(cfg)
}
