package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// ErrNoTenant is what a query gets that was not started through a Scope.
var ErrNoTenant = errors.New("postgres: no tenant: this connection serves tenant transactions only")

type tenantKey struct{}

// beginning is what a Scope asks of the connection it begins on.
type beginning struct {
	tenant   Tenant
	readOnly bool
}

// tenantConnector makes connections that do nothing outside a tenant's
// transaction. database/sql never sees a usable connection without a tenant,
// so a forgotten tenant is an error instead of a leak.
type tenantConnector struct{ base driver.Connector }

func tenantOnly(base driver.Connector) driver.Connector { return tenantConnector{base} }

func (c tenantConnector) Driver() driver.Driver { return c.base.Driver() }

func (c tenantConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.base.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &tenantConn{Conn: conn.(*stdlib.Conn)}, nil
}

type tenantConn struct {
	*stdlib.Conn
	inTx  bool
	reads *beginning // of a read-only scope, whose statements stand alone
}

func (c *tenantConn) pg() *pgconn.PgConn { return c.Conn.Conn().PgConn() }

// BeginTx opens the transaction and binds it to the tenant in one round trip.
func (c *tenantConn) BeginTx(ctx context.Context, _ driver.TxOptions) (driver.Tx, error) {
	b, ok := ctx.Value(tenantKey{}).(beginning)
	if !ok {
		return nil, ErrNoTenant
	}
	if b.readOnly {
		c.reads = &b
		return tenantTx{c}, nil
	}
	if err := c.pg().Exec(ctx, b.bind()).Close(); err != nil {
		_ = c.end("ROLLBACK")
		return nil, err
	}
	c.inTx = true
	return tenantTx{c}, nil
}

// end finishes whatever transaction is open, whatever became of the caller's
// context; a connection that cannot is closed, never handed on.
func (c *tenantConn) end(how string) error {
	c.inTx = false
	return c.send(how)
}

func (c *tenantConn) send(how string) error {
	if c.pg().IsClosed() {
		return driver.ErrBadConn
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	tag, err := c.Conn.Conn().Exec(ctx, how)
	if err == nil && how == "COMMIT" && tag.String() == "ROLLBACK" {
		err = errors.New("postgres: the transaction had failed and was rolled back") // a swallowed error inside
	}
	if err != nil && c.pg().TxStatus() != 'I' {
		_ = c.Conn.Close()
	}
	return err
}

func (c *tenantConn) Begin() (driver.Tx, error) { return nil, ErrNoTenant }

func (c *tenantConn) QueryContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Rows, error) {
	switch {
	case len(args) > 0:
		return nil, errArguments
	case c.reads != nil:
		return c.readOnce(ctx, *c.reads, q)
	case !c.inTx:
		return nil, ErrNoTenant
	}
	return c.Conn.QueryContext(ctx, q, nil)
}

func (c *tenantConn) ExecContext(ctx context.Context, q string, args []driver.NamedValue) (driver.Result, error) {
	switch {
	case len(args) > 0:
		return nil, errArguments
	case c.reads != nil:
		rows, err := c.readOnce(ctx, *c.reads, q)
		if err != nil {
			return nil, err
		}
		return driver.RowsAffected(0), rows.Close()
	case !c.inTx:
		return nil, ErrNoTenant
	}
	return c.Conn.ExecContext(ctx, q, nil)
}

// errArguments: bun writes values into the statement itself.
var errArguments = errors.New("postgres: statements go through bun, which leaves no arguments")

func (c *tenantConn) PrepareContext(context.Context, string) (driver.Stmt, error) {
	return nil, errors.New("postgres: prepared statements break across schemas")
}

func (c *tenantConn) Prepare(string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), "")
}

// IsValid is asked before the connection goes back to the pool.
func (c *tenantConn) IsValid() bool {
	return !c.inTx && c.reads == nil && !c.pg().IsClosed() && c.pg().TxStatus() == 'I'
}

type tenantTx struct{ c *tenantConn }

func (t tenantTx) Commit() error   { return t.finish("COMMIT") }
func (t tenantTx) Rollback() error { return t.finish("ROLLBACK") }

// finish has nothing to send for a read-only scope.
func (t tenantTx) finish(how string) error {
	if t.c.reads == nil {
		return t.c.end(how)
	}
	t.c.reads = nil
	if t.c.pg().IsClosed() {
		return driver.ErrBadConn
	}
	return nil
}
