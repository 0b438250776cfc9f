package main

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants/tenantstest"
)

// run gives the exit code of a command, and all it said.
func (in *installation) run(args ...string) (code int, words string) {
	in.t.Helper()
	p := in.start(args...)
	return p.ends(), p.said.String()
}

// empty is a database as an operator makes it: owned by the migrator's login.
func empty(t *testing.T) string {
	t.Helper()
	address := postgrestest.Clone(t, "sa_empty", func(context.Context, string) error { return nil })
	if _, err := postgrestest.Super(t, address).Exec(`DO $$ BEGIN
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smartagenda_migrator') THEN
			CREATE ROLE smartagenda_migrator LOGIN CREATEROLE PASSWORD '` + postgrestest.Password + `';
		END IF;
		EXECUTE format('ALTER DATABASE %I OWNER TO smartagenda_migrator', current_database());
	END $$`); err != nil {
		t.Fatal(err)
	}
	return address
}

// The way of an operator, from an empty database to a house that is at work.
func TestAnOperatorSetsUpAHouse(t *testing.T) {
	t.Parallel()
	address := empty(t)
	in := install(t, address)
	in.env["SPARES"] = "2"
	// Roles belong to the server: no other test may be making them meanwhile.
	roles := postgrestest.Super(t, postgrestest.Superuser(t))
	lock, err := roles.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	if _, err := lock.ExecContext(t.Context(), "SELECT pg_advisory_lock(7310100)"); err != nil {
		t.Fatal(err)
	}
	for _, how := range []string{"the first time", "again"} {
		if code, words := in.run("migrate"); code != 0 {
			t.Fatalf("migrate %s: %d %s", how, code, words)
		}
	}
	if _, err := lock.ExecContext(t.Context(), "SELECT pg_advisory_unlock(7310100)"); err != nil {
		t.Fatal(err)
	}
	in.says(0, "doctor", "ok   schemas are at the current version", "ok   spare tenants are ready", "ok   no job was given up")
	in.says(0, "tenant create salon-croix --name=Salon --email=x@exemple.fr --phone=0478001234", "http://salon-croix.smartagenda.localhost:")
	in.says(0, "tenant list", "salon-croix  ", "Salon")
	in.says(0, "tenant show salon-croix", "name    Salon", "1 agendas, 2 members, 100 SMS a month", "http://salon-croix.")
	in.says(0, "tenant suspend salon-croix")
	in.says(0, "tenant show salon-croix", "status  suspended")
	in.says(1, "tenant suspend salon-croix", "The subscription is paused")
	in.says(0, "tenant resume salon-croix")
	in.says(0, "tenant show salon-croix", "status  active")
	in.says(1, "tenant resume salon-croix", "The subscription is in order already")
	in.says(1, "tenant create salon-croix --name=Salon --email=x@exemple.fr", "slug: ")
	in.says(1, "tenant create Ça --name=Salon --email=nobody", "slug: ", "email: ")
	in.says(1, "tenant show nulle-part", "smartagenda: ")

	if _, err := postgrestest.Super(t, address).Exec("UPDATE platform.tenants SET version = 0"); err != nil {
		t.Fatal(err)
	}
	in.says(1, "doctor", "bad  schemas are at the current version", "smartagenda migrate", "1 checks failed")
}

// says runs a command, whose words are separated by spaces, and checks how it
// ends and what it says: sentences, and no trace of a program that fell.
func (in *installation) says(code int, command string, sentences ...string) {
	in.t.Helper()
	got, words := in.run(strings.Fields(command)...)
	if got != code {
		in.t.Errorf("%s: %d, want %d: %s", command, got, code, words)
	}
	for _, s := range sentences {
		if !strings.Contains(words, s) {
			in.t.Errorf("%s does not say %q: %s", command, s, words)
		}
	}
	if trace.MatchString(words) {
		in.t.Errorf("%s is not for people: %s", command, words)
	}
}

// trace is what no operator should have to read: a panic, a key without its
// sentence, a secret.
var trace = regexp.MustCompile(`goroutine \d|panic:|\b(fault|tenants|provisioning|booking)\.[a-z_]+\b|<nil>|` + strings.Repeat("5a", 32) + `|:` + postgrestest.Password + `@`)

func TestTheDemoRefusesToRunWhereDataAreReal(t *testing.T) {
	t.Parallel()
	in := install(t, tenantstest.New(t).Address)
	in.env["DEMO"] = "false"
	in.says(1, "demo", "only with SMARTAGENDA_DEMO=true")
	in.says(0, "tenant list")
	_, words := in.run("tenant", "list")
	if strings.Count(words, "\n") != 1 {
		t.Errorf("the demo wrote all the same: %s", words)
	}
}

func TestBadInputIsAnsweredByASentence(t *testing.T) {
	t.Parallel()
	in := install(t, tenantstest.New(t).Address)
	for command, sentence := range map[string]string{
		"":                        "expected one of",
		"unknown":                 "unexpected argument unknown",
		"serve --audience=nobody": "must be one of",
		"tenant create":           "missing flags",
		"tenant show":             `expected "<slug>"`,
	} {
		if code, words := in.run(strings.Fields(command)...); code == 0 || !strings.Contains(words, sentence) || trace.MatchString(words) {
			t.Errorf("%q: %d, want %q: %s", command, code, sentence, words)
		}
	}
	for _, c := range []struct{ command, setting, value, sentence string }{
		{"serve", "HTTP_ADDR", "8080", "SMARTAGENDA_HTTP_ADDR must be host:port"},
		{"serve", "MASTER_KEY", "short", "SMARTAGENDA_MASTER_KEY must be 32 bytes"},
		{"serve", "REDIS_URL", "", "SMARTAGENDA_REDIS_URL is not set"},
		{"serve", "LOG_LEVEL", "loud", `level string "loud"`},
		{"serve", "RATE_READS", "many", `"RateReads"`},
		{"serve", "SMS_URL", "", "SMARTAGENDA_SMS_URL must be"},
		{"worker", "DATABASE_URL", "", "SMARTAGENDA_DATABASE_URL is not set"},
		{"migrate", "DATABASE_CONSOLE_URL", "", "SMARTAGENDA_DATABASE_CONSOLE_URL is not set"},
		{"doctor", "DATABASE_URL", "postgres://127.0.0.1:1/x", "127.0.0.1:1"},
		{"tenant list", "DATABASE_APP_URL", "nowhere", "SMARTAGENDA_DATABASE_APP_URL is not an address"},
	} {
		was := in.env[c.setting]
		in.env[c.setting] = c.value
		in.says(1, c.command, c.sentence)
		in.env[c.setting] = was
	}
}
