package demo

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/signin"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/members"
	"smartagenda/tenants/tenantstest"
)

// world is one whose clock shows Monday 23 November 2026, 11:00 in Paris.
func world(t *testing.T) *tenantstest.World {
	t.Helper()
	w := tenantstest.New(t)
	w.Clock.Advance(3 * time.Hour)
	return w
}

func seed(t *testing.T, w *tenantstest.World) {
	t.Helper()
	if err := Seed(context.Background(), w.Control, w.Desk); err != nil {
		t.Fatal(err)
	}
}

// ask runs a query for one line of text as the superuser, in the schema of the
// house; %s in it is the program's time.
func ask(t *testing.T, w *tenantstest.World, h house, query string) (answer string) {
	t.Helper()
	one := tenantOf(t, w, h)
	tx, err := postgrestest.Super(t, w.Address).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("SET LOCAL TimeZone TO 'UTC'; SET LOCAL search_path TO " + one.ID.Schema() + ", extensions"); err != nil {
		t.Fatal(err)
	}
	query = strings.ReplaceAll(query, "%s", "'"+w.Clock.Now().Format(time.RFC3339)+"'")
	if err := tx.QueryRow("SELECT (" + query + ")::text").Scan(&answer); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return answer
}

func tenantOf(t *testing.T, w *tenantstest.World, h house) tenants.Tenant {
	t.Helper()
	one, err := tenants.BySlug(context.Background(), w.Control, h.slug)
	if err != nil {
		t.Fatal(err)
	}
	return one
}

// fingerprint is what the seed wrote, without what chance or a retry decides:
// ids, references, keys.
func fingerprint(t *testing.T, w *tenantstest.World) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, h := range houses() {
		one := tenantOf(t, w, h)
		found[h.slug] = string(one.Status)
		for name, rows := range map[string]string{
			"house":    "SELECT p::text, (SELECT count(*) FROM openings), (SELECT count(*) FROM absences) FROM profile p",
			"members":  "SELECT email, name, role, practitioner_id, password_hash, created_at FROM members",
			"patients": "SELECT last_name, first_name, born_on, email, mobile, phone, company, created_at FROM patients",
			"visits": `SELECT a.starts_at, a.ends_at, a.practitioner_id, a.service_id, a.status, a.source, a.created_at, p.status, p.cancelled_at,
				p.cancelled_by, p.reason IS NULL, p.note IS NULL, w.last_name, w.first_name
				FROM appointments a JOIN participations p ON p.appointment_id = a.id JOIN patients w ON w.id = p.patient_id`,
			"messages": `SELECT a.starts_at, a.practitioner_id, m.kind, m.channel, m.state, m.due_at, m.created_at, m.error
				FROM messages m LEFT JOIN participations p ON p.id = m.participation_id LEFT JOIN appointments a ON a.id = p.appointment_id`,
			"journal": "SELECT at, act, actor FROM audit",
			"jobs":    "SELECT kind, state, due_at FROM platform.jobs WHERE tenant = " + one.ID.String(),
		} {
			if name == "members" { // a hash is salted
				rows = strings.Replace(rows, "password_hash", "password_hash <> ''", 1)
			}
			found[h.slug+" "+name] = ask(t, w, h, "SELECT count(*) || ' ' || coalesce(md5(string_agg(r::text, '|' ORDER BY r::text)), '') FROM ("+rows+") r")
		}
	}
	return found
}

func compare(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: %s, want %s", name, got[name], want[name])
		}
	}
}

func TestSeed(t *testing.T) {
	t.Parallel()
	w := world(t)
	seed(t, w)
	first := fingerprint(t, w)
	for _, later := range []time.Duration{0, time.Hour, 30 * 24 * time.Hour} {
		now := w.Clock.Advance(later)
		seed(t, w)
		compare(t, fingerprint(t, w), first)
		if w.Clock.Offset() != now {
			t.Errorf("the clock was left %s off", w.Clock.Offset()-now)
		}
		w.Clock.Advance(-later)
	}
	t.Run("a killed seed is finished by the next", func(t *testing.T) { t.Parallel(); killedSeed(t, first) })
	t.Run("a story ends when its house was set up", func(t *testing.T) { t.Parallel(); lateSeed(t, first) })
	t.Run("every login can be used", func(t *testing.T) { t.Parallel(); checkLogins(t, w) })
	t.Run("what visitors wrote can be opened", func(t *testing.T) { t.Parallel(); checkReasons(t, w) })
	t.Run("the practice is in the middle of its day", func(t *testing.T) { t.Parallel(); checkToday(t, w) })
	for _, h := range houses() {
		t.Run(h.slug, func(t *testing.T) { t.Parallel(); checkHouse(t, w, h) })
	}
}

