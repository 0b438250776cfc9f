// Package migrationstest gives tests a database at the current version with a
// few spare tenants in it. It must not know what a tenant does.
package migrationstest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"sync"
	"testing"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/migrations"
)

// Spares is how many tenants a test can claim.
const Spares = 4

// template is named after what it is made of, so that a changed migration
// makes a new one.
var template = sync.OnceValue(func() string {
	h := sha256.New()
	err := fs.WalkDir(migrations.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(migrations.Files(), path)
		h.Write([]byte(path))
		h.Write(body)
		return err
	})
	if err != nil {
		panic(err)
	}
	return "sa_template_" + hex.EncodeToString(h.Sum(nil))[:12]
})

// Database gives the address, for the superuser, of a database of the test's
// own at the current version.
func Database(t testing.TB) string {
	t.Helper()
	address := postgrestest.Clone(t, template(), func(ctx context.Context, address string) error { return Build(ctx, address, Spares) })
	super := postgrestest.Super(t, address)
	// A clone does not inherit who may connect to its template, nor its owner.
	if _, err := super.Exec(`DO $$ BEGIN
		EXECUTE format('ALTER DATABASE %I OWNER TO smartagenda_migrator', current_database());
		EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
		EXECUTE format('GRANT CONNECT ON DATABASE %I TO smartagenda_app, smartagenda_platform, smartagenda_console', current_database());
	END $$`); err != nil {
		t.Fatal(err)
	}
	return address
}

// Logins are the addresses of the program's logins for a database.
func Logins(address string) migrations.Logins {
	return migrations.Logins{
		App:      postgrestest.As(address, "smartagenda_app"),
		Platform: postgrestest.As(address, "smartagenda_platform"),
		Console:  postgrestest.As(address, "smartagenda_console"),
	}
}

// Build brings an empty database to the current version, with spare tenants;
// address is the superuser's.
func Build(ctx context.Context, address string, spares int) error {
	if err := owner(ctx, address); err != nil {
		return err
	}
	m, err := postgres.OpenMigrator(ctx, postgres.Pool{URL: postgrestest.As(address, "smartagenda_migrator"), Size: 4, Name: "test"})
	if err != nil {
		return err
	}
	defer m.Close()
	if err := migrations.Bootstrap(ctx, m, Logins(address)); err != nil {
		return err
	}
	if _, err := migrations.Run(ctx, m, clock.System()); err != nil {
		return err
	}
	return migrations.Build(ctx, m, spares)
}

// owner makes the migrator as an operator would: it may create roles and owns
// the database, and is no superuser.
func owner(ctx context.Context, address string) error {
	super, err := postgres.OpenMigrator(ctx, postgres.Pool{URL: address, Size: 1, Name: "test"})
	if err != nil {
		return err
	}
	defer super.Close()
	_, err = super.DB().ExecContext(ctx, `DO $$ BEGIN
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smartagenda_migrator') THEN
			CREATE ROLE smartagenda_migrator LOGIN CREATEROLE PASSWORD '`+postgrestest.Password+`';
		END IF;
		EXECUTE format('ALTER DATABASE %I OWNER TO smartagenda_migrator', current_database());
	END $$`)
	return err
}
