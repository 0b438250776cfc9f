package professionals_test

import (
	"testing"
	"time"

	"smartagenda/admin/professionals"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants"
	"smartagenda/tenants/activity"
	"smartagenda/tenants/tenantstest"
)

// town is three houses with counts and states of their own.
func town(t *testing.T) (*tenantstest.World, *postgres.Control, []tenants.Tenant) {
	t.Helper()
	w := tenantstest.New(t)
	var all []tenants.Tenant
	for i, slug := range []string{"ecole-lingua", "cabinet-seve", "salon-lumiere"} {
		one := w.Tenant(t, slug)
		all = append(all, one)
		n := activity.Counts{Appointments: 10 * i, Upcoming: i, LastBooking: tenantstest.Now.Add(-time.Duration(i) * time.Hour)}
		if i == 0 {
			n.LastBooking = time.Time{} // nobody has booked yet
		}
		if err := professionals.Keep(t.Context(), w.Control, one.ID, n); err != nil {
			t.Fatal(err)
		}
		w.Clock.Advance(time.Hour)
	}
	db := postgrestest.Super(t, w.Address)
	if _, err := db.Exec(`UPDATE control.tenants SET name = CASE id WHEN 1 THEN 'École Lingua' WHEN 2 THEN 'Cabinet d’Œuvre 100 %' ELSE 'Salon Lumière' END,
		owner_email = 'zoe@exemple.fr', status = CASE id WHEN 1 THEN 'suspended' WHEN 2 THEN 'past_due' ELSE 'active' END`); err != nil {
		t.Fatal(err)
	}
	return w, w.Console(t), all
}

func TestProfessionalsAreFoundByWordsStateAndOrder(t *testing.T) {
	t.Parallel()
	_, c, _ := town(t)
	for name, try := range map[string]struct {
		query professionals.Query
		want  []tenants.Slug
	}{
		"all by name":         {professionals.Query{}, []tenants.Slug{"cabinet-seve", "ecole-lingua", "salon-lumiere"}},
		"newest":              {professionals.Query{Sort: professionals.ByNewest}, []tenants.Slug{"salon-lumiere", "cabinet-seve", "ecole-lingua"}},
		"last booked":         {professionals.Query{Sort: professionals.ByBooking}, []tenants.Slug{"cabinet-seve", "salon-lumiere", "ecole-lingua"}},
		"most appointments":   {professionals.Query{Sort: professionals.ByVolume}, []tenants.Slug{"salon-lumiere", "cabinet-seve", "ecole-lingua"}},
		"unknown order":       {professionals.Query{Sort: "; DROP"}, []tenants.Slug{"cabinet-seve", "ecole-lingua", "salon-lumiere"}},
		"accents":             {professionals.Query{Words: "ECOLE"}, []tenants.Slug{"ecole-lingua"}},
		"with accents":        {professionals.Query{Words: "lumière"}, []tenants.Slug{"salon-lumiere"}},
		"ligature":            {professionals.Query{Words: "œuvre"}, []tenants.Slug{"cabinet-seve"}},
		"any order":           {professionals.Query{Words: "lingua école"}, []tenants.Slug{"ecole-lingua"}},
		"the address":         {professionals.Query{Words: "cabinet-seve"}, []tenants.Slug{"cabinet-seve"}},
		"a part of it":        {professionals.Query{Words: "lon-lum"}, []tenants.Slug{"salon-lumiere"}},
		"an elision":          {professionals.Query{Words: "d'oeuvre"}, []tenants.Slug{"cabinet-seve"}},
		"the owner's mail":    {professionals.Query{Words: "zoe@exemple.fr", Limit: 1}, []tenants.Slug{"cabinet-seve"}},
		"a sign, not a joker": {professionals.Query{Words: "%"}, []tenants.Slug{"cabinet-seve"}},
		"no joker either":     {professionals.Query{Words: "_"}, nil},
		"a state":             {professionals.Query{Status: tenants.Suspended}, []tenants.Slug{"ecole-lingua"}},
		"a part":              {professionals.Query{Offset: 1, Limit: 1}, []tenants.Slug{"ecole-lingua"}},
		"past the end":        {professionals.Query{Offset: 9, Limit: 1}, nil},
	} {
		list, _, err := professionals.List(t.Context(), c, try.query)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []tenants.Slug
		for _, p := range list {
			got = append(got, p.Slug)
		}
		if len(got) != len(try.want) {
			t.Errorf("%s: %v, want %v", name, got, try.want)
			continue
		}
		for i := range got {
			if got[i] != try.want[i] {
				t.Errorf("%s: %v, want %v", name, got, try.want)
				break
			}
		}
	}
	if _, total, err := professionals.List(t.Context(), c, professionals.Query{Limit: 1}); err != nil || total != 3 {
		t.Errorf("%d in all, %v", total, err)
	}
}

func TestOneIsReadWithItsCounts(t *testing.T) {
	t.Parallel()
	w, c, all := town(t)
	p, err := professionals.Get(t.Context(), c, all[2].ID)
	if err != nil || p.Name != "Salon Lumière" || p.Activity.Appointments != 20 || p.Activity.Upcoming != 2 || p.CountedAt.IsZero() || p.Limits.SMS != 500 {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := professionals.Get(t.Context(), c, 99); !fault.Is(err, fault.NotFound) {
		t.Errorf("nobody: %v", err)
	}
	// Counted again, the newer counts stand.
	if err := professionals.Keep(t.Context(), w.Control, all[2].ID, activity.Counts{Patients: 7}); err != nil {
		t.Fatal(err)
	}
	if p, err = professionals.Get(t.Context(), c, all[2].ID); err != nil || p.Activity != (activity.Counts{Patients: 7}) {
		t.Errorf("%+v, %v", p.Activity, err)
	}
	if err := professionals.Keep(t.Context(), c, all[2].ID, activity.Counts{}); !postgres.Refused(err) {
		t.Errorf("the console writes counts: %v", err)
	}
}

func TestWhoIsToBeWatched(t *testing.T) {
	t.Parallel()
	_, c, _ := town(t)
	list, err := professionals.Watch(t.Context(), c, 5)
	if err != nil || len(list) != 2 || list[0].Status != tenants.PastDue || list[1].Status != tenants.Suspended {
		t.Errorf("%+v, %v", list, err)
	}
	counts, err := professionals.Count(t.Context(), c)
	if err != nil || counts[tenants.Active] != 1 || counts[tenants.Suspended] != 1 || counts[tenants.PastDue] != 1 || counts[tenants.Trial] != 0 {
		t.Errorf("%v, %v", counts, err)
	}
}