// killAfter seeds and ends the run after so many commits that woke the relay.
func killAfter(t *testing.T, w *tenantstest.World, commits int) {
	t.Helper()
	ctx, kill := context.WithCancel(context.Background())
	defer kill()
	w.Control.OnUrgent(func() {
		if commits--; commits == 0 {
			kill()
		}
	})
	defer w.Control.OnUrgent(nil)
	if err := Seed(ctx, w.Control, w.Desk); err == nil {
		t.Error("the run was not cut short")
	}
}

func killedSeed(t *testing.T, want map[string]string) {
	w := world(t)
	// The first commit lies between the two halves of making a tenant; the
	// first house is done after some 550 more.
	for _, commits := range []int{1, 1, 25, 300, 220, 1, 60} {
		killAfter(t, w, commits)
	}
	seed(t, w)
	compare(t, fingerprint(t, w), want)
}

func lateSeed(t *testing.T, want map[string]string) {
	w := world(t)
	killAfter(t, w, 120)
	w.Clock.Advance(50 * time.Hour)
	seed(t, w)
	got := fingerprint(t, w)
	for name := range want {
		if strings.HasPrefix(name, "cabinet") && got[name] != want[name] {
			t.Errorf("%s: %s, want %s", name, got[name], want[name])
		}
	}
	if got["ecole-lingua visits"] == want["ecole-lingua visits"] {
		t.Error("a house set up two days later tells the same story")
	}
}

// checkHouse looks for what must not be in any of the houses.
func checkHouse(t *testing.T, w *tenantstest.World, h house) {
	for name, query := range map[string]string{
		"appointments that overlap": `SELECT count(*) FROM appointments a JOIN appointments b ON a.id < b.id AND a.practitioner_id = b.practitioner_id
			AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at WHERE a.status = 'open' AND b.status = 'open'`,
		"jobs that are due":              "SELECT count(*) FROM platform.jobs WHERE state = 'waiting' AND due_at <= %s",
		"messages that are due":          "SELECT count(*) FROM messages WHERE state = 'waiting' AND due_at <= %s",
		"settled messages with a job":    "SELECT count(*) FROM messages m JOIN platform.jobs j ON j.ref = m.id AND j.tenant = " + tenantOf(t, w, h).ID.String() + " WHERE m.state <> 'waiting'",
		"messages settled before due":    "SELECT count(*) FROM messages WHERE settled_at < created_at OR settled_at > %s",
		"acts that are to come":          "SELECT count(*) FROM audit WHERE at > %s",
		"reminders that wait for nobody": "SELECT count(*) FROM messages m JOIN participations p ON p.id = m.participation_id WHERE m.state = 'waiting' AND p.status NOT IN ('booked', 'pending')",
		"files made twice":               "SELECT count(*) FROM (SELECT FROM patients GROUP BY find_key, born_on, email HAVING count(*) > 1) twice",
		"files without a journal entry":  "SELECT count(*) FROM participations p WHERE NOT EXISTS (SELECT FROM audit WHERE act = 'appointment.book' AND subject_id = p.id)",
	} {
		if n := ask(t, w, h, query); n != "0" {
			t.Errorf("%s %s", n, name)
		}
	}
	checkPlan(t, w, h)
	if got := tenantOf(t, w, h); got.Status != h.status || got.Phone == "" {
		t.Errorf("registered as %+v", got)
	}
}

