package postgres

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// A read-only scope sends nothing to begin and nothing to end: each of its
// statements is a transaction of its own, bound to the tenant, in one round
// trip instead of three. That loses nothing, because a transaction at READ
// COMMITTED shows each statement its own snapshot anyway.

// bind begins a transaction as the tenant; SET LOCAL ends with it, so nothing
// survives on the connection.
func (b beginning) bind() string {
	begin := "BEGIN"
	if b.readOnly {
		begin = "BEGIN READ ONLY"
	}
	name := b.tenant.Schema()
	return begin + "; SET LOCAL ROLE " + name + "; SET LOCAL search_path TO " + name + ", extensions"
}

// results counts what bind gives before the statement's own result.
const results = 3

// readOnce runs one statement in a transaction of its own.
func (c *tenantConn) readOnce(ctx context.Context, b beginning, query string) (driver.Rows, error) {
	all := c.pg().Exec(ctx, b.bind()+"; "+query+"\n; COMMIT") // a comment may end the query
	for range results + 1 {
		if !all.NextResult() {
			return nil, c.settle(all)
		}
	}
	r := &rows{conn: c, all: all, one: all.ResultReader()}
	for _, f := range r.one.FieldDescriptions() {
		r.names = append(r.names, f.Name)
		r.types = append(r.types, f.DataTypeOID)
	}
	return r, nil
}

// settle reads the answer to its end and leaves no transaction open.
func (c *tenantConn) settle(all *pgconn.MultiResultReader) error {
	err := all.Close()
	if !c.pg().IsClosed() && c.pg().TxStatus() != 'I' {
		_ = c.send("ROLLBACK")
	}
	return err
}

// rows are the result of a readOnce.
type rows struct {
	conn  *tenantConn
	all   *pgconn.MultiResultReader
	one   *pgconn.ResultReader
	names []string
	types []uint32
	done  bool
}

// Columns names them.
func (r *rows) Columns() []string { return r.names }

// Next decodes one row; after the last, the transaction is over.
func (r *rows) Next(dest []driver.Value) error {
	if r.done {
		return io.EOF
	}
	if !r.one.NextRow() {
		if err := r.Close(); err != nil {
			return err
		}
		return io.EOF
	}
	for i, raw := range r.one.Values() {
		var err error
		if dest[i], err = r.decode(i, raw); err != nil {
			return fmt.Errorf("postgres: column %s: %w", r.names[i], err)
		}
	}
	return nil
}

// Close ends the transaction, whatever was read of it.
func (r *rows) Close() error {
	if r.done {
		return nil
	}
	r.done = true
	return r.conn.settle(r.all)
}

// decode turns a column's text into what database/sql takes, as pgx's own
// driver does.
func (r *rows) decode(i int, raw []byte) (driver.Value, error) {
	if raw == nil {
		return nil, nil
	}
	m := r.conn.Conn.Conn().TypeMap()
	switch oid := r.types[i]; oid {
	case pgtype.BoolOID:
		return scanned[bool](m, oid, raw)
	case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID, pgtype.OIDOID:
		return scanned[int64](m, oid, raw)
	case pgtype.Float4OID, pgtype.Float8OID:
		return scanned[float64](m, oid, raw)
	case pgtype.DateOID, pgtype.TimestampOID, pgtype.TimestamptzOID:
		return scanned[time.Time](m, oid, raw)
	case pgtype.JSONOID, pgtype.JSONBOID:
		return append([]byte(nil), raw...), nil
	case pgtype.ByteaOID:
		return scanned[[]byte](m, oid, raw)
	}
	return string(raw), nil
}

func scanned[T any](m *pgtype.Map, oid uint32, raw []byte) (value T, err error) {
	return value, m.Scan(oid, pgtype.TextFormatCode, raw, &value)
}
