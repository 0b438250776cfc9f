package provisioning_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/migrations/migrationstest"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/tenantstest"
)

func application(slug string) provisioning.Application {
	return provisioning.Application{Slug: slug, Name: "Maison", OwnerName: "Ada", OwnerEmail: "Ada@exemple.fr", Phone: "04 78 00 12 34",
		Limits: tenants.Limits{Agendas: 1, Members: 2, SMS: 100}}
}

func TestOpeningGivesTheOwnerALinkAndTheHouseItsName(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one, err := w.Desk.Create(t.Context(), application("maison"))
	if err != nil || one.Status != tenants.Trial || one.Slug != "maison" || one.Policy != 1 || one.Limits.SMS != 100 {
		t.Fatalf("%+v, %v", one, err)
	}
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		p, err := catalog.GetProfile(ctx, s)
		if err != nil || p.Name != "Maison" || p.Phone != "+33478001234" {
			t.Errorf("profile %+v, %v", p, err)
		}
		m, err := members.ByEmail(ctx, s, "ada@exemple.fr")
		if m.Role != members.Owner || m.PasswordHash != "" {
			t.Errorf("owner %+v", m)
		}
		if token, err := members.ResetToken(ctx, s, m); err != nil || token == "" {
			t.Errorf("the owner has no link: %v", err)
		}
		return err
	})
}

func TestOfTwoWhoWantOneAddressOneGetsIt(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	got := map[string]int{}
	for range 3 {
		wg.Go(func() {
			_, err := w.Desk.Create(t.Context(), application("maison"))
			key := "ok"
			if err != nil {
				key = fault.As(err).Fields[0].Key
			}
			mu.Lock()
			defer mu.Unlock()
			got[key]++
		})
	}
	wg.Wait()
	if got["ok"] != 1 || got["tenants.slug_taken"] != 2 {
		t.Errorf("got %v", got)
	}
	db := postgrestest.Super(t, w.Address)
	var spare int
	if err := db.QueryRow("SELECT count(*) FROM platform.tenants WHERE state = 'spare'").Scan(&spare); err != nil || spare != migrationstest.Spares-1 {
		t.Errorf("%d spares are left, want %d: a refused sign-up used one up (%v)", spare, migrationstest.Spares-1, err)
	}
}

func TestWithoutASpareItSaysSo(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	for i := range migrationstest.Spares {
		w.Tenant(t, fmt.Sprintf("maison-%d", i))
	}
	if _, err := w.Desk.Create(t.Context(), application("la-derniere")); !fault.HasKey(err, "provisioning.none_left") || !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want none_left", err)
	}
}

func TestACreationCutShortIsFinishedByItsJob(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	db := postgrestest.Super(t, w.Address)
	// The process dies between the claim and the owner's login: here the second
	// transaction cannot write.
	if _, err := db.Exec("REVOKE UPDATE ON t_000001.profile FROM t_000001"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Desk.Create(t.Context(), application("maison")); !postgres.Refused(err) {
		t.Fatalf("got %v, want a refusal", err)
	}
	if _, err := db.Exec("GRANT UPDATE ON t_000001.profile TO t_000001"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Registry.BySlug(t.Context(), "maison"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a half open house answers: %v", err)
	}
	var due time.Time
	if err := db.QueryRow("SELECT due_at FROM platform.jobs WHERE kind = 'provisioning.open' AND tenant = 1 AND state = 'waiting'").Scan(&due); err != nil {
		t.Fatalf("no job is left to finish it: %v", err)
	}
	for range 2 { // the job, and the job again
		if one, err := w.Desk.Open(t.Context(), 1); err != nil || one.Status != tenants.Trial {
			t.Errorf("%+v, %v", one, err)
		}
	}
}

func TestWrongApplicationsNameTheirFields(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	a := application("www")
	a.Name, a.OwnerEmail, a.Phone = "", "nobody", "12"
	_, err := w.Desk.Create(t.Context(), a)
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || len(e.Fields) != 4 {
		t.Fatalf("got %v, want four fields", err)
	}
}
