package migrations_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/migrations"
	"smartagenda/migrations/migrationstest"
)

func migrator(t *testing.T) (*postgres.Migrator, string) {
	t.Helper()
	address := migrationstest.Database(t)
	m, err := postgres.OpenMigrator(t.Context(), postgres.Pool{URL: postgrestest.As(address, "smartagenda_migrator"), Size: 6, Name: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.Close() })
	return m, address
}

func query(t *testing.T, m *postgres.Migrator, q string) (n int) {
	t.Helper()
	if err := m.DB().NewRaw(q).Scan(context.Background(), &n); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return n
}

func do(t *testing.T, m *postgres.Migrator, q string) {
	t.Helper()
	if _, err := m.DB().ExecContext(context.Background(), q); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
}

var lagging = fmt.Sprintf("SELECT count(*) FROM platform.tenants WHERE version = %d", migrations.TenantVersion)

var wider = []migrations.Step{{SQL: "ALTER TABLE profile ADD COLUMN motto text NOT NULL DEFAULT ''"}}

func TestRunAgainChangesNothing(t *testing.T) {
	t.Parallel()
	m, _ := migrator(t)
	for range 2 {
		r, err := migrations.Run(t.Context(), m, clock.System())
		if err != nil || r != (migrations.Report{}) {
			t.Errorf("a database at the current version: %+v, %v", r, err)
		}
	}
}

func TestEachSchemaIsMigratedOnce(t *testing.T) {
	t.Parallel()
	m, _ := migrator(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for range 3 { // three processes at once
		wg.Go(func() {
			done, failed, err := migrations.RunTenants(t.Context(), m, wider, false)
			if err != nil || failed > 0 {
				t.Errorf("%d failed, %v", failed, err)
			}
			mu.Lock()
			total += done
			mu.Unlock()
		})
	}
	wg.Wait()
	if n := query(t, m, lagging); total != migrationstest.Spares || n != 0 {
		t.Errorf("%d migrations, %d schemas left, want %d and 0", total, n, migrationstest.Spares)
	}
}

func TestAFailureIsRecordedAndTheOthersGoOn(t *testing.T) {
	t.Parallel()
	m, _ := migrator(t)
	do(t, m, "ALTER TABLE t_000002.profile ADD COLUMN motto text") // in the way
	done, failed, err := migrations.RunTenants(t.Context(), m, wider, false)
	if err != nil || done != migrationstest.Spares-1 || failed != 1 {
		t.Fatalf("done %d, failed %d, %v", done, failed, err)
	}
	if n := query(t, m, "SELECT count(*) FROM platform.tenants WHERE id = 2 AND version < 99 AND last_error LIKE '%already exists%'"); n != 1 {
		t.Error("the failure is not recorded with its tenant")
	}
	do(t, m, "ALTER TABLE t_000002.profile DROP COLUMN motto")
	done, failed, err = migrations.RunTenants(t.Context(), m, wider, false)
	if err != nil || done != 1 || failed != 0 {
		t.Errorf("once mended: done %d, failed %d, %v", done, failed, err)
	}
	if n := query(t, m, "SELECT count(*) FROM platform.tenants WHERE last_error IS NOT NULL"); n != 0 {
		t.Error("the error outlives its cause")
	}
}

func TestASchemaIsMigratedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	m, _ := migrator(t)
	half := []migrations.Step{{SQL: "ALTER TABLE profile ADD COLUMN motto text; SELECT 1/0"}}
	if _, failed, err := migrations.RunTenants(t.Context(), m, half, false); err != nil || failed != migrationstest.Spares {
		t.Fatalf("failed %d, %v", failed, err)
	}
	if n := query(t, m, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'motto'"); n != 0 {
		t.Errorf("%d schemas have half a migration", n)
	}
}

func TestAKilledRunIsResumed(t *testing.T) {
	t.Parallel()
	m, _ := migrator(t)
	ctx, kill := context.WithCancel(t.Context())
	slow := []migrations.Step{{SQL: "SELECT pg_sleep(0.1); ALTER TABLE profile ADD COLUMN motto text"}}
	time.AfterFunc(150*time.Millisecond, kill)
	if _, _, err := migrations.RunTenants(ctx, m, slow, false); err == nil {
		t.Log("the run was faster than the kill")
	}
	if _, failed, err := migrations.RunTenants(t.Context(), m, slow, false); err != nil || failed > 0 {
		t.Fatalf("resumed: failed %d, %v", failed, err)
	}
	if n := query(t, m, lagging); n != 0 {
		t.Errorf("%d schemas were left", n)
	}
}

func TestABusyTenantIsLeftForLater(t *testing.T) {
	t.Parallel()
	m, address := migrator(t)
	busy, err := postgrestest.Super(t, address).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Rollback()
	if _, err := busy.Exec("LOCK TABLE t_000003.profile"); err != nil {
		t.Fatal(err)
	}
	done, failed, err := migrations.RunTenants(t.Context(), m, wider, false)
	if err != nil || done != migrationstest.Spares-1 || failed != 1 {
		t.Errorf("done %d, failed %d, %v: want the busy one alone to wait", done, failed, err)
	}
}

func TestAFailingCanaryKeepsTheOthersAtTheirVersion(t *testing.T) {
	t.Parallel()
	m, _ := migrator(t)
	do(t, m, "UPDATE platform.tenants SET canary = true, version = 0 WHERE id = 1") // replaying step 1 over it fails
	do(t, m, "UPDATE platform.tenants SET version = 0 WHERE id = 2")
	_, err := migrations.Run(t.Context(), m, clock.System())
	if err == nil || !strings.Contains(err.Error(), "canary") {
		t.Fatalf("got %v, want the canary's failure", err)
	}
	if n := query(t, m, "SELECT count(*) FROM platform.tenants WHERE last_error IS NOT NULL AND NOT canary"); n != 0 {
		t.Error("tenants were touched although the canary failed")
	}
}

func TestBuildFinishesWhatWasLeftHalfBuilt(t *testing.T) {
	t.Parallel()
	m, _ := migrator(t)
	do(t, m, "SELECT setval('platform.tenants_id_seq', 900000)") // roles belong to the server: keep away from other tests
	if err := migrations.Announce(t.Context(), m, 2); err != nil {
		t.Fatal(err)
	}
	before, _ := migrations.Spares(t.Context(), m)
	if err := migrations.Fill(t.Context(), m, before+2); err != nil {
		t.Fatal(err)
	}
	after, _ := migrations.Spares(t.Context(), m)
	if n := query(t, m, "SELECT count(*) FROM platform.tenants WHERE state = 'building'"); n != 0 || after != before+2 {
		t.Errorf("%d half built, %d spares, want 0 and %d", n, after, before+2)
	}
}

func TestTheNumbersOfStepsHaveNoGap(t *testing.T) {
	t.Parallel()
	for name, files := range map[string][]string{
		"a gap": {"0001_a.sql", "0003_b.sql"}, "two of one number": {"0001_a.sql", "0001_b.sql"}, "no number": {"0x_a.sql"}, "none": nil,
	} {
		fsys := fstest.MapFS{}
		for _, f := range files {
			fsys["dir/"+f] = &fstest.MapFile{Data: []byte("SELECT 1")}
		}
		if err := migrations.ReadSteps(fsys, "dir"); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
