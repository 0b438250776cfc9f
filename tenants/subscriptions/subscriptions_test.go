package subscriptions_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants"
	"smartagenda/tenants/members"
	"smartagenda/tenants/subscriptions"
	"smartagenda/tenants/tenantstest"
)

// on tells whether a field was refused with that sentence.
func on(err error, key string) bool {
	return slices.ContainsFunc(fault.As(err).Fields, func(f fault.Field) bool { return f.Key == key })
}

// allowed is the whole machine, written down a second time.
var allowed = map[subscriptions.Act]map[tenants.Status]tenants.Status{
	subscriptions.Open:       {tenants.Setup: tenants.Trial},
	subscriptions.Activate:   {tenants.Trial: tenants.Active, tenants.PastDue: tenants.Active},
	subscriptions.PastDue:    {tenants.Trial: tenants.PastDue, tenants.Active: tenants.PastDue},
	subscriptions.Suspend:    {tenants.Trial: tenants.Suspended, tenants.Active: tenants.Suspended, tenants.PastDue: tenants.Suspended},
	subscriptions.Reactivate: {tenants.Suspended: tenants.Active},
	subscriptions.Extend:     {tenants.Trial: tenants.Trial},
	subscriptions.ChangePlan: {tenants.Trial: tenants.Trial, tenants.Active: tenants.Active, tenants.PastDue: tenants.PastDue},
	subscriptions.Terminate:  {tenants.Trial: tenants.Terminated, tenants.Active: tenants.Terminated, tenants.PastDue: tenants.Terminated, tenants.Suspended: tenants.Terminated},
	subscriptions.Restore:    {tenants.Terminated: tenants.Active},
	subscriptions.Purge:      {tenants.Terminated: tenants.Purged},
}

var states = []tenants.Status{tenants.Setup, tenants.Trial, tenants.Active, tenants.PastDue, tenants.Suspended, tenants.Terminated, tenants.Purged}

func order(one tenants.Tenant, act subscriptions.Act) subscriptions.Order {
	return subscriptions.Order{Tenant: one.ID, Act: act, By: subscriptions.Actor{Who: subscriptions.ByStaff, ID: 7}, Reason: "convenu au téléphone",
		Plan: "centre", Until: tenantstest.Now.AddDate(0, 2, 0)}
}

func TestEveryActFromEveryState(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one, other := w.Tenant(t, "maison"), w.Tenant(t, "voisine")
	for _, act := range subscriptions.Acts() {
		for _, from := range states {
			w.Move(t, one, from)
			if _, err := postgrestest.Super(t, w.Address).Exec("UPDATE control.tenants SET plan = 'solo', trial_until = $2 WHERE id = $1", int64(one.ID), tenantstest.Now); err != nil {
				t.Fatal(err)
			}
			before, _ := subscriptions.History(t.Context(), w.Control, one.ID)
			err := subscriptions.Do(t.Context(), w.Control, order(one, act))
			after, _ := subscriptions.History(t.Context(), w.Control, one.ID)
			now, _ := subscriptions.Get(t.Context(), w.Control, one.ID)
			to, ok := allowed[act][from]
			switch {
			case ok && (err != nil || now.Tenant.Status != to || len(after) != len(before)+1):
				t.Errorf("%s from %s: %v, %s", act, from, err, now.Tenant.Status)
			case ok && (after[0].Act != act || after[0].From != from || after[0].To != to || after[0].By.ID != 7):
				t.Errorf("%s from %s is told as %+v", act, from, after[0])
			case !ok && (!fault.Is(err, fault.Conflict) || now.Tenant.Status != from || len(after) != len(before)):
				t.Errorf("%s from %s: %v, %s", act, from, err, now.Tenant.Status)
			case !ok && !fault.HasKey(err, "subscriptions.not_from_"+string(from)):
				t.Errorf("%s from %s says %v", act, from, err)
			}
			if ok != subscriptions.May(act, from) {
				t.Errorf("May(%s, %s) says otherwise", act, from)
			}
		}
	}
	if s, err := subscriptions.Get(t.Context(), w.Control, other.ID); err != nil || s.Tenant.Status != tenants.Trial || s.Plan.ID != "solo" {
		t.Errorf("the neighbour: %+v, %v", s, err)
	}
}