// checkToday looks for what makes the first screen of the practice alive.
func checkToday(t *testing.T, w *tenantstest.World) {
	for name, c := range map[string]struct{ query, want string }{
		"arrived or seen today": {"SELECT count(*) > 3 FROM participations p JOIN appointments a ON a.id = p.appointment_id WHERE a.starts_at BETWEEN '2026-11-23' AND %s AND p.status IN ('arrived', 'honoured')", "true"},
		"past and still open":   {"SELECT count(*) FROM participations p JOIN appointments a ON a.id = p.appointment_id WHERE a.ends_at < %s::timestamptz - interval '10 minutes' AND p.status IN ('pending', 'booked', 'arrived')", "0"},
		"to be confirmed":       {"SELECT count(*) > 0 FROM participations WHERE status = 'pending'", "true"},
		"every final status":    {"SELECT count(DISTINCT status) FROM participations WHERE status IN ('honoured', 'absent', 'excused', 'cancelled')", "4"},
		"failures":              {"SELECT count(DISTINCT error) FROM messages WHERE state = 'failed'", "2"},
		"notes":                 {"SELECT count(*) > 5 FROM participations WHERE note IS NOT NULL", "true"},
		"reasons":               {"SELECT count(*) > 50 FROM participations WHERE reason IS NOT NULL", "true"},
		"who booked":            {"SELECT string_agg(DISTINCT source, ' ') FROM appointments", "agenda site"},
	} {
		if got := ask(t, w, bellecour(), c.query); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// checkPlan finds out whether an act was refused: each visit planned by now is
// there.
func checkPlan(t *testing.T, w *tenantstest.World, h house) {
	t.Helper()
	last := w.Clock.Now()
	if h.status == tenants.Suspended {
		last = last.Add(-pause)
	}
	want := 0
	for _, v := range h.plan(crowdOf(t, h), calendar.DateOf(w.Clock.Now(), paris), paris) {
		if !v.booked.After(last) {
			want++
		}
	}
	if got := ask(t, w, h, "SELECT count(*) FROM appointments"); got != fmt.Sprint(want) {
		t.Errorf("%s appointments, planned were %d", got, want)
	}
}

func checkLogins(t *testing.T, w *tenantstest.World) {
	t.Helper()
	ctx := context.Background()
	for login, role := range map[string]members.Role{
		"cabinet-bellecour owner": members.Owner, "ecole-lingua owner": members.Owner, "salon-lumiere owner": members.Owner, "suspendu owner": members.Owner,
		"cabinet-bellecour assistant": members.Assistant, "cabinet-bellecour practitioner": members.Practitioner, "cabinet-bellecour reader": members.Reader,
	} {
		slug, name, _ := strings.Cut(login, " ")
		one, err := tenants.BySlug(ctx, w.Control, slug)
		if err != nil {
			t.Fatal(err)
		}
		var m members.Member
		w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
			m, err = members.ByEmail(ctx, s, name+"@"+slug+".test")
			return err
		})
		if ok, err := signin.Verify(ctx, m.PasswordHash, Password); !ok || err != nil || m.Role != role {
			t.Errorf("%s: %v, %v, role %s", login, ok, err, m.Role)
		}
	}
}

func checkReasons(t *testing.T, w *tenantstest.World) {
	one := tenantOf(t, w, bellecour())
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		feed, err := booking.Feed(ctx, s, w.Clock.Now().AddDate(0, 0, -1), w.Clock.Now().AddDate(0, 0, 5))
		if err != nil {
			return err
		}
		read := 0
		for _, a := range feed {
			if text, err := a.OpenReason(ctx, s); err != nil {
				t.Error(err)
			} else if text != "" {
				read++
			}
		}
		if len(feed) < 40 || read < 10 {
			t.Errorf("%d appointments, %d with a reason", len(feed), read)
		}
		return nil
	})
}

func TestAPurgedHouseIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := world(t)
	one := w.Tenant(t, "salon-lumiere")
	w.Move(t, one, tenants.Purged)
	h := lumiere()
	if err := h.seed(context.Background(), w.Control, w.Desk); err != nil {
		t.Fatal(err)
	}
	if n := ask(t, w, h, "SELECT count(*) FROM appointments"); n != "0" {
		t.Errorf("%s appointments in a purged house", n)
	}
}

func TestARefusedActIsLeftOut(t *testing.T) {
	t.Parallel()
	w := world(t)
	one := w.Tenant(t, "cabinet-bellecour")
	st := &stage{}
	refuse := func(kind fault.Kind) error {
		return st.play(context.Background(), w.Control, one, act{w.Clock.Now(), func(context.Context, *stage, postgres.Scope) error {
			return fault.New(kind, "booking.slot_taken")
		}})
	}
	if err := refuse(fault.Conflict); err != nil {
		t.Errorf("a conflict ends the seed: %v", err)
	}
	if err := refuse(fault.Unavailable); err == nil {
		t.Error("a database that is away does not end the seed")
	}
}
