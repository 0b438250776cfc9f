package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants"
)

// A worker is killed again and again while people book, and then Redis forgets
// everything. Each appointment is announced all the same: by mail at least
// once, by SMS at most once.
func TestNoMessageIsLostWhateverIsKilled(t *testing.T) {
	t.Parallel()
	in, w, house := furnished(t)
	in.start("serve").ready("OPS_ADDR")
	const early, people = 24, 36
	var booking sync.WaitGroup
	booking.Go(func() {
		for n := range early {
			in.book(house, n)
			time.Sleep(time.Duration(rand.IntN(80)) * time.Millisecond)
		}
	})
	for range 5 {
		worker := in.start("worker").ready("WORKER_OPS_ADDR")
		time.Sleep(time.Duration(rand.IntN(500)) * time.Millisecond)
		worker.kill()
	}
	booking.Wait()
	for n := early; n < people; n++ {
		in.book(house, n)
	}
	super := postgrestest.Super(t, w.Address)
	in.enqueue(super, house, people-early)
	options, err := redis.ParseURL(in.env["REDIS_URL"])
	if err != nil {
		t.Fatal(err)
	}
	r := redis.NewClient(options)
	defer r.Close()
	if err := r.FlushDB(context.Background()).Err(); err != nil {
		t.Fatal(err)
	}
	worker := in.start("worker").ready("WORKER_OPS_ADDR")

	pending := func() (n int) {
		if err := super.QueryRow(fmt.Sprintf(`SELECT count(*) FROM %s.messages
			WHERE kind = 'confirmation' AND state IN ('waiting', 'sending')`, house.ID.Schema())).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	in.wait(func() bool { // what waits for minutes waits for seconds
		in.fetch("HTTP_ADDR", "POST", "", "/dev/clock", `{"advance":"30s"}`)
		time.Sleep(time.Second)
		return pending() == 0
	}, worker.said.String)
	in.announced(people)
	if code := worker.stops(); code != 0 {
		t.Errorf("the worker ended with %d: %s", code, &worker.said)
	}
}

// enqueue kills a worker that has handed so many jobs to Redis and could begin
// none of them.
func (in *installation) enqueue(super *sql.DB, house tenants.Tenant, least int) {
	in.t.Helper()
	tx, err := super.Begin()
	if err != nil {
		in.t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("LOCK TABLE " + house.ID.Schema() + ".messages IN SHARE MODE"); err != nil {
		in.t.Fatal(err)
	}
	worker := in.start("worker").ready("WORKER_OPS_ADDR")
	enqueued := 0
	in.wait(func() bool {
		if err := tx.QueryRow("SELECT count(*) FROM platform.jobs WHERE state = 'enqueued'").Scan(&enqueued); err != nil {
			in.t.Fatal(err)
		}
		return enqueued >= least
	}, func() string { return fmt.Sprint(enqueued, " jobs of ", least, &worker.said) })
	worker.kill()
}

// announced checks what came to so many people.
func (in *installation) announced(people int) {
	in.t.Helper()
	_, answer := in.fetch("HTTP_ADDR", "GET", "", "/dev/messages.json", "")
	var all []catcher.Message
	if err := json.Unmarshal([]byte(answer), &all); err != nil {
		in.t.Fatalf("%v: %.300s", err, answer)
	}
	mails, texts, sms := map[string]int{}, map[string]int{}, 0
	for _, m := range all {
		if m.Channel == "mail" {
			mails[m.To]++
			continue
		}
		sms++
		if texts[m.To+m.Text]++; texts[m.To+m.Text] > 1 {
			in.t.Errorf("%s got twice: %s", m.To, m.Text)
		}
	}
	for n := range people {
		if mails[mailOf(n)] == 0 {
			in.t.Errorf("%s got no mail", mailOf(n))
		}
	}
	if sms < people/2 {
		in.t.Errorf("%d SMS came for %d people: what was not interrupted should have", sms, people)
	}
	in.t.Logf("%d mails and %d SMS for %d people", len(all)-sms, sms, people)
}
