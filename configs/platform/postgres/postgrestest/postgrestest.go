// Package postgrestest gives each test a database of its own, cloned from a
// template that is built once, on the server that the test command started. It
// must not know what the template holds.
package postgrestest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Password is the one of every login on the throw-away server.
const Password = "test"

// Superuser is the address of the server, as the test command gives it.
func Superuser(t testing.TB) string {
	t.Helper()
	address := os.Getenv("SMARTAGENDA_TEST_DATABASE_URL")
	if address == "" {
		t.Fatal("SMARTAGENDA_TEST_DATABASE_URL is not set: run the tests with `make test`")
	}
	return address
}

// As is the address of the same database for another login.
func As(address, login string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	u.User = url.UserPassword(login, Password)
	return u.String()
}

func in(address, database string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	u.Path = "/" + database
	return u.String()
}

// Clone gives a new database made from the template of that name, which build
// fills the first time; both get the address for the superuser. The clone is
// dropped when the test ends.
func Clone(t testing.TB, template string, build func(ctx context.Context, address string) error) string {
	t.Helper()
	super := Superuser(t)
	ctx := context.Background()
	admin := open(t, in(super, "postgres"))
	defer admin.Close()
	conn, err := admin.Conn(ctx)
	must(t, err)
	defer conn.Close()
	// One builder at a time over all test processes: roles belong to the server.
	exec(t, conn, "SELECT pg_advisory_lock(7310100)")
	ensure(t, conn, in(super, template), template, build)
	name := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	exec(t, conn, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", name, template))
	exec(t, conn, "SELECT pg_advisory_unlock(7310100)")
	t.Cleanup(func() {
		db := open(t, in(super, "postgres"))
		defer db.Close()
		if _, err := db.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("postgrestest: %v", err)
		}
	})
	return in(super, name)
}

// ensure builds the template under another name first, so that a run that is
// killed half way leaves none to be trusted.
func ensure(t testing.TB, conn *sql.Conn, address, template string, build func(context.Context, string) error) {
	t.Helper()
	ctx := context.Background()
	var exists bool
	must(t, conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", template).Scan(&exists))
	if exists {
		return
	}
	raw := template + "_raw"
	exec(t, conn, "DROP DATABASE IF EXISTS "+raw+" WITH (FORCE)")
	exec(t, conn, "CREATE DATABASE "+raw)
	must(t, build(ctx, in(address, raw)))
	exec(t, conn, fmt.Sprintf("ALTER DATABASE %s RENAME TO %s", raw, template))
}

func open(t testing.TB, address string) *sql.DB {
	t.Helper()
	cfg, err := pgx.ParseConfig(address)
	must(t, err)
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	return stdlib.OpenDB(*cfg)
}

// Super connects to the database as the superuser, whose address it is.
func Super(t testing.TB, address string) *sql.DB {
	t.Helper()
	db := open(t, address)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Open connects one of the program's logins to the database, without any of
// the program's guards.
func Open(t testing.TB, address, login string) *sql.DB {
	t.Helper()
	return Super(t, As(address, login))
}

func exec(t testing.TB, conn *sql.Conn, query string) {
	t.Helper()
	_, err := conn.ExecContext(context.Background(), query)
	must(t, err)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("postgrestest: %v", err)
	}
}
