package subscriptions

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
)

// Jobs that this room puts: Review looks at a subscription whose time has
// come (ref is the tenant), Tell sends the owner word of an event (its id).
const (
	KindReview = "subscriptions.review"
	KindTell   = "subscriptions.tell"
)

const longestReason = 400

// Do carries out an order: the new state, its event and the jobs that follow
// share one transaction. It returns a Conflict fault for an act that the
// present state does not allow, and an Invalid one for a reason, plan or date
// that cannot be taken. The same order twice at once is done once.
func Do(ctx context.Context, c *postgres.Control, o Order) error {
	return c.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		now, err := lock(ctx, c, o.Tenant)
		if err != nil {
			return err
		}
		if !May(o.Act, now.Tenant.Status) {
			return fault.New(fault.Conflict, "subscriptions.not_from_"+string(now.Tenant.Status))
		}
		next := now
		if to := moves[o.Act].to; to != "" {
			next.Tenant.Status, next.Since = to, c.Clock().Now()
		}
		if err := o.apply(ctx, c, now, &next); err != nil {
			return err
		}
		if err := save(ctx, c, next); err != nil {
			return err
		}
		id, err := record(ctx, c, o, now, next)
		if err != nil {
			return err
		}
		return o.follow(ctx, c, id, next)
	})
}

// apply checks what goes with the act and changes more than the state.
func (o *Order) apply(ctx context.Context, c *postgres.Control, now Subscription, next *Subscription) error {
	o.Reason = strings.TrimSpace(strings.ToValidUTF8(o.Reason, ""))
	if utf8.RuneCountInString(o.Reason) > longestReason {
		return fault.Wrong(fault.On("reason", "subscriptions.reason_long", "Most", longestReason))
	}
	if o.By.Who == ByStaff && o.Reason == "" && (o.Act == Suspend || o.Act == Terminate || o.Act == Restore) {
		return fault.Wrong(fault.On("reason", "subscriptions.reason_missing"))
	}
	switch o.Act {
	case Open:
		next.TrialUntil = next.Since.AddDate(0, 0, TrialDays)
	case Extend:
		if !o.Until.After(now.TrialUntil) || o.Until.After(c.Clock().Now().AddDate(1, 0, 0)) {
			return fault.Wrong(fault.On("days", "subscriptions.until_range"))
		}
		next.TrialUntil = o.Until
	case ChangePlan:
		return o.changePlan(ctx, c, now, next)
	}
	return nil
}

func (o *Order) changePlan(ctx context.Context, c *postgres.Control, now Subscription, next *Subscription) error {
	plan, err := GetPlan(ctx, c, o.Plan)
	switch {
	case fault.Is(err, fault.NotFound), err == nil && !plan.Offered:
		return fault.Wrong(fault.On("plan", "subscriptions.plan_unknown"))
	case err != nil:
		return err
	case plan.ID == now.Plan.ID:
		return fault.Wrong(fault.On("plan", "subscriptions.plan_same"))
	}
	var bad []fault.Field
	if o.Usage.Agendas > plan.Limits.Agendas {
		bad = append(bad, fault.On("plan", "subscriptions.too_many_agendas", "Plan", plan.Name, "Count", plan.Limits.Agendas, "Used", o.Usage.Agendas))
	}
	if o.Usage.Members > plan.Limits.Members {
		bad = append(bad, fault.On("plan", "subscriptions.too_many_members", "Plan", plan.Name, "Count", plan.Limits.Members, "Used", o.Usage.Members))
	}
	next.Plan, next.Tenant.Limits = plan, plan.Limits
	return fault.Wrong(bad...)
}

// follow puts what the new state calls for.
func (o *Order) follow(ctx context.Context, c *postgres.Control, event int64, next Subscription) error {
	if at := next.review(c.Clock().Now()); !at.IsZero() { // else an older look finds nothing to do
		if err := jobstore.PutFor(ctx, c, jobstore.Job{Tenant: o.Tenant, Kind: KindReview, Ref: int64(o.Tenant)}, at); err != nil {
			return err
		}
	}
	if _, told := letters[o.Act]; !told {
		return nil
	}
	return jobstore.PutFor(ctx, c, jobstore.Job{Tenant: o.Tenant, Kind: KindTell, Ref: event}, c.Clock().Now())
}

// warnings are the days before the end of a trial on which the owner is told.
var warnings = []int{7, 1}

// review is when to look at the subscription next, zero for never.
func (s Subscription) review(now time.Time) time.Time {
	switch s.Tenant.Status {
	case tenants.Trial:
		for _, days := range warnings {
			if at := s.TrialUntil.AddDate(0, 0, -days); at.After(now) {
				return at
			}
		}
		return s.TrialUntil
	case tenants.PastDue:
		return s.Since.Add(Grace)
	}
	return time.Time{}
}

// Review does what time has brought: a warning before the end of a trial, the
// end of it, or the end of the grace of an unpaid subscription. Called early,
// late or twice, each is done once.
func Review(ctx context.Context, c *postgres.Control, id postgres.Tenant) error {
	return c.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		s, err := lock(ctx, c, id)
		if err != nil {
			return err
		}
		now := c.Clock().Now()
		switch {
		case s.Tenant.Status == tenants.Trial && !now.Before(s.TrialUntil):
			return Do(ctx, c, Order{Tenant: id, Act: PastDue, By: Actor{Who: BySystem}, Reason: "trial_over"})
		case s.Tenant.Status == tenants.PastDue && !now.Before(s.Since.Add(Grace)):
			return Do(ctx, c, Order{Tenant: id, Act: Suspend, By: Actor{Who: BySystem}, Reason: "unpaid"})
		case s.Tenant.Status == tenants.Trial:
			if err := warn(ctx, c, s, now); err != nil {
				return err
			}
		}
		if at := s.review(now); !at.IsZero() {
			return jobstore.PutFor(ctx, c, jobstore.Job{Tenant: id, Kind: KindReview, Ref: int64(id)}, at)
		}
		return nil
	})
}

// warn tells the owner once for each of the warnings; of several that are due
// at once, the last.
func warn(ctx context.Context, c *postgres.Control, s Subscription, now time.Time) error {
	due := 0
	for _, days := range warnings {
		if !now.Before(s.TrialUntil.AddDate(0, 0, -days)) {
			due = days
		}
	}
	if due == 0 {
		return nil
	}
	event, fresh, err := warned(ctx, c, s, due)
	if err != nil || !fresh {
		return err
	}
	return jobstore.PutFor(ctx, c, jobstore.Job{Tenant: s.Tenant.ID, Kind: KindTell, Ref: event}, now)
}
