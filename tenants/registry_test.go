package tenants_test

import (
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants"
	"smartagenda/tenants/tenantstest"
)

func TestASuspensionIsFeltWithinFiveSeconds(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t)
	status := func() tenants.Status {
		got, err := w.Registry.BySlug(t.Context(), "cabinet-a")
		if err != nil {
			t.Fatal(err)
		}
		return got.Status
	}
	if status() != tenants.Trial {
		t.Fatalf("status %s", status())
	}
	w.Move(t, a, tenants.Suspended)
	w.Clock.Advance(tenants.Fresh - time.Millisecond)
	if status() != tenants.Trial {
		t.Error("the registry was asked again too early: it would be at each request")
	}
	w.Clock.Advance(time.Millisecond)
	if got := status(); got != tenants.Suspended || got.Bookable() || got.Writable() {
		t.Errorf("after %s: %s", tenants.Fresh, got)
	}
	if other, err := w.Registry.BySlug(t.Context(), "cabinet-b"); err != nil || other.Status != tenants.Trial || other.ID != b.ID {
		t.Errorf("the other tenant: %+v, %v", other, err)
	}
}

func TestUnknownAndPurgedAnswerTheSame(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	db := postgrestest.Super(t, w.Address)
	if _, err := db.Exec("UPDATE control.tenants SET status = 'purged' WHERE id = $1", int64(a.ID)); err != nil {
		t.Fatal(err)
	}
	_, purged := w.Registry.BySlug(t.Context(), "cabinet-a")
	_, unknown := w.Registry.BySlug(t.Context(), "never-was")
	if !fault.Is(purged, fault.NotFound) || purged.Error() != unknown.Error() {
		t.Errorf("purged: %v, unknown: %v", purged, unknown)
	}
}

func TestAnOwnDomainFindsItsTenant(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	db := postgrestest.Super(t, w.Address)
	if _, err := db.Exec("INSERT INTO control.domains VALUES ('rdv.cabinet.fr', $1, '2026-01-01Z')", int64(a.ID)); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Registry.ByDomain(t.Context(), "rdv.cabinet.fr"); err != nil || got.ID != a.ID {
		t.Errorf("own domain: %+v, %v", got, err)
	}
	if _, err := w.Registry.ByDomain(t.Context(), "cabinet-a"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a slug is no domain: %v", err)
	}
}

func TestSlugs(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"cabinet-bellecour": "", " Cabinet ": "", "abc": "", "a1b": "", strings.Repeat("a", 40): "",
		"ab": "tenants.slug_form", "": "tenants.slug_form", "-abc": "tenants.slug_form", "abc-": "tenants.slug_form",
		"ca_b": "tenants.slug_form", "é́cole": "tenants.slug_form", "a.b.c": "tenants.slug_form", "xn--abc": "tenants.slug_form",
		strings.Repeat("a", 41): "tenants.slug_form", "a b c": "tenants.slug_form", "abc\n": "", "abc\x00": "tenants.slug_form",
		"www": "tenants.slug_reserved", "ADMIN": "tenants.slug_reserved", "api": "tenants.slug_reserved", "smartagenda": "tenants.slug_reserved",
	} {
		_, err := tenants.ParseSlug(s)
		got := ""
		if err != nil {
			got = fault.As(err).Fields[0].Key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func FuzzParseSlug(f *testing.F) {
	f.Add("cabinet-bellecour")
	f.Add("xn--a")
	f.Fuzz(func(t *testing.T, s string) {
		slug, err := tenants.ParseSlug(s)
		if err == nil && (len(slug) < 3 || len(slug) > 40 || strings.Trim(string(slug), "abcdefghijklmnopqrstuvwxyz0123456789-") != "") {
			t.Errorf("%q was taken as %q", s, slug)
		}
	})
}
