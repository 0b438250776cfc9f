// Package demo writes houses that look lived in, for trying the program out:
// it plays, act by act and each at its own time, what their members and
// visitors would have done. It must never run where data are real.
package demo

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
)

// Password opens every login of the demo.
const Password = "demo-smartagenda-2026"

// Seed writes the demo's tenants up to the time that c's clock shows. The
// clock must stand still and serve nothing else: Seed moves it through the
// past, so that each act carries its own time, and puts it back. A second run
// changes nothing; after a kill it goes on where the first one was.
func Seed(ctx context.Context, c *postgres.Control, d provisioning.Desk) error {
	now := c.Clock().Now()
	defer set(c, now)
	for _, h := range []house{bellecour(), lingua(), lumiere(), seve()} {
		if err := h.seed(ctx, c, d); err != nil {
			return fmt.Errorf("demo: %s: %w", h.slug, err)
		}
		set(c, now)
	}
	return nil
}

// set makes a clock that stands still show t.
func set(c *postgres.Control, t time.Time) { c.Clock().Advance(t.Sub(c.Clock().Now())) }

// pause is how long the suspended house has been so.
const pause = 3 * 24 * time.Hour

func (h house) seed(ctx context.Context, c *postgres.Control, d provisioning.Desk) error {
	now := c.Clock().Now()
	set(c, now.AddDate(0, 0, -h.opened))
	t, err := h.tenant(ctx, c, d)
	if err != nil || !t.Status.Reachable() { // purged: an address is given once
		return err
	}
	until, told, err := h.open(ctx, c, t, now)
	if err != nil {
		return err
	}
	last := until
	if h.status == tenants.Suspended {
		last = until.Add(-pause)
	}
	story, err := h.story(until)
	if err != nil {
		return err
	}
	story = slices.DeleteFunc(story, func(a act) bool { return !a.at.After(told) || a.at.After(last) })
	if len(story) > 0 {
		if err := h.play(ctx, c, t, story, until); err != nil {
			return err
		}
	}
	return h.subscribe(ctx, c, t, last)
}

// subscribe plays what became of the subscription: paid for after three weeks,
// and in the house that rests unpaid for two.
func (h house) subscribe(ctx context.Context, c *postgres.Control, t tenants.Tenant, last time.Time) error {
	s, err := subscriptions.Get(ctx, c, t.ID)
	if err != nil {
		return err
	}
	acts := []subscriptions.Act{subscriptions.Activate}
	times := []time.Time{s.CreatedAt.AddDate(0, 0, 21)}
	if h.status == tenants.Suspended {
		acts = append(acts, subscriptions.PastDue, subscriptions.Suspend)
		times = append(times, last.Add(-subscriptions.Grace), last)
	}
	history, err := subscriptions.History(ctx, c, t.ID)
	if err != nil {
		return err
	}
	for i := len(history) - 1; i < len(acts); i++ { // the first is the opening
		set(c, times[i])
		o := subscriptions.Order{Tenant: t.ID, Act: acts[i], By: subscriptions.Actor{Who: subscriptions.BySystem}}
		if err := subscriptions.Do(ctx, c, o); err != nil {
			return err
		}
	}
	return h.forget(ctx, c, t)
}

// forget drops what would follow from those acts: it would be old news.
func (h house) forget(ctx context.Context, c *postgres.Control, t tenants.Tenant) error {
	if err := jobstore.DropFor(ctx, c, jobstore.Job{Tenant: t.ID, Kind: subscriptions.KindReview, Ref: int64(t.ID)}); err != nil {
		return err
	}
	history, err := subscriptions.History(ctx, c, t.ID)
	for i := 0; err == nil && i < len(history); i++ {
		err = jobstore.DropFor(ctx, c, jobstore.Job{Tenant: t.ID, Kind: subscriptions.KindTell, Ref: history[i].ID})
	}
	return err
}

// tenant finds the house's space, or makes it, or finishes making it.
func (h house) tenant(ctx context.Context, c *postgres.Control, d provisioning.Desk) (tenants.Tenant, error) {
	t, err := tenants.BySlug(ctx, c, h.slug)
	switch {
	case fault.Is(err, fault.NotFound):
		return d.Create(ctx, h.application())
	case err == nil && t.Status == tenants.Setup:
		return d.Open(ctx, t.ID)
	}
	return t, err
}

// open reads how far the story was told; a house that has none is furnished
// first, and its story will end now.
func (h house) open(ctx context.Context, c *postgres.Control, t tenants.Tenant, now time.Time) (until, told time.Time, err error) {
	err = c.Scope(ctx, t.ID, func(ctx context.Context, s postgres.Scope) error {
		if until, told, err = progress(ctx, s); err != nil || !until.IsZero() {
			return err
		}
		until, told = now, s.Now()
		return h.furnish(ctx, s, until)
	})
	return until, told, err
}

// story is all that happens around the day on which it ends, and a little
// after it.
func (h house) story(until time.Time) ([]act, error) {
	zone, err := calendar.LoadZone(h.profile.Zone)
	if err != nil {
		return nil, err
	}
	crowd, err := people(h.slug)
	if err != nil {
		return nil, err
	}
	visits := h.plan(crowd, calendar.DateOf(until, zone), zone)
	return acts(crowd, visits), nil
}

func (h house) play(ctx context.Context, c *postgres.Control, t tenants.Tenant, story []act, until time.Time) error {
	st := &stage{policy: t.Policy, until: until}
	err := c.ReadScope(ctx, t.ID, func(ctx context.Context, s postgres.Scope) error { return h.cast(ctx, s, st) })
	for i := 0; err == nil && i < len(story); i++ {
		err = st.play(ctx, c, t, story[i])
	}
	return err
}

// cast finds the ids of those whom the story knows by their place in the house.
func (h house) cast(ctx context.Context, s postgres.Scope, st *stage) error {
	team, err := practitioners.List(ctx, s)
	if err != nil {
		return err
	}
	for _, p := range team {
		st.team = append(st.team, p.ID)
	}
	offer, err := catalog.Services(ctx, s, false)
	if err != nil {
		return err
	}
	for _, v := range offer {
		st.offer = append(st.offer, v.ID)
	}
	for _, role := range h.writers() {
		m, err := members.ByEmail(ctx, s, h.email(role))
		if err != nil {
			return err
		}
		st.writers = append(st.writers, m.ID)
	}
	return nil
}

// play lets the act happen at its time. What the house refuses, because
// somebody has changed it since, is left out.
func (t *stage) play(ctx context.Context, c *postgres.Control, one tenants.Tenant, a act) error {
	set(c, a.at)
	err := c.Scope(ctx, one.ID, func(ctx context.Context, s postgres.Scope) error {
		if err := hurry(ctx, s); err != nil {
			return err
		}
		return a.play(ctx, t, s)
	})
	if e := fault.As(err); e != nil && (e.Kind == fault.Conflict || e.Kind == fault.Invalid) {
		slog.WarnContext(ctx, "an act of the demo was refused", "tenant", one.ID, "why", e.Key)
		return nil
	}
	return err
}
