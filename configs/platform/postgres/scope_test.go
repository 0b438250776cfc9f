package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/migrations/migrationstest"
)

func control(t testing.TB, connections int) *postgres.Control {
	t.Helper()
	l := migrationstest.Logins(migrationstest.Database(t))
	c, err := postgres.OpenControl(t.Context(), postgres.Config{
		App:      postgres.Pool{URL: l.App, Size: connections, Name: "test app"},
		Platform: postgres.Pool{URL: l.Platform, Size: 4, Name: "test platform"},
		Clock:    clock.System(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// sign writes the tenant's number into the tenant's own profile.
func sign(ctx context.Context, s postgres.Scope) error {
	_, err := s.DB().ExecContext(ctx, "UPDATE profile SET name = ?", s.Tenant().String())
	return err
}

func signature(ctx context.Context, s postgres.Scope) (name, role string, err error) {
	err = s.DB().QueryRowContext(ctx, "SELECT name, current_user FROM profile").Scan(&name, &role)
	return name, role, err
}

// Many goroutines, few connections, and half of the transactions end badly: by
// an error of the caller, of PostgreSQL, a panic, or a context that ends at a
// random moment. Whoever comes next on the connection must be in their own
// tenant, or get an error.
func TestNoConnectionEverServesAnotherTenant(t *testing.T) {
	t.Parallel()
	c := control(t, 3)
	for id := postgres.Tenant(1); id <= migrationstest.Spares; id++ {
		if err := c.Scope(t.Context(), id, sign); err != nil {
			t.Fatal(err)
		}
	}
	var wg sync.WaitGroup
	for worker := range 12 {
		wg.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(worker), 7))
			for range 120 {
				id := postgres.Tenant(1 + dice.IntN(migrationstest.Spares))
				misbehave(t, c, id, dice)
				err := c.ReadScope(t.Context(), id, func(ctx context.Context, s postgres.Scope) error {
					name, role, err := signature(ctx, s)
					if err == nil && (name != id.String() || role != id.Schema()) {
						t.Errorf("as tenant %d: read %q as role %q", id, name, role)
					}
					return err
				})
				if err != nil {
					t.Errorf("tenant %d: a healthy transaction failed: %v", id, err)
				}
			}
		})
	}
	wg.Wait()
}

var errOnPurpose = errors.New("on purpose")

func misbehave(t *testing.T, c *postgres.Control, id postgres.Tenant, dice *rand.Rand) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	how, wait := dice.IntN(6), time.Duration(dice.IntN(800))*time.Microsecond
	defer func() { _ = recover() }()
	_ = c.Scope(ctx, id, func(ctx context.Context, s postgres.Scope) error {
		switch how {
		case 0:
			return errOnPurpose
		case 1:
			_, err := s.DB().ExecContext(ctx, "SELECT 1/0")
			return err
		case 2:
			panic("on purpose")
		case 3: // the caller goes while PostgreSQL works
			go func() { time.Sleep(wait); cancel() }()
			_, err := s.DB().ExecContext(ctx, "SELECT pg_sleep(0.0005)")
			return err
		case 4: // the caller goes and nobody notices before the commit
			cancel()
			return nil
		}
		return sign(ctx, s)
	})
}

func TestAnErrorThatTheCallerSwallowsIsNotCommitted(t *testing.T) {
	t.Parallel()
	c := control(t, 2)
	err := c.Scope(t.Context(), 1, func(ctx context.Context, s postgres.Scope) error {
		if err := sign(ctx, s); err != nil {
			return err
		}
		_, _ = s.DB().ExecContext(ctx, "SELECT 1/0") // forgotten
		return nil
	})
	if err == nil {
		t.Error("a transaction that PostgreSQL rolled back was reported as committed")
	}
}