func TestTimeEndsATrialAndThenTheGrace(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one := w.Tenant(t, "maison")
	db := postgrestest.Super(t, w.Address)
	for _, step := range []struct {
		days   int // after the opening
		status tenants.Status
		acts   int // events so far
	}{{0, tenants.Trial, 1}, {22, tenants.Trial, 1}, {23, tenants.Trial, 2}, {28, tenants.Trial, 2}, {29, tenants.Trial, 3}, {30, tenants.PastDue, 4}, {44, tenants.PastDue, 4}, {45, tenants.Suspended, 5}, {400, tenants.Suspended, 5}} {
		w.Clock.Advance(tenantstest.Now.AddDate(0, 0, step.days).Sub(w.Clock.Now()))
		for range 2 { // a job may run twice
			if err := subscriptions.Review(t.Context(), w.Control, one.ID); err != nil {
				t.Fatal(err)
			}
		}
		s, _ := subscriptions.Get(t.Context(), w.Control, one.ID)
		history, _ := subscriptions.History(t.Context(), w.Control, one.ID)
		if s.Tenant.Status != step.status || len(history) != step.acts {
			t.Errorf("day %d: %s, %d events, want %s, %d", step.days, s.Tenant.Status, len(history), step.status, step.acts)
		}
		var due time.Time
		if err := db.QueryRow("SELECT due_at FROM platform.jobs WHERE kind = 'subscriptions.review'").Scan(&due); err != nil {
			t.Fatal(err)
		}
		if step.status != tenants.Suspended && !due.After(w.Clock.Now()) {
			t.Errorf("day %d: the next look is at %v", step.days, due)
		}
	}
}

func TestAnExtendedTrialWarnsAgain(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one := w.Tenant(t, "maison")
	w.Clock.Advance(29 * 24 * time.Hour)
	if err := subscriptions.Review(t.Context(), w.Control, one.ID); err != nil {
		t.Fatal(err)
	}
	o := order(one, subscriptions.Extend)
	for _, until := range []time.Time{{}, tenantstest.Now, tenantstest.Now.AddDate(2, 0, 0)} {
		if o.Until = until; !on(subscriptions.Do(t.Context(), w.Control, o), "subscriptions.until_range") {
			t.Errorf("a trial until %v is taken", until)
		}
	}
	o.Until = w.Clock.Now().AddDate(0, 0, 20)
	if err := subscriptions.Do(t.Context(), w.Control, o); err != nil {
		t.Fatal(err)
	}
	w.Clock.Advance(13 * 24 * time.Hour)
	if err := subscriptions.Review(t.Context(), w.Control, one.ID); err != nil {
		t.Fatal(err)
	}
	history, _ := subscriptions.History(t.Context(), w.Control, one.ID)
	var acts []subscriptions.Act
	for _, e := range history {
		acts = append(acts, e.Act)
	}
	if want := []subscriptions.Act{"warn", subscriptions.Extend, "warn", subscriptions.Open}; !slices.Equal(acts, want) {
		t.Errorf("acts %v, want %v", acts, want)
	}
}

