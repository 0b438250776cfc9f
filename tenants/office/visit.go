package office

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/instructions"
	"smartagenda/tenants/members"
	"smartagenda/tenants/provisioning"
)

// visit is one request of a member who is signed in. Its context outlives the
// handler: nothing in it may be kept.
type visit struct {
	*i18n.Text
	c      *fiber.Ctx
	tenant tenants.Tenant
	member members.Member
	house  catalog.Profile
	order  instructions.Instruction // that runs now; zero for none
	now    time.Time                // in the house's zone
	secure bool                     // cookies travel under TLS only
}

// act does what a request asks in the member's own transaction, and says how
// to answer once that is committed. It may run again.
type act func(ctx context.Context, s postgres.Scope, v *visit) (answer, error)

// opener is how a transaction of the tenant begins.
type opener func(context.Context, postgres.Tenant, func(context.Context, postgres.Scope) error) error

// reads answers from a transaction that changes nothing.
func (o office) reads(do act) fiber.Handler {
	return func(c *fiber.Ctx) error { return o.visit(c, o.Control.ReadScope, do) }
}

// notes answers as reads does, from a transaction that may write down who has
// read what: that is no change of the tenant's data, so everybody may.
func (o office) notes(do act) fiber.Handler {
	return func(c *fiber.Ctx) error { return o.visit(c, o.Control.Scope, do) }
}

// changes is for members who may change something, while the subscription lets
// them. Where do refuses what was typed, correct shows it again: in another
// transaction, because the first is rolled back.
func (o office) changes(do act, correct func(error) act) fiber.Handler {
	return func(c *fiber.Ctx) error {
		err := o.visit(c, o.Control.Scope, func(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
			if err := v.mayChange(); err != nil {
				return nil, err
			}
			return do(ctx, s, v)
		})
		if err == nil || correct == nil || !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
			return err
		}
		return o.visit(c, o.Control.ReadScope, correct(err))
	}
}

// visit finds who asks and acts for them, both in one transaction.
func (o office) visit(c *fiber.Ctx, open opener, do act) error {
	token, stale := o.token(c), false
	v := &visit{Text: web.Text(c), c: c, secure: o.secure, tenant: tenants.From(c.UserContext())}
	var reply answer
	err := open(c.UserContext(), v.tenant.ID, func(ctx context.Context, s postgres.Scope) (err error) {
		if v.member, stale, err = who(ctx, s, token); err != nil {
			return err
		}
		if v.house, v.now, err = houseNow(ctx, s); err != nil {
			return err
		}
		if v.closed() {
			reply = goTo(leavePath)
			return nil
		}
		if !wantsPart(c) && !wantsJSON(c) { // a page says that SmartAgenda may be looking
			if i, running, err := instructions.Current(ctx, s); err != nil {
				return err
			} else if running {
				v.order = i
			}
		}
		reply, err = do(ctx, s, v)
		return err
	})
	if fault.Is(err, fault.SignedOut) {
		return o.sendToDoor(c)
	}
	if stale {
		o.touch(c, token)
	}
	if err != nil {
		return err
	}
	return reply(c)
}

// closed tells whether a house that has left can only be exported any more.
func (v *visit) closed() bool {
	t := v.tenant
	return t.Status == tenants.Terminated && !v.now.Before(t.Since.AddDate(0, 0, provisioning.ReadDays)) &&
		!slices.Contains([]string{leavePath, exportPath, accountPath}, v.c.Path())
}

// houseNow is the house as its visitors see it, and what its clocks show.
func houseNow(ctx context.Context, s postgres.Scope) (catalog.Profile, time.Time, error) {
	p, err := catalog.GetProfile(ctx, s)
	if err != nil {
		return p, time.Time{}, err
	}
	zone, err := calendar.LoadZone(p.Zone)
	return p, s.Now().In(zone), err
}

// realm is whose sessions these are: those of one tenant's members.
func realm(t postgres.Tenant) session.Realm { return session.Realm{Who: "member", Space: int64(t)} }

// who finds the member of a session. It returns a SignedOut fault when there
// is none, or when the member has been disabled since.
func who(ctx context.Context, s postgres.Scope, token string) (m members.Member, stale bool, err error) {
	id, stale, err := realm(s.Tenant()).Find(ctx, s, token, s.Now())
	if err != nil {
		return m, false, err
	}
	m, err = members.Get(ctx, s, id)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.SignedOut, "session.ended")
	}
	return m, stale, err
}

// touch keeps the session alive. It comes after the act, which stands even
// where this fails.
func (o office) touch(c *fiber.Ctx, token string) {
	t := tenants.From(c.UserContext()).ID
	err := o.Control.Scope(c.UserContext(), t, func(ctx context.Context, s postgres.Scope) error {
		return realm(t).Touch(ctx, s, token, s.Now())
	})
	if err != nil {
		slog.WarnContext(c.UserContext(), "a session was not kept alive", "request", web.RequestID(c), "error", err)
	}
}

// mayChange refuses, with a sentence, a member who only reads and a house
// whose subscription rests.
func (v *visit) mayChange() error {
	switch {
	case !v.member.Role.CanWrite():
		return fault.New(fault.Denied, "members.may_not")
	case !v.tenant.Status.Writable():
		return fault.New(fault.Denied, "office.read_only")
	}
	return nil
}

func (v *visit) zone() *time.Location { return v.now.Location() }

func (v *visit) today() calendar.Date { return calendar.DateOf(v.now, v.zone()) }

// word is a sentence that says patient, client or pupil as the house does.
func (v *visit) word(key string, pairs ...any) string {
	return v.T(key+"_"+string(v.house.Person), pairs...)
}