func TestAnotherTenantIsRefusedByPostgreSQL(t *testing.T) {
	t.Parallel()
	c := control(t, 2)
	for _, query := range []string{
		"SELECT * FROM t_000002.patients", "INSERT INTO t_000002.rules VALUES (2, 1)", "DELETE FROM t_000002.sessions",
		"SELECT * FROM control.tenants", "SELECT * FROM vault.keys", "SELECT * FROM platform.jobs",
		"UPDATE audit SET act = 'x.y'", "DELETE FROM audit", "CREATE TABLE t_000001.mine ()", "CREATE TEMP TABLE mine ()",
		"SELECT platform.calling_tenant()",
	} {
		err := c.Scope(t.Context(), 1, func(ctx context.Context, s postgres.Scope) error {
			_, err := s.DB().ExecContext(ctx, query)
			return err
		})
		if !postgres.Refused(err) {
			t.Errorf("%s: got %v, want a refusal", query, err)
		}
	}
}

func TestAQueryWithoutATenantFails(t *testing.T) {
	t.Parallel()
	address := migrationstest.Database(t)
	c, err := postgres.OpenControl(t.Context(), postgres.Config{
		// The application's login through the pool that has no guard: what is
		// left is PostgreSQL itself.
		Platform: postgres.Pool{URL: migrationstest.Logins(address).App, Size: 2, Name: "test"},
		Clock:    clock.System(),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.DB().ExecContext(t.Context(), "SELECT * FROM t_000001.patients"); !postgres.Refused(err) {
		t.Errorf("the login itself reads a tenant: %v", err)
	}
	if _, err := c.DB().ExecContext(t.Context(), "SELECT platform.put_job('a.b', 1, '2026-01-01Z')"); !postgres.Refused(err) {
		t.Errorf("the login itself puts a job: %v", err)
	}
	err = c.Scope(t.Context(), 1, func(context.Context, postgres.Scope) error { return nil })
	if !errors.Is(err, postgres.ErrNoTenant) {
		t.Errorf("a Scope without a tenant pool: %v", err)
	}
}

func TestAConnectionRefusesWhatNoScopeBegan(t *testing.T) {
	t.Parallel()
	c := control(t, 2)
	for name, try := range postgres.BypassAttempts(t.Context(), c) {
		if err := try(); !errors.Is(err, postgres.ErrNoTenant) {
			t.Errorf("%s: got %v, want ErrNoTenant", name, err)
		}
	}
	for _, id := range []postgres.Tenant{0, -1, 1_000_000_000} {
		if err := c.Scope(t.Context(), id, sign); !errors.Is(err, postgres.ErrNoTenant) {
			t.Errorf("tenant %d: got %v, want ErrNoTenant", id, err)
		}
	}
}

func TestATenantThatDoesNotExistFailsAndLeavesTheConnectionUsable(t *testing.T) {
	t.Parallel()
	c := control(t, 1)
	for range 3 {
		if err := c.Scope(t.Context(), 999, sign); err == nil {
			t.Fatal("a tenant without a schema was served")
		}
		if err := c.Scope(t.Context(), 1, sign); err != nil {
			t.Fatalf("the only connection is lost: %v", err)
		}
	}
}

func TestAReadScopeCannotWrite(t *testing.T) {
	t.Parallel()
	c := control(t, 1)
	if err := c.ReadScope(t.Context(), 1, sign); err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("got %v, want a read-only refusal", err)
	}
}

// Both ways of reading must give a caller the same Go values.
func TestAReadScopeReadsAsAScopeDoes(t *testing.T) {
	t.Parallel()
	c := control(t, 1)
	const query = `SELECT 1::smallint, -2::integer, 9223372036854775807::bigint, 1.5::float8, true, 'é ''\'::text, NULL::text, '\x00ff'::bytea,
		'2026-11-23 10:20:30.123456+01'::timestamptz, '2026-11-23'::date, '09:30'::time, 12.50::numeric, '{1,NULL,3}'::bigint[],
		'{"a": [1]}'::jsonb, '6f1b4d5e-0000-4000-8000-000000000001'::uuid, '[2026-01-01Z,2026-01-02Z)'::tstzrange, current_user -- a comment`
	read := func(scope func(context.Context, postgres.Tenant, func(context.Context, postgres.Scope) error) error) (values []any) {
		err := scope(t.Context(), 2, func(ctx context.Context, s postgres.Scope) error {
			rows, err := s.DB().QueryContext(ctx, query)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				columns, _ := rows.Columns()
				values = make([]any, len(columns))
				into := make([]any, len(columns))
				for i := range values {
					into[i] = &values[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				values = append(values, strings.Join(columns, " "))
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
		return values
	}
	whole, alone := read(c.Scope), read(c.ReadScope)
	if len(whole) != 18 || len(alone) != 18 {
		t.Fatalf("%d and %d values", len(whole), len(alone))
	}
	for i := range whole {
		if !reflect.DeepEqual(whole[i], alone[i]) {
			t.Errorf("column %d: %T %v in a Scope, %T %v in a ReadScope", i, whole[i], whole[i], alone[i], alone[i])
		}
	}
}

func TestAReadScopeGoesOnAfterAnErrorAndLeavesNothingOpen(t *testing.T) {
	t.Parallel()
	c := control(t, 1)
	for range 3 {
		err := c.ReadScope(t.Context(), 1, func(ctx context.Context, s postgres.Scope) error {
			for _, bad := range []string{"SELECT 1/0", "SELECT nothing", "SELEKT", "SELECT 1/(n-3) FROM generate_series(1, 5) n"} {
				if rows, err := s.DB().QueryContext(ctx, bad); err == nil {
					for rows.Next() {
					}
					if rows.Err() == nil {
						t.Errorf("%s succeeded", bad)
					}
					rows.Close()
				}
			}
			rows, err := s.DB().QueryContext(ctx, "SELECT generate_series(1, 100000)")
			if err != nil {
				return err
			}
			rows.Next()
			rows.Close() // long before the end
			_, role, err := signature(ctx, s)
			if role != "t_000001" {
				t.Errorf("role %q", role)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Scope(t.Context(), 2, sign); err != nil {
		t.Errorf("the only connection is not clean: %v", err)
	}
}

func TestAJobBelongsToTheTenantOfTheTransaction(t *testing.T) {
	t.Parallel()
	address := migrationstest.Database(t)
	db := postgrestest.Open(t, address, "smartagenda_app")
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, role := range []string{"t_000001", "t_000002"} {
		_, err := conn.ExecContext(t.Context(), fmt.Sprintf("BEGIN; SET LOCAL ROLE %s; SELECT platform.put_job('a.b', 7, '2026-01-01Z'); COMMIT", role))
		if err != nil {
			t.Fatal(err)
		}
	}
	var owners string
	super := postgrestest.Super(t, address)
	if err := super.QueryRow("SELECT string_agg(tenant::text, ',' ORDER BY tenant) FROM platform.jobs").Scan(&owners); err != nil || owners != "1,2" {
		t.Errorf("owners %q, %v; want 1,2", owners, err)
	}
}

func TestSerializationFailuresAreTriedAgain(t *testing.T) {
	t.Parallel()
	c := control(t, 2)
	tries := 0
	err := c.Scope(t.Context(), 1, func(ctx context.Context, s postgres.Scope) error {
		if tries++; tries < 3 {
			_, err := s.DB().ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = 'serialization_failure'; END $$")
			return err
		}
		return sign(ctx, s)
	})
	if err != nil || tries != 3 {
		t.Errorf("%d tries, %v; want success at the third", tries, err)
	}
}

func TestTheClockOfATransactionStandsStill(t *testing.T) {
	t.Parallel()
	c := control(t, 1)
	_ = c.Scope(t.Context(), 1, func(_ context.Context, s postgres.Scope) error {
		before := s.Now()
		time.Sleep(2 * time.Millisecond)
		if !s.Now().Equal(before) {
			t.Error("one transaction has two times")
		}
		return nil
	})
}

func TestADatabaseThatIsDownIsUnavailable(t *testing.T) {
	t.Parallel()
	c := control(t, 1)
	_ = c.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	if err := c.Scope(ctx, 1, sign); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
}