func TestOwnersAreToldOnceForEachEvent(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one, other := w.Tenant(t, "maison"), w.Tenant(t, "voisine")
	if err := subscriptions.Do(t.Context(), w.Control, order(one, subscriptions.Suspend)); err != nil {
		t.Fatal(err)
	}
	jobs, err := jobstore.Take(t.Context(), w.Control, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range jobs {
		if j.Kind != subscriptions.KindTell {
			continue
		}
		if err := subscriptions.Tell(t.Context(), w.Control, j); err != nil {
			t.Fatal(err)
		}
	}
	count := func(x tenants.Tenant) (n int) {
		db := postgrestest.Super(t, w.Address)
		_ = db.QueryRow("SELECT count(*) FROM " + x.ID.Schema() + ".messages WHERE kind = 'paused' AND member_id = 1").Scan(&n)
		return n
	}
	if count(one) != 1 || count(other) != 0 {
		t.Errorf("%d letters, %d to the neighbour", count(one), count(other))
	}
}

func TestADowngradeBelowUsageNamesWhatIsTooMuch(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one := w.Tenant(t, "maison")
	o := order(one, subscriptions.ChangePlan)
	if err := subscriptions.Do(t.Context(), w.Control, o); err != nil {
		t.Fatal(err)
	}
	o.Plan, o.Usage = "solo", subscriptions.Usage{Agendas: 3, Members: 4}
	err := subscriptions.Do(t.Context(), w.Control, o)
	if e := fault.As(err); len(e.Fields) != 2 || e.Fields[0].Key != "subscriptions.too_many_agendas" || e.Fields[0].Args["Used"] != 3 {
		t.Errorf("got %v", err)
	}
	for plan, key := range map[string]string{"centre": "subscriptions.plan_same", "luxe": "subscriptions.plan_unknown", "": "subscriptions.plan_unknown"} {
		if o.Plan = plan; !on(subscriptions.Do(t.Context(), w.Control, o), key) {
			t.Errorf("plan %q is taken", plan)
		}
	}
	if s, _ := subscriptions.Get(t.Context(), w.Control, one.ID); s.Plan.ID != "centre" || s.Tenant.Limits.Agendas != 20 {
		t.Errorf("half done: %+v", s)
	}
}

func TestOfTwoOrdersAtOnceOneIsDone(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one := w.Tenant(t, "maison")
	var wg sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		wg.Go(func() { errs[i] = subscriptions.Do(t.Context(), w.Control, order(one, subscriptions.Suspend)) })
	}
	wg.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else if !fault.Is(err, fault.Conflict) {
			t.Error(err)
		}
	}
	if done != 1 {
		t.Errorf("%d were done", done)
	}
}

func TestStaffSayWhy(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	one := w.Tenant(t, "maison")
	o := order(one, subscriptions.Suspend)
	for _, reason := range []string{"", "  ", fmt.Sprintf("%0401d", 1)} {
		if o.Reason = reason; !fault.Is(subscriptions.Do(t.Context(), w.Control, o), fault.Invalid) {
			t.Errorf("the reason %.10q is taken", reason)
		}
	}
}

func TestAPlanHasRoomForSoMany(t *testing.T) {
	t.Parallel()
	w, a, b := tenantstest.Pair(t) // five agendas, ten accesses each; two practitioners, one owner
	a.Plan, a.Limits.Members, a.Limits.Agendas = "Solo", 2, 2
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() {
			errs[i] = w.Control.Scope(t.Context(), a.ID, func(ctx context.Context, s postgres.Scope) error {
				if err := subscriptions.RoomForMember(ctx, s, a); err != nil {
					return err
				}
				_, err := members.Add(ctx, s, members.Member{Email: fmt.Sprintf("m%d@maison.test", i), Name: "Membre", Role: members.Assistant})
				return err
			})
		})
	}
	wg.Wait()
	added := 0
	for _, err := range errs {
		if err == nil {
			added++
		} else if !fault.HasKey(err, "subscriptions.members_full") {
			t.Error(err)
		}
	}
	if added != 1 {
		t.Errorf("%d were added to the one place left", added)
	}
	w.In(t, a, func(ctx context.Context, s postgres.Scope) error {
		if err := subscriptions.RoomForAgenda(ctx, s, a); !fault.HasKey(err, "subscriptions.agendas_full") {
			t.Errorf("a third agenda of two: %v", err)
		}
		return nil
	})
	w.In(t, b, func(ctx context.Context, s postgres.Scope) error { return subscriptions.RoomForAgenda(ctx, s, b) })
}
