package journal_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/tenantstest"
)

func TestActsAreFoundAgainNewestFirst(t *testing.T) {
	t.Parallel()
	w, a, _ := tenantstest.Pair(t)
	c := w.Console(t)
	nour, err := staff.Add(t.Context(), c, staff.Person{Email: "n@smartagenda.test", Name: "Nour", Role: staff.Admin})
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range []journal.Entry{
		{Staff: nour, Act: "staff.sign_in", Subject: nour},
		{Staff: nour, Act: "tenant.suspend", Tenant: a.ID, Facts: map[string]any{"from": "active"}},
		{Act: "tenant.suspend", Tenant: a.ID},
	} {
		if i > 0 {
			w.Clock.Advance(time.Hour)
		}
		if err := journal.Write(t.Context(), c, e); err != nil {
			t.Fatal(err)
		}
	}
	now := tenantstest.Now
	for name, try := range map[string]struct {
		filter journal.Filter
		want   int
	}{
		"all":        {journal.Filter{}, 3},
		"by person":  {journal.Filter{Staff: nour}, 2},
		"by act":     {journal.Filter{Act: "tenant.suspend"}, 2},
		"by tenant":  {journal.Filter{Tenant: a.ID}, 2},
		"from":       {journal.Filter{From: now.Add(time.Hour)}, 2},
		"until":      {journal.Filter{Until: now.Add(time.Hour)}, 1},
		"all of it":  {journal.Filter{Staff: nour, Act: "tenant.suspend", Tenant: a.ID, From: now, Until: now.Add(2 * time.Hour)}, 1},
		"of nobody":  {journal.Filter{Staff: 99}, 0},
		"other acts": {journal.Filter{Act: "nothing.at_all"}, 0},
	} {
		list, total, err := journal.List(t.Context(), c, try.filter, journal.Slice{Limit: 10})
		if err != nil || total != try.want || len(list) != try.want {
			t.Errorf("%s: %d of %d, %v, want %d", name, len(list), total, err, try.want)
		}
	}
	list, total, err := journal.List(t.Context(), c, journal.Filter{}, journal.Slice{Offset: 1, Limit: 1})
	if err != nil || total != 3 || len(list) != 1 || list[0].Act != "tenant.suspend" || list[0].Staff != nour || list[0].Facts["from"] != "active" || !list[0].At.Equal(now.Add(time.Hour)) {
		t.Errorf("%+v of %d, %v", list, total, err)
	}
	if acts, err := journal.Acts(t.Context(), c); err != nil || len(acts) != 2 {
		t.Errorf("%v, %v", acts, err)
	}
}

func TestAnActThatWasRolledBackIsNotInTheJournal(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	c := w.Console(t)
	stop := errors.New("stop")
	err := c.InTx(t.Context(), func(ctx context.Context, c *postgres.Control) error {
		if err := journal.Write(ctx, c, journal.Entry{Act: "staff.sign_in"}); err != nil {
			return err
		}
		return stop
	})
	if _, total, listed := journal.List(t.Context(), c, journal.Filter{}, journal.Slice{Limit: 1}); !errors.Is(err, stop) || listed != nil || total != 0 {
		t.Errorf("%v, %v, %d entries", err, listed, total)
	}
}
