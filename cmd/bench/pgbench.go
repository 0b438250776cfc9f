package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// pgbench runs a script against the database as a login and gives what
// PostgreSQL itself can do.
func (w *world) pgbench(ctx context.Context, address, script string) (figure, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return figure{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "script.sql")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		return figure{}, err
	}
	seconds := strconv.Itoa(int(length.Seconds()))
	//nolint:gosec // the operator's own program
	cmd := exec.CommandContext(ctx, w.program, "-n", "-M", "simple", "-c", strconv.Itoa(*clients), "-j", "2", "-T", seconds,
		"-f", file, "--log", "--log-prefix", filepath.Join(dir, "log"), address)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return figure{}, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	m := regexp.MustCompile(`tps = ([0-9.]+)`).FindSubmatch(out)
	if m == nil {
		return figure{}, fmt.Errorf("pgbench said no rate: %s", out)
	}
	rate, err := strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		return figure{}, err
	}
	times, err := latencies(dir)
	f := summarise(times, time.Second)
	f.rate = rate
	return f, err
}

// latencies reads pgbench's logs: the third word of a line is microseconds.
func latencies(dir string) (all []time.Duration, err error) {
	logs, err := filepath.Glob(filepath.Join(dir, "log.*"))
	if err != nil {
		return nil, err
	}
	for _, name := range logs {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			if words := strings.Fields(lines.Text()); len(words) > 2 {
				us, _ := strconv.Atoi(words[2])
				all = append(all, time.Duration(us)*time.Microsecond)
			}
		}
		file.Close()
	}
	return slices.Clip(all), nil
}

// fill puts values in place of ?0, ?1 … of a statement that the program sends.
func fill(statement string, values ...string) string {
	for i := len(values) - 1; i >= 0; i-- {
		statement = strings.ReplaceAll(statement, "?"+strconv.Itoa(i), values[i])
	}
	return strings.Join(strings.Fields(statement), " ") + ";\n"
}

// begin binds a transaction to a tenant as the program does, in one round trip.
func begin(schema string) string {
	return fmt.Sprintf("BEGIN \\; SET LOCAL ROLE %s \\; SET LOCAL search_path TO %s, extensions;\n", schema, schema)
}
