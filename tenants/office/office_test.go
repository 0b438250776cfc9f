package office_test

import (
	"context"
	"database/sql"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/queue/redistest"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/signin"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/instructions"
	"smartagenda/tenants/members"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/office"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
	"smartagenda/tenants/tenantstest"
)

const (
	base     = "smartagenda.test"
	password = "trois lapins bleus en gare"
)

// hash is password's, made once: each costs tens of milliseconds.
var hash = sync.OnceValue(func() string {
	h, err := secure.Hash(context.Background(), password)
	if err != nil {
		panic(err)
	}
	return h
})

var paris, _ = calendar.LoadZone("Europe/Paris")

// Ids of what a scene puts into both houses, beside what tenantstest does.
const (
	owner  = 1 // members
	reader = 2
)

// scene is two houses, and the Agenda as it is served.
type scene struct {
	*tenantstest.World
	t     testing.TB
	a, b  tenants.Tenant
	front *fiber.App
}

func open(t testing.TB) *scene { return openWith(t, web.Config{}, web.Limits{}) }

func openWith(t testing.TB, cfg web.Config, limits web.Limits) *scene {
	t.Helper()
	s := &scene{t: t}
	s.World, s.a, s.b = tenantstest.Pair(t)
	for _, one := range []tenants.Tenant{s.a, s.b} {
		s.In(t, one, func(ctx context.Context, sc postgres.Scope) error {
			if err := members.SetPassword(ctx, sc, owner, hash()); err != nil {
				return err
			}
			id, err := members.Add(ctx, sc, members.Member{Email: "reader@" + string(one.Slug) + ".test", Name: "Rita Lise", Role: members.Reader})
			if err != nil {
				return err
			}
			return members.SetPassword(ctx, sc, id, hash())
		})
	}
	limits.Limiter = limiter(t, s)
	cfg.Base, cfg.Texts = base, texts(t)
	s.serve(cfg, office.Office{Control: s.Control, Sites: tenants.Sites{Scheme: "https", Domain: base}, Limits: limits})
	return s
}

func (s *scene) serve(cfg web.Config, o office.Office) {
	app := o.App(cfg)
	s.front = web.Front(cfg, func(c *fiber.Ctx, h web.Host) (*fiber.App, error) {
		one, err := s.Registry.BySlug(c.UserContext(), h.Label)
		c.SetUserContext(tenants.With(c.UserContext(), one))
		return app, err
	}, web.Problems)
}

func limiter(t testing.TB, s *scene) *limit.Limiter {
	t.Helper()
	return limit.New(redistest.Open(t), "office-test:", s.Clock)
}

// texts are the sentences of every room that the Agenda speaks for; a missing
// one fails the test.
func texts(t testing.TB) *i18n.Bundle {
	t.Helper()
	b, err := i18n.New(phone.Messages, secure.Messages, session.Messages, signin.Messages, web.Messages, tenants.Messages, booking.Messages,
		catalog.Messages, instructions.Messages, members.Messages, messages.Messages, office.Messages, subscriptions.Messages, provisioning.Messages, patients.Messages, practitioners.Messages)
	if err != nil {
		t.Fatal(err)
	}
	b.OnMissing = func(lang, key, why string) { t.Errorf("%s: %s: %s", lang, key, why) }
	return b
}

// tuesday is the day after tenantstest.Now, at that time in Paris.
func tuesday(clock string) time.Time {
	return calendar.NewDate(2026, 11, 24).At(tenantstest.At(clock), paris)
}

// book makes an appointment of a house, by default Camille's on Tuesday at
// 10:20 with Ada.
func (s *scene) book(one tenants.Tenant, change func(*booking.Request)) (a booking.Appointment) {
	s.t.Helper()
	r := booking.Request{Actor: booking.Visitor, Source: booking.FromSite, Service: tenantstest.Consult, Practitioner: tenantstest.Ada,
		Start: tuesday("10:20"), Reason: "Renouvellement", Policy: 1,
		Person: patients.Draft{FirstName: "Camille", LastName: "Roussel", Email: "camille@exemple.fr", Phone: "06 12 34 56 78"}}
	if change != nil {
		change(&r)
	}
	s.In(s.t, one, func(ctx context.Context, sc postgres.Scope) (err error) {
		a, err = booking.Reserve(ctx, sc, r)
		return err
	})
	return a
}

// sql runs a statement as the superuser in the tenant's schema.
func (s *scene) sql(one tenants.Tenant, statement string, args ...any) {
	s.t.Helper()
	s.super(one, func(q *sql.Tx) error {
		_, err := q.Exec(statement, args...)
		return err
	})
}

// count is the number that a query gives, asked in the same way.
func (s *scene) count(one tenants.Tenant, query string) (n int) {
	s.t.Helper()
	s.super(one, func(q *sql.Tx) error { return q.QueryRow(query).Scan(&n) })
	return n
}

func (s *scene) super(one tenants.Tenant, do func(*sql.Tx) error) {
	s.t.Helper()
	db := postgrestest.Super(s.t, s.Address)
	tx, err := db.Begin()
	if err != nil {
		s.t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("SET LOCAL search_path TO " + one.ID.Schema() + ", extensions"); err != nil {
		s.t.Fatal(err)
	}
	if err := do(tx); err != nil {
		s.t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		s.t.Fatal(err)
	}
}

// suspend rests a subscription.
func (s *scene) suspend(one tenants.Tenant) {
	s.t.Helper()
	s.Move(s.t, one, tenants.Suspended)
	s.Registry.Forget()
}
