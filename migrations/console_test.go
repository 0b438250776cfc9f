package migrations_test

import (
	"strings"
	"testing"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/migrations/migrationstest"
)

// The promise that SmartAgenda acts "sur instruction" alone rests on this: what
// the console's login may not do, PostgreSQL refuses.
func TestTheConsolesLoginIsRefusedByPostgreSQL(t *testing.T) {
	t.Parallel()
	address := migrationstest.Database(t)
	console := postgrestest.Open(t, address, "smartagenda_console")
	for name, statement := range map[string]string{
		"a tenant's patients":      "SELECT * FROM t_000001.patients",
		"a tenant's audit":         "SELECT * FROM t_000001.audit",
		"a change in a tenant":     "UPDATE t_000001.profile SET name = 'x'",
		"the tenants' keys":        "SELECT * FROM vault.keys",
		"a key of its own making":  "INSERT INTO vault.keys VALUES (1, '', '2026-01-01Z')",
		"a grant to itself":        "GRANT USAGE ON SCHEMA t_000001 TO smartagenda_console",
		"a grant of one table":     "GRANT SELECT ON t_000001.patients TO smartagenda_console",
		"the tenant's role":        "SET ROLE t_000001",
		"membership":               "GRANT t_000001 TO smartagenda_console",
		"the app's role":           "SET ROLE smartagenda_app",
		"the migrator's role":      "SET ROLE smartagenda_migrator",
		"another role":             "CREATE ROLE smartagenda_other",
		"another schema":           "CREATE SCHEMA mine",
		"a function that grants":   "CREATE FUNCTION control.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"a tenant's own job door":  "SELECT platform.put_job('jobs.sweep', 0, '2026-01-01Z')",
		"a job taken away":         "DELETE FROM platform.jobs",
		"the audit rewritten":      "UPDATE control.audit SET act = 'staff.nothing'",
		"the audit emptied":        "DELETE FROM control.audit",
		"a login that disappears":  "DELETE FROM control.staff",
		"a tenant out of thin air": "INSERT INTO control.tenants (id) VALUES (99)",
		"a tenant that goes":       "DELETE FROM control.tenants",
		"another owner's mail":     "UPDATE control.tenants SET owner_email = 'me@exemple.fr'",
		"a count of its own":       "UPDATE control.activity SET patients = 0",
		"the clock":                "UPDATE platform.settings SET value = '0'",
	} {
		if _, err := console.Exec(statement); !postgres.Refused(err) {
			t.Errorf("%s: %v, want a refusal by PostgreSQL", name, err)
		}
	}
	for _, allowed := range []string{
		"SELECT * FROM control.tenants, control.slugs, control.domains, control.policies, control.staff, control.audit, control.activity",
		"SELECT * FROM platform.jobs, platform.tenants, platform.settings",
		"INSERT INTO platform.jobs (tenant, kind, ref, due_at) VALUES (1, 'professionals.count', 0, '2026-01-01Z')",
	} {
		if _, err := console.Exec(allowed); err != nil {
			t.Errorf("%s: %v", allowed, err)
		}
	}
}

// What one statement tries by hand is true of everything there is.
func TestNothingOfATenantIsGrantedToTheConsole(t *testing.T) {
	t.Parallel()
	db := postgrestest.Super(t, migrationstest.Database(t))
	var open string
	err := db.QueryRow(`SELECT coalesce(string_agg(c.oid::regclass::text, ', '), '') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE (n.nspname ~ '^t_\d+$' OR n.nspname = 'vault') AND c.relkind IN ('r', 'v', 'S')
		AND (has_schema_privilege('smartagenda_console', n.oid, 'USAGE') OR has_schema_privilege('smartagenda_console', n.oid, 'CREATE')
			OR c.relkind <> 'S' AND has_table_privilege('smartagenda_console', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))`).Scan(&open)
	if err != nil || open != "" {
		t.Errorf("open to the console: %s (%v)", open, err)
	}
	var member string
	if err := db.QueryRow(`SELECT coalesce(string_agg(r.rolname, ', '), '') FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
		WHERE m.member = 'smartagenda_console'::regrole`).Scan(&member); err != nil || member != "" {
		t.Errorf("the console is a member of %s (%v)", strings.TrimSpace(member), err)
	}
}
