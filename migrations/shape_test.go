package migrations_test

import (
	"flag"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/migrations"
	"smartagenda/migrations/migrationstest"
)

// shape describes everything in a schema, the schema's own name left out.
const shape = `
SELECT string_agg(line, E'\n' ORDER BY line) FROM (
	SELECT format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, coalesce(column_default, '-')) || is_identity AS line
	FROM information_schema.columns WHERE table_schema = $1
	UNION ALL SELECT format('constraint %s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
	FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = $1::regnamespace
	UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = $1
	UNION ALL SELECT format('trigger %s %s', event_object_table, trigger_name) || event_manipulation || action_statement
	FROM information_schema.triggers WHERE event_object_schema = $1
	UNION ALL SELECT 'rows ' || relname || query_to_xml(format('SELECT * FROM %I.%I', $1, relname), true, false, '')::text
	FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r'
	UNION ALL SELECT format('grant %s %s %s', relname, relkind, coalesce(relacl::text, '-')) FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'S', 'v')
) everything`

func describe(t *testing.T, address, schema string) string {
	t.Helper()
	var text string
	if err := postgrestest.Super(t, address).QueryRow(strings.ReplaceAll(shape, "$1", "'"+schema+"'")).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(text, schema, "t_x")
}

// New tenants are built by one script; it must give what the steps give.
func TestTheScriptOfTheCurrentVersionEqualsTheReplay(t *testing.T) {
	t.Parallel()
	m, address := migrator(t)
	if _, err := m.DB().Exec("DROP SCHEMA t_000002 CASCADE; CREATE SCHEMA t_000002"); err != nil {
		t.Fatal(err)
	}
	if err := migrations.Replay(t.Context(), m, postgres.Tenant(2)); err != nil {
		t.Fatal(err)
	}
	if *update {
		write(t, address)
		return
	}
	script, replay := describe(t, address, "t_000001"), describe(t, address, "t_000002")
	if script != replay {
		t.Errorf("current.sql and the steps differ: see its header\nscript:\n%s\nreplay:\n%s", diff(script, replay), diff(replay, script))
	}
}

// diff is the lines of a that b lacks.
func diff(a, b string) string {
	var only []string
	for _, line := range strings.Split(a, "\n") {
		if !strings.Contains("\n"+b+"\n", "\n"+line+"\n") {
			only = append(only, line)
		}
	}
	return strings.Join(only, "\n")
}

func TestEveryTableOfATenantIsGrantedToItsRoleByName(t *testing.T) {
	t.Parallel()
	db := postgrestest.Super(t, migrationstest.Database(t))
	var without string
	err := db.QueryRow(`SELECT coalesce(string_agg(relname, ', '), '') FROM pg_class WHERE relnamespace = 't_000001'::regnamespace AND relkind = 'r'
		AND NOT has_table_privilege('t_000001', oid, 'SELECT')`).Scan(&without)
	if err != nil || without != "" {
		t.Errorf("not granted: %s (%v)", without, err)
	}
}

var update = flag.Bool("update", false, "write tenant/current.sql anew from the steps")

// dumped is what pg_dump says beside the schema: settings, owners, and the
// schema itself, which exists when the script runs.
var dumped = regexp.MustCompile(`(?m)^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\.*|CREATE SCHEMA .*|GRANT USAGE ON SCHEMA .*|SELECT pg_catalog\.setval.*)\n`)

const header = `-- Code generated from the numbered steps; DO NOT EDIT. It builds a new tenant's
-- schema at the current version in one go. After a new step, write it anew with
-- make test ARGS='-run TheScript ./migrations -update'

`

// write dumps the replayed schema as the script.
func write(t *testing.T, address string) {
	t.Helper()
	out, err := exec.Command("pg_dump", "--schema=t_000002", "--inserts", "--no-owner", address).Output()
	if err != nil {
		t.Fatal(err)
	}
	text := dumped.ReplaceAllString(string(out), "")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "t_000002.", ""), "TO t_000002;", "TO {role};")
	text = regexp.MustCompile(`\n{2,}`).ReplaceAllString(text, "\n\n")
	if err := os.WriteFile("tenant/current.sql", []byte(header+strings.TrimSpace(text)+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}
