package migrations_test

import (
	"context"
	"testing"

	"smartagenda/migrations/migrationstest"
)

func TestDatabaseHasSpareTenants(t *testing.T) {
	t.Parallel()
	address := migrationstest.Database(t)
	_ = address
	_ = context.Background()
}
