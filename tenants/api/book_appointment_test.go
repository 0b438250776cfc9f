package api_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// count runs a query for one number in the tenant's schema.
func (d *desk) count(t testing.TB, one tenants.Tenant, query string) (n int) {
	t.Helper()
	db := postgrestest.Super(t, d.Address)
	if err := db.QueryRow(strings.ReplaceAll(query, "{t}", one.ID.Schema())).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestABookingIsAnsweredAsTheContractSays(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	res := d.post(t, "/appointments", request().String())
	var got map[string]any
	res.into(t, &got)
	if res.status != 201 || got["status"] != "booked" || got["start"] != "2026-11-24T10:20:00+01:00" || got["end"] != "2026-11-24T10:40:00+01:00" {
		t.Fatalf("%d %s", res.status, res.body)
	}
	if url, _ := got["manage_url"].(string); !strings.HasPrefix(url, "https://cabinet-a.smartagenda.test/m/") {
		t.Errorf("manage_url %q", url)
	}
	if id, _ := got["id"].(string); len(id) != 36 {
		t.Errorf("id %q", id)
	}
	if got["practitioner"] != "1" || got["service"] != "1" || got["location"] != "1" {
		t.Errorf("%s", res.body)
	}
	if cc := res.Header.Get("Cache-Control"); cc != "no-store" {
		t.Errorf("Cache-Control %q", cc)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM {t}.appointments WHERE source = 'api'":                                                       1,
		"SELECT count(*) FROM {t}.patients WHERE last_name = 'Roussel' AND policy_version = 1 AND lang = 'fr'":             1,
		"SELECT count(*) FROM {t}.participations WHERE reason IS NOT NULL AND policy_version = 1":                          1,
		"SELECT count(*) FROM {t}.idempotency":                                                                             0,
		"SELECT count(*) FROM {t}.messages WHERE kind = 'confirmation' AND channel = 'mail' AND state = 'waiting'":         1,
		"SELECT count(*) FROM {t}.patients WHERE street <> '' OR company <> '' OR postcode <> '' OR city <> ''":            0,
		"SELECT count(*) FROM {t}.appointment_resources WHERE active AND lower(during) = '2026-11-24 10:20:00+01'":         1,
		"SELECT count(*) FROM platform.jobs WHERE kind = 'messages.send' AND tenant = " + d.a.ID.String() + " AND ref > 1": 3,
	} {
		if n := d.count(t, d.a, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
}

func TestWhatIsOptionalMayBeLeftOutOrEmpty(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	least := form{"service": "1", "start": "2026-11-24T09:20:00Z", "policy_version": 1, "unknown": form{"a": 1},
		"patient": form{"last_name": "Roussel", "first_name": "Camille", "phone": "0612345678", "shoe_size": 42}}
	if made, _ := d.book(t, d.a, least); made.Practitioner != "1" || made.Start.Format(time.RFC3339) != "2026-11-24T10:20:00+01:00" {
		t.Errorf("%+v", made)
	}
	most := request().with("practitioner", "").with("reason", nil).with("fields", form{"colour": "red"}).with("patient.company", "Brun SARL").
		with("patient.address", form{"street": "12 rue de la République", "postcode": "69002", "city": "Lyon"})
	if made, _ := d.book(t, d.a, most); made.Practitioner != "2" { // Ada is taken
		t.Errorf("%+v", made)
	}
	if n := d.count(t, d.a, "SELECT count(*) FROM {t}.patients WHERE street LIKE '12 rue%' AND postcode = '69002' AND city = 'Lyon' AND company = 'Brun SARL'"); n != 1 {
		t.Error("the address was not kept")
	}
	null := request().with("start", "2026-11-24T11:00:00+01:00").with("patient.email", "x@exemple.fr")
	body := strings.Replace(null.String(), `"reason":"Renouvellement"`, `"reason":null,"company":null`, 1)
	if res := d.post(t, "/appointments", body); res.status != 201 {
		t.Errorf("null: %d %s", res.status, res.body)
	}
}

func TestAServiceOnRequestIsPending(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	made, token := d.book(t, d.a, request().with("service", "2").with("start", "2026-11-24T09:00:00+01:00"))
	if made.Status != "pending" {
		t.Errorf("%+v", made)
	}
	if res := d.get(t, "/appointments/"+token); !strings.Contains(res.body, `"status":"pending"`) {
		t.Errorf("%s", res.body)
	}
}

func (d *desk) exec(t testing.TB, query string) {
	t.Helper()
	if _, err := postgrestest.Super(t, d.Address).Exec(query); err != nil {
		t.Fatal(err)
	}
}

// run changes rows of the first tenant.
func (d *desk) run(t testing.TB, query string) {
	t.Helper()
	d.In(t, d.a, func(ctx context.Context, s postgres.Scope) error {
		_, err := s.DB().ExecContext(ctx, query)
		return err
	})
}

// serve listens on loopback and gives the address.
func (d *desk) serve(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = d.app.Listener(listener) }()
	t.Cleanup(func() { _ = d.app.ShutdownWithContext(context.Background()) })
	return listener.Addr().String()
}

func TestOf200RequestsForOneMomentOneSucceeds(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	address := d.serve(t)
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 0}}
	var mu sync.Mutex
	outcomes := map[string]int{}
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range 200 {
		wg.Go(func() {
			f := request().with("patient.email", fmt.Sprintf("p%d@exemple.fr", i)).with("patient.phone", nil)
			req, err := http.NewRequest(http.MethodPost, "http://"+address+"/api/v1/appointments", strings.NewReader(f.String()))
			if err != nil {
				t.Error(err)
				return
			}
			req.Host = string(d.a.Slug) + "." + domain
			req.Header.Set("Content-Type", "application/json")
			<-start
			res, err := client.Do(req)
			if err != nil {
				t.Error(err)
				return
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Error(err)
			}
			a := answer{res, res.StatusCode, string(body)}
			outcome := fmt.Sprint(a.status)
			if a.status >= 400 {
				outcome += " " + a.problem(t).Code
			}
			mu.Lock()
			defer mu.Unlock()
			outcomes[outcome]++
		})
	}
	close(start)
	wg.Wait()
	if outcomes["201"] != 1 || outcomes["409 booking.slot_taken"] != 199 {
		t.Errorf("%v, want one 201 and 199 times 409 booking.slot_taken", outcomes)
	}
	if n := d.count(t, d.a, "SELECT (SELECT count(*) FROM {t}.appointments) + (SELECT count(*) FROM {t}.patients)"); n != 2 {
		t.Errorf("%d rows, want an appointment and a patient", n)
	}
}
