package postgres

import (
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"

	"smartagenda/configs/platform/fault"
)

// Constraint names the constraint that refused a statement (unique, exclusion,
// check or foreign key), "" for any other error.
func Constraint(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && len(pg.Code) == 5 && pg.Code[:2] == "23" {
		return pg.ConstraintName
	}
	return ""
}

// Refused tells whether PostgreSQL denied the statement to this role.
func Refused(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "42501"
}

// NoRows tells whether the query found nothing.
func NoRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// Found turns "no rows" into a NotFound fault with that message key.
func Found(err error, key string) error {
	if NoRows(err) {
		return fault.New(fault.NotFound, key)
	}
	return err
}

// ErrRetry asks Scope to roll back and run the transaction again, because
// another one got in between in a way that the next run will see.
var ErrRetry = errors.New("postgres: another transaction got in between")

// retryable tells a serialization failure or a deadlock, which running the
// same transaction again resolves.
func retryable(err error) bool {
	if errors.Is(err, ErrRetry) {
		return true
	}
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01")
}

// down classes a failure to begin: what PostgreSQL itself answered is a
// defect of ours, anything else means that it cannot be reached. A wrong
// handle (ErrNoTenant) stays what it is.
func down(err error) error {
	pg, answered := errors.AsType[*pgconn.PgError](err)
	switch {
	case errors.Is(err, ErrNoTenant):
		return err
	case answered && pg.Code[:2] != "53" && pg.Code[:2] != "57" && pg.Code[:2] != "08":
		return err
	}
	return fault.New(fault.Unavailable, "fault.unavailable").Because(err)
}

// InUse tells whether something could not be removed because something else
// still needs it.
func InUse(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == "2BP01"
}
