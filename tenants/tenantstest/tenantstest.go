// Package tenantstest gives a test a database with tenants in it, two of them
// with rows of the same ids where the test is about keeping them apart. It must
// not know what is tested.
package tenantstest

import (
	"context"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/keyring"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/secure"
	"smartagenda/migrations/migrationstest"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/policies"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/provisioning"
)

// Now is when tests take place: Monday 23 November 2026, 8:00 in Paris.
var Now = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// World is one database and what reaches it.
type World struct {
	Address  string // for the superuser
	Clock    *clock.Clock
	Control  *postgres.Control
	Keys     *keyring.Keyring
	Registry *tenants.Registry
	Desk     provisioning.Desk
}

// New makes a world without tenants, whose clock stands at Now.
func New(t testing.TB) *World {
	t.Helper()
	w := &World{Address: migrationstest.Database(t), Clock: clock.Fixed(Now)}
	l := migrationstest.Logins(w.Address)
	var err error
	w.Control, err = postgres.OpenControl(context.Background(), postgres.Config{
		App:      postgres.Pool{URL: l.App, Size: 8, Name: "test app"},
		Platform: postgres.Pool{URL: l.Platform, Size: 4, Name: "test platform", Schema: "control"},
		Clock:    w.Clock,
	})
	must(t, err)
	t.Cleanup(func() { _ = w.Control.Close() })
	master, err := secure.ParseMaster(strings.Repeat("5a", 32))
	must(t, err)
	w.Keys = keyring.New(w.Control, master)
	w.Control.UseKeys(w.Keys)
	w.Registry = tenants.NewRegistry(w.Control)
	w.Desk = provisioning.Desk{Control: w.Control, Keys: w.Keys}
	must(t, policies.Begin(context.Background(), w.Control))
	return w
}

// Tenant opens a tenant with an empty house.
func (w *World) Tenant(t testing.TB, slug string) tenants.Tenant {
	t.Helper()
	one, err := w.Desk.Create(context.Background(), provisioning.Application{
		Slug: slug, Name: "Maison " + slug, OwnerName: "Ada Martin", OwnerEmail: "owner@" + slug + ".test", Phone: "04 78 00 12 34",
		Limits: tenants.Limits{Agendas: 5, Members: 10, SMS: 500},
	})
	must(t, err)
	return one
}

// Console is a Control of the console's login: it makes no Scope.
func (w *World) Console(t testing.TB) *postgres.Control {
	t.Helper()
	c, err := postgres.OpenControl(context.Background(), postgres.Config{
		Platform: postgres.Pool{URL: migrationstest.Logins(w.Address).Console, Size: 4, Name: "test console", Schema: "control"}, Clock: w.Clock,
	})
	must(t, err)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// Move puts a tenant's subscription into a state, whatever it was in.
func (w *World) Move(t testing.TB, one tenants.Tenant, to tenants.Status) {
	t.Helper()
	_, err := postgrestest.Super(t, w.Address).Exec("UPDATE control.tenants SET status = $1 WHERE id = $2", to, int64(one.ID))
	must(t, err)
}

// Pair opens two tenants whose rows carry the same ids: what is named in one
// exists in the other too, so an id that is not bound to its tenant is found out.
func Pair(t testing.TB) (w *World, a, b tenants.Tenant) {
	t.Helper()
	w = New(t)
	a, b = w.Tenant(t, "cabinet-a"), w.Tenant(t, "cabinet-b")
	w.Furnish(t, a)
	w.Furnish(t, b)
	return w, a, b
}

// Ids of what Furnish puts into a house.
const (
	Location = 1
	Ada      = 1 // practitioners
	Basile   = 2
	Consult  = 1 // 20 minutes, online, by both
	Exam     = 2 // 30 minutes with 10 after, on request, by Ada
	Inside   = 3 // 60 minutes, for members only, by Ada
)

// Furnish gives the house two practitioners, there from Monday to Friday, 9 to
// 12 and 14 to 18, and three services.
func (w *World) Furnish(t testing.TB, one tenants.Tenant) {
	t.Helper()
	w.In(t, one, func(ctx context.Context, s postgres.Scope) error {
		p, err := catalog.GetProfile(ctx, s)
		must(t, err)
		p.Trade, p.Phone, p.Email = "Médecine générale", "+33478001234", "bonjour@"+string(one.Slug)+".test"
		must(t, catalog.SaveProfile(ctx, s, p))
		_, err = catalog.AddLocation(ctx, s, catalog.Location{Name: "Cabinet", Street: "12 rue de la République", Postcode: "69002", City: "Lyon"})
		must(t, err)
		for _, name := range []string{"Ada Martin", "Basile Petit"} {
			id, err := practitioners.Add(ctx, s, practitioners.Practitioner{Name: "Dr " + name, ShortName: name})
			must(t, err)
			for day := 1; day <= 5; day++ {
				for _, hours := range [][2]string{{"09:00", "12:00"}, {"14:00", "18:00"}} {
					must(t, practitioners.AddOpening(ctx, s, practitioners.Opening{PractitionerID: id, LocationID: Location, Weekday: day,
						Opens: At(hours[0]), Closes: At(hours[1])}))
				}
			}
		}
		price := 3000
		base := catalog.Service{Mode: catalog.Online, Reason: catalog.OptionalReason, Minutes: 20, GridMinutes: 20, NoticeMinutes: 60,
			HorizonDays: 60, CancelMinutes: 1440, MoveMinutes: 1440, Capacity: 1, Hue: 1, PriceCents: &price}
		consult, exam, inside := base, base, base
		consult.Name, exam.Name, inside.Name = "Consultation", "Bilan", "Réunion"
		exam.Mode, exam.Minutes, exam.GridMinutes, exam.AfterMinutes = catalog.Request, 30, 30, 10
		inside.Mode, inside.Minutes = catalog.Internal, 60
		for i, v := range []catalog.Service{consult, exam, inside} {
			id, err := catalog.AddService(ctx, s, v)
			must(t, err)
			must(t, practitioners.Teach(ctx, s, practitioners.Skill{ServiceID: id, PractitionerID: Ada}))
			if i == 0 {
				must(t, practitioners.Teach(ctx, s, practitioners.Skill{ServiceID: id, PractitionerID: Basile}))
			}
		}
		return nil
	})
}

// In runs fn in a transaction of the tenant; an error ends the test.
func (w *World) In(t testing.TB, one tenants.Tenant, fn func(context.Context, postgres.Scope) error) {
	t.Helper()
	must(t, w.Control.Scope(context.Background(), one.ID, fn))
}

// At reads a time of day, "09:30".
func At(s string) calendar.TimeOfDay {
	m, err := calendar.ParseTimeOfDay(s)
	if err != nil {
		panic(err)
	}
	return m
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("tenantstest: %v", err)
	}
}
