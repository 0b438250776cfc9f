// Package postgres opens the database and hands it out in three handles that
// cannot be mistaken for each other: Scope (one tenant, one transaction, bound
// to that tenant's role), Control (SmartAgenda's own rows) and Migrator (the
// owner of everything). It must not know what any table is for.
package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
)

// Pool says how one login reaches one database.
type Pool struct {
	URL string
	// Size bounds the connections; 16 a process is the best measured on two
	// cores, more than 20 is slower.
	Size int
	Name string // application_name, seen by the operator
	// Schema is where names without a schema are looked for, such as those of
	// sessions: a tenant's where this is empty and a Scope says so.
	Schema string
	// Patient lifts the statement timeout: a migration may take long.
	Patient bool
}

// maxLifetime ends a connection before its backend has collected the cached
// catalogue rows of too many schemas (540 MB after 5,000 tenants).
const maxLifetime = 12 * time.Minute

// open connects with the simple protocol: cached plans of pgx's default mode
// break when the search_path changes from one transaction to the next.
func open(ctx context.Context, p Pool, wrap func(driver.Connector) driver.Connector) (*bun.DB, error) {
	cfg, err := pgx.ParseConfig(p.URL)
	if err != nil {
		return nil, fmt.Errorf("postgres: %s: the address is not valid", p.Name) // err would repeat the password
	}
	cfg.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	settings(cfg.RuntimeParams, p)
	db := sql.OpenDB(wrap(stdlib.GetConnector(*cfg)))
	db.SetMaxOpenConns(p.Size)
	db.SetMaxIdleConns(p.Size)
	db.SetConnMaxLifetime(maxLifetime)
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("postgres: %s cannot connect: %w", p.Name, err)
	}
	return bun.NewDB(db, pgdialect.New(), bun.WithDiscardUnknownColumns()), nil
}

func settings(params map[string]string, p Pool) {
	params["application_name"] = p.Name
	params["TimeZone"] = "UTC"
	params["standard_conforming_strings"] = "on" // bun quotes for this setting
	params["client_encoding"] = "UTF8"
	if p.Schema != "" {
		params["search_path"] = p.Schema
	}
	if !p.Patient {
		params["statement_timeout"] = "15s"
		params["idle_in_transaction_session_timeout"] = "30s"
	}
}

func plain(c driver.Connector) driver.Connector { return c }
