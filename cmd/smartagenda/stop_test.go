package main

import (
	"net"
	"syscall"
	"testing"

	"smartagenda/configs/platform/postgres/postgrestest"
)

// The answer is held back until the process has been asked to stop and takes
// nobody in any more.
func TestWhoIsAskedToStopAnswersWhatWasBegun(t *testing.T) {
	t.Parallel()
	in, w, house := furnished(t)
	serve := in.start("serve").ready("OPS_ADDR")
	worker := in.start("worker").ready("WORKER_OPS_ADDR")
	super := postgrestest.Super(t, w.Address)
	tx, err := super.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("LOCK TABLE " + house.ID.Schema() + ".services"); err != nil {
		t.Fatal(err)
	}
	status := make(chan int)
	go func() {
		got, _ := in.fetch("HTTP_ADDR", "GET", house.Slug, "/", "")
		status <- got
	}()
	in.wait(func() bool {
		var held bool
		if err := tx.QueryRow("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))").Scan(&held); err != nil {
			t.Fatal(err)
		}
		return held
	}, serve.said.String)
	if err := serve.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	in.wait(func() bool {
		c, err := net.Dial("tcp", in.env["HTTP_ADDR"])
		if err == nil {
			c.Close()
		}
		return err != nil
	}, serve.said.String)
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if got := <-status; got != 200 {
		t.Errorf("what was begun got %d, want 200", got)
	}
	if code := serve.ends(); code != 0 {
		t.Errorf("serve ended with %d: %s", code, &serve.said)
	}
	if code := worker.stops(); code != 0 {
		t.Errorf("the worker ended with %d: %s", code, &worker.said)
	}
}
