package site_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/net/html"

	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/policies"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/site"
	"smartagenda/tenants/tenantstest"
)

// stage is two houses and the site as the front serves it.
type stage struct {
	*tenantstest.World
	t    *testing.T
	a, b tenants.Tenant
	app  *fiber.App
}

const domain = "smartagenda.test"

func open(t *testing.T) *stage {
	t.Helper()
	return openWith(t, web.Limits{Limiter: limit.New(nil, "", nil)})
}

func openWith(t *testing.T, limits web.Limits) *stage {
	t.Helper()
	s := &stage{t: t}
	s.World, s.a, s.b = tenantstest.Pair(t)
	texts, err := i18n.New([]fs.FS{phone.Messages, web.Messages, tenants.Messages, booking.Messages, catalog.Messages,
		patients.Messages, policies.Messages, practitioners.Messages, site.Messages}...)
	if err != nil {
		t.Fatal(err)
	}
	texts.OnMissing = func(lang, key, why string) { t.Errorf("%s: %s: %s", lang, key, why) }
	cfg := web.Config{Base: domain, Texts: texts, Secure: true}
	inner := site.Site{Control: s.Control, Limits: limits, Sites: tenants.Sites{Scheme: "https", Domain: domain}}.App(cfg)
	s.app = web.Front(cfg, func(c *fiber.Ctx, h web.Host) (*fiber.App, error) {
		one, err := s.Registry.BySlug(c.UserContext(), h.Label)
		c.SetUserContext(tenants.With(c.UserContext(), one))
		return inner, err
	}, web.Problems)
	return s
}

// send asks the first house's site, or another's by a full address.
func (s *stage) send(method, path string, form url.Values, headers ...string) answer {
	s.t.Helper()
	host := string(s.a.Slug) + "." + domain
	if full, ok := strings.CutPrefix(path, "http://"); ok {
		slash := strings.IndexByte(full, '/')
		host, path = full[:slash], full[slash:]
	}
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, path, body)
	r.Host = host
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := s.app.Test(r, -1)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(b)))
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{res, s.t, method + " " + path, string(b), root}
}

func (s *stage) url(one tenants.Tenant, path string) string {
	return "http://" + string(one.Slug) + "." + domain + path
}

func (s *stage) get(path string, headers ...string) answer {
	s.t.Helper()
	return s.send(http.MethodGet, path, nil, headers...)
}

func (s *stage) post(path string, form url.Values, headers ...string) answer {
	s.t.Helper()
	return s.send(http.MethodPost, path, form, headers...)
}

var paris, _ = calendar.LoadZone("Europe/Paris")

// tuesday is the day after tenantstest.Now, at that time in Paris.
func tuesday(clock string) time.Time {
	return calendar.NewDate(2026, 11, 24).At(tenantstest.At(clock), paris)
}

// form leads to the form for a consultation on Tuesday.
func form(practitioner int64, clock string) string {
	q := url.Values{"debut": {tuesday(clock).UTC().Format(time.RFC3339)}}
	if practitioner != 0 {
		q.Set("avec", fmt.Sprint(practitioner))
	}
	return "/rdv/1/coordonnees?" + q.Encode()
}

// book books a consultation and gives the path of its link.
func (s *stage) book(practitioner int64, clock string) string {
	s.t.Helper()
	path := form(practitioner, clock)
	a := s.post(path, s.get(path).filled()).wants(http.StatusSeeOther)
	return strings.TrimSuffix(a.Header.Get("Location"), "?nouveau=1")
}

// tx is a transaction of the superuser in a house's schema.
func (s *stage) tx(one tenants.Tenant) *sql.Tx {
	s.t.Helper()
	tx, err := postgrestest.Super(s.t, s.Address).Begin()
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := tx.Exec("SET LOCAL search_path TO " + one.ID.Schema() + ", extensions"); err != nil {
		s.t.Fatal(err)
	}
	return tx
}

// count runs a query for one number in a house's schema.
func (s *stage) count(one tenants.Tenant, query string) (n int) {
	s.t.Helper()
	tx := s.tx(one)
	defer tx.Rollback()
	if err := tx.QueryRow(query).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// exec changes the first house past every rule.
func (s *stage) exec(statement string) {
	s.t.Helper()
	tx := s.tx(s.a)
	if _, err := tx.Exec(statement); err != nil {
		s.t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		s.t.Fatal(err)
	}
}

// print is a fingerprint of every row of every schema of ours.
func (s *stage) print() string {
	s.t.Helper()
	db := postgrestest.Super(s.t, s.Address)
	rows, err := db.Query(`SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
		WHERE schemaname ~ '^t_' OR schemaname IN ('control', 'platform') ORDER BY 1`)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			s.t.Fatal(err)
		}
		tables = append(tables, table)
	}
	sum := sha256.New()
	for _, table := range tables {
		var all string
		err := db.QueryRow("SELECT coalesce(string_agg(t::text, E'\n' ORDER BY t::text), '') FROM " + table + " t").Scan(&all)
		if err != nil {
			s.t.Fatal(err)
		}
		fmt.Fprintln(sum, table, all)
	}
	return fmt.Sprintf("%d tables, %x", len(tables), sum.Sum(nil))
}

// change edits the first house.
func (s *stage) change(fn func(ctx context.Context, sc postgres.Scope) error) {
	s.t.Helper()
	s.In(s.t, s.a, fn)
}

// profile edits the first house's description.
func (s *stage) profile(edit func(*catalog.Profile)) {
	s.t.Helper()
	s.change(func(ctx context.Context, sc postgres.Scope) error {
		p, err := catalog.GetProfile(ctx, sc)
		if err != nil {
			return err
		}
		edit(&p)
		return catalog.SaveProfile(ctx, sc, p)
	})
}

// cancelAsMember cancels the only appointment from the Agenda.
func (s *stage) cancelAsMember() {
	s.t.Helper()
	s.change(func(ctx context.Context, sc postgres.Scope) error {
		_, err := booking.Cancel(ctx, sc, booking.Cancellation{Actor: booking.Member(1), Participation: 1})
		return err
	})
}
