package migrations_test

import (
	"slices"
	"testing"

	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/migrations"
	"smartagenda/migrations/migrationstest"
)

func TestEveryColumnIsClassified(t *testing.T) {
	t.Parallel()
	classified, classes, err := migrations.Columns()
	if err != nil {
		t.Fatal(err)
	}
	db := postgrestest.Super(t, migrationstest.Database(t))
	rows, err := db.Query(`SELECT CASE table_schema WHEN 't_000001' THEN 'tenant' ELSE table_schema END, table_name, column_name
		FROM information_schema.columns WHERE table_schema IN ('control', 'vault', 'platform', 'migrations', 't_000001')`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	used := map[string]bool{}
	for rows.Next() {
		var c migrations.Column
		if err := rows.Scan(&c.Schema, &c.Table, &c.Name); err != nil {
			t.Fatal(err)
		}
		class, ok := classified[c]
		if !ok {
			t.Errorf("%s.%s.%s is not classified in columns.toml", c.Schema, c.Table, c.Name)
		}
		used[class] = true
		delete(classified, c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for c := range classified {
		t.Errorf("%v is classified and does not exist", c)
	}
	for name := range classes {
		if !used[name] {
			t.Errorf("class %s classifies nothing", name)
		}
	}
}

func TestNoSchemaIsForgotten(t *testing.T) {
	t.Parallel()
	db := postgrestest.Super(t, migrationstest.Database(t))
	var unknown string
	err := db.QueryRow(`SELECT coalesce(string_agg(nspname, ', '), '') FROM pg_namespace
		WHERE nspname !~ '^(pg_|t_\d{6}$)' AND nspname NOT IN ('control', 'vault', 'platform', 'migrations', 'extensions', 'public', 'information_schema')`).Scan(&unknown)
	if err != nil || unknown != "" {
		t.Errorf("schemas whose columns no test looks at: %s (%v)", unknown, err)
	}
}

func TestClassesAreComplete(t *testing.T) {
	t.Parallel()
	_, classes, err := migrations.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range classes {
		for what, ok := range map[string]bool{
			"controller":  c.Controller == "professional" || c.Controller == "smartagenda",
			"purpose":     c.Purpose != "",
			"retention":   c.Retention != "",
			"sensitivity": slices.Contains([]string{"none", "personal", "sensitive", "secret"}, c.Sensitivity),
			"export":      slices.Contains([]string{"access", "offboarding", "none"}, c.Export),
			"erase":       slices.Contains([]string{"clear", "keep", "row", "none"}, c.Erase),
		} {
			if !ok {
				t.Errorf("class %s: its %s is missing or unknown", name, what)
			}
		}
		if c.Sensitivity == "sensitive" && c.Erase != "clear" {
			t.Errorf("class %s is sensitive and an erasure leaves it", name)
		}
	}
}

// Text a person wrote is sealed: its columns hold bytes.
func TestSensitiveColumnsAreSealed(t *testing.T) {
	t.Parallel()
	classified, classes, err := migrations.Columns()
	if err != nil {
		t.Fatal(err)
	}
	db := postgrestest.Super(t, migrationstest.Database(t))
	for c, class := range classified {
		if classes[class].Sensitivity != "sensitive" {
			continue
		}
		var kind string
		err := db.QueryRow("SELECT data_type FROM information_schema.columns WHERE table_schema = 't_000001' AND table_name = $1 AND column_name = $2",
			c.Table, c.Name).Scan(&kind)
		if err != nil || kind != "bytea" {
			t.Errorf("%v is %q (%v), want bytea", c, kind, err)
		}
	}
}
