// Command bench prints the performance table: what the program does in a
// second, beside the limit that the same machine sets in the same run. It must
// judge nothing: a row is a ratio for people to read.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"text/tabwriter"
	"time"
)

var (
	clients = flag.Int("clients", 16, "how many clients ask at once")
	length  = flag.Duration("time", 8*time.Second, "how long each row is measured, after a warm-up")
	many    = flag.Int("tenants", 200, "how many tenants the row about many tenants uses; 5000 takes about 20 minutes to build")
	only    = flag.String("only", "", "measure only rows whose name holds this")
)

func main() {
	flag.Parse()
	if flag.Arg(0) == "bare" { // this program again, as the bare server
		bare(flag.Arg(1))
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := measure(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1) //nolint:gocritic // nothing is left to defer
	}
}

// row is one line of the table.
type row struct {
	name, limit string
	aim         string
	run         func(ctx context.Context) (got, of figure, err error)
}

func measure(ctx context.Context) error {
	w, err := build(ctx)
	if err != nil {
		return err
	}
	defer w.close()
	fmt.Printf("%d clients, %s a row, every middleware on, %d appointments of history\n\n", *clients, *length, history)
	out := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(out, "ROW\tRATE/s\tP50\tP99\tLIMIT\tRATE/s\tP99\tRATIO\tAIM")
	for _, r := range w.rows() {
		if !contains(r.name, *only) {
			continue
		}
		got, of, err := r.run(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		fmt.Fprintf(out, "%s\t%.0f\t%s\t%s\t%s\t%.0f\t%s\t%.2f\t%s\n", r.name, got.rate, ms(got.p50), ms(got.p99), r.limit, of.rate, ms(of.p99), got.rate/of.rate, r.aim)
	}
	return out.Flush()
}

func ms(d time.Duration) string {
	if d == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000)
}
