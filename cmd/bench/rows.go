package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/valyala/fasthttp"
)

// taken counts the moments that measurements have booked, so that each request
// asks for a free one.
var taken atomic.Int64

func (w *world) rows() []row {
	return []row{
		{name: "booking over HTTP", limit: "the same statements in pgbench", aim: "≥ 0.80, p99 ≤ 2×", run: w.booking},
		{name: "slots of a week", limit: "the bare range query in pgbench", aim: "≥ 0.30", run: func(ctx context.Context) (figure, figure, error) {
			return pair(ctx, w.slots(w.busy), w.bareQuery)
		}},
		{name: "slots of a week", limit: "a bare answer of Fiber", aim: "≥ 0.08", run: func(ctx context.Context) (figure, figure, error) {
			return pair(ctx, w.slots(w.busy), w.bareFiber)
		}},
		{name: "slots with a year of history", limit: "without history", aim: "≥ 0.95", run: func(ctx context.Context) (figure, figure, error) {
			return pair(ctx, w.slots(w.busy), w.slots(w.new))
		}},
		{name: fmt.Sprintf("slots of %d tenants in turn", len(w.crowd)), limit: "of one of them", aim: "≥ 0.90", run: func(ctx context.Context) (figure, figure, error) {
			return pair(ctx, w.slots(w.crowd...), w.slots(w.crowd[:min(1, len(w.crowd))]...))
		}},
	}
}

func pair(ctx context.Context, a, b func(context.Context) (figure, error)) (got, of figure, err error) {
	if got, err = a(ctx); err != nil {
		return got, of, err
	}
	of, err = b(ctx)
	return got, of, err
}

// slots asks for the coming week of a practitioner, of each house in turn.
func (w *world) slots(houses ...house) func(context.Context) (figure, error) {
	return func(ctx context.Context) (figure, error) {
		var urls, hosts []string
		for _, h := range houses {
			from := h.first.AddDate(0, 0, -60)
			hosts = append(hosts, h.host())
			urls = append(urls, fmt.Sprintf("http://%s/api/v1/slots?service=1&practitioner=1&from=%s&to=%s", h.host(),
				from.Format(time.DateOnly), from.AddDate(0, 0, 7).Format(time.DateOnly)))
		}
		return load(ctx, w.addr, fasthttp.StatusOK, func(n int64, r *fasthttp.Request) {
			r.SetRequestURI(urls[n%int64(len(urls))])
			r.Header.SetHost(hosts[n%int64(len(hosts))])
		})
	}
}

func (w *world) bareFiber(ctx context.Context) (figure, error) {
	return load(ctx, w.bareAddr, fasthttp.StatusOK, func(_ int64, r *fasthttp.Request) { r.SetRequestURI("http://" + w.bareAddr + "/") })
}

// bareQuery is the one statement that a week of slots needs, by a login that
// is bound to the tenant's schema for good.
func (w *world) bareQuery(ctx context.Context) (figure, error) {
	statement, err := sql("busy.sql")
	if err != nil {
		return figure{}, err
	}
	from := w.busy.first.AddDate(0, 0, -61).UTC()
	script := fill(strings.ReplaceAll(statement, "{resource}", "1"), quote(from.Format(time.RFC3339)), quote(from.AddDate(0, 0, 9).Format(time.RFC3339)))
	return w.pgbench(ctx, w.address+options(w.address)+"options=-csearch_path%3D"+w.busy.tenant.ID.Schema()+"%2Cextensions", script)
}

func options(address string) string {
	if strings.Contains(address, "?") {
		return "&"
	}
	return "?"
}

// booking books free moments over HTTP, then has pgbench run the same
// statements on other free moments.
func (w *world) booking(ctx context.Context) (got, of figure, err error) {
	got, err = load(ctx, w.addr, fasthttp.StatusCreated, func(_ int64, r *fasthttp.Request) { w.bookingRequest(r) })
	if err != nil {
		return got, of, err
	}
	script, err := w.bookingScript()
	if err != nil {
		return got, of, err
	}
	of, err = w.pgbench(ctx, w.login("smartagenda_app"), script)
	return got, of, err
}

// nextMoment is a free one: practitioner after practitioner, day after day.
func (w *world) nextMoment() (practitioner int64, start time.Time) {
	n := taken.Add(1)
	day, rest := n/(staff*perDay), n%(staff*perDay)
	return rest/perDay + 1, w.busy.first.AddDate(0, 0, int(day)).Add(time.Duration(rest%perDay) * 20 * time.Minute)
}

// bookingRequest asks for the next free moment, for a new person.
func (w *world) bookingRequest(r *fasthttp.Request) {
	practitioner, start := w.nextMoment()
	name := strconv.FormatInt(taken.Load(), 36)
	body, _ := json.Marshal(map[string]any{
		"service": "1", "practitioner": strconv.FormatInt(practitioner, 10), "start": start.Format(time.RFC3339), "policy_version": 1, "reason": "Renouvellement",
		"patient": map[string]string{"first_name": "Camille", "last_name": "Roussel " + name, "email": "p" + name + "@exemple.fr", "phone": "06 12 34 56 78"},
	})
	r.SetRequestURI("http://" + w.busy.host() + "/api/v1/appointments")
	r.Header.SetMethod(fasthttp.MethodPost)
	r.Header.SetContentType("application/json")
	r.Header.SetHost(w.busy.host())
	r.Header.Set("Idempotency-Key", uuid.NewString())
	r.SetBody(body)
}

// sql reads a statement that the program sends, from the room that sends it.
func sql(name string) (string, error) {
	body, err := os.ReadFile(filepath.Join("tenants", "booking", name))
	return string(body), err
}

// bookingScript is what a booking sends, with random free moments.
func (w *world) bookingScript() (string, error) {
	look, err := sql("busy.sql")
	if err != nil {
		return "", err
	}
	reserve, err := sql("reserve.sql")
	if err != nil {
		return "", err
	}
	var (
		now   = quote(w.control.Clock().Now().Format(time.RFC3339))
		start = quote(w.busy.first.AddDate(2, 0, 0).UTC().Format(time.RFC3339)) + "::timestamptz + :k * interval '20 min'"
		end   = start + " + interval '20 min'"
		key   = "'k' || :n || '-' || :k"
		hash  = "decode(md5(:n || 'a' || :k) || md5(:k || 'b' || :n), 'hex')"
	)
	look = fill(strings.ReplaceAll(look, "{resource}", ":p")+" UNION ALL SELECT participation_id, 'told', NULL FROM idempotency WHERE key = ?2",
		start+" - interval '1 day'", end+" + interval '1 day'", key)
	write := fill(reserve,
		"ARRAY[:p]", "ARRAY["+start+"]", "ARRAY["+end+"]", "0", "'roussel ' || :n || ' camille'", "'p' || :n || '@exemple.fr'", "'+33612345678'", "''",
		"''", "'Roussel ' || :n", "'Camille'", "''", "''", "''", "''", "'fr'", "1", now,
		"1", ":p", "1", start, end, "NULL", "'api'", "gen_random_uuid()", "'booked'", `'\x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627'`, hash,
		"'{confirmation,confirmation,reminder}'", "'{mail,sms,sms}'", "ARRAY["+now+", "+now+", "+start+" - interval '1 day']",
		"'patient'", "0", key, hash, "NULL")
	return "\\set n random(1, 1000000000)\n\\set k random(1, 10000000)\n\\set p random(1, " + strconv.Itoa(staff) + ")\n" +
		begin(w.busy.tenant.ID.Schema()) + look + write + "COMMIT;\n", nil
}
