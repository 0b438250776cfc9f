package console

import (
	"context"
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
)

// visit is one request of somebody who is signed in. Its context outlives the
// handler: nothing in it may be kept.
type visit struct {
	*i18n.Text
	c     *fiber.Ctx
	me    staff.Person
	now   time.Time // in Paris
	sites tenants.Sites
	waits map[string]int // what waits, by place; see places

	secure bool // cookies travel under TLS only
}

// act does what a request asks, and says how to answer once that is committed.
// It may run again.
type act func(ctx context.Context, c *postgres.Control, v *visit) (answer, error)

// reads answers whoever has the right, without a transaction.
func (o console) reads(right staff.Right, do act) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return o.visit(c, right, do, func(ctx context.Context, fn func(context.Context, *postgres.Control) error) error {
			return fn(ctx, o.Control)
		})
	}
}

// changes answers whoever has the right, in one transaction. Where do refuses
// what was typed, correct shows it again: after the first was rolled back.
func (o console) changes(right staff.Right, do act, correct func(error) act) fiber.Handler {
	return func(c *fiber.Ctx) error {
		err := o.visit(c, right, do, o.Control.InTx)
		if err == nil || correct == nil || !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
			return err
		}
		return o.reads(right, correct(err))(c)
	}
}

// opener is how the statements of a visit are held together.
type opener func(context.Context, func(context.Context, *postgres.Control) error) error

// visit finds who asks, whether they may, and acts for them.
func (o console) visit(c *fiber.Ctx, right staff.Right, do act, open opener) error {
	token, stale := o.token(c), false
	v := &visit{Text: web.Text(c), c: c, sites: o.Sites, now: calendar.InParis(o.Control.Clock().Now()), secure: o.secure}
	var reply answer
	err := open(c.UserContext(), func(ctx context.Context, control *postgres.Control) (err error) {
		if v.me, stale, err = who(ctx, control, token); err != nil {
			return err
		}
		if !v.may(right) {
			return fault.New(fault.Denied, "staff.may_not")
		}
		if v.waits, err = v.count(ctx, control); err != nil {
			return err
		}
		reply, err = do(ctx, control, v)
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

// realm is whose sessions these are.
var realm = session.Realm{Who: "staff"}

// who finds the person of a session. It returns a SignedOut fault when there
// is none, or when the login has been disabled since.
func who(ctx context.Context, c *postgres.Control, token string) (p staff.Person, stale bool, err error) {
	id, stale, err := realm.Find(ctx, c, token, c.Clock().Now())
	if err != nil {
		return p, false, err
	}
	p, err = staff.Get(ctx, c, id)
	if fault.Is(err, fault.NotFound) || err == nil && p.Disabled() {
		err = fault.New(fault.SignedOut, "session.ended")
	}
	return p, stale, err
}

// touch keeps the session alive. It comes after the act, which stands even
// where this fails.
func (o console) touch(c *fiber.Ctx, token string) {
	if err := realm.Touch(c.UserContext(), o.Control, token, o.Control.Clock().Now()); err != nil {
		slog.WarnContext(c.UserContext(), "a session was not kept alive", "request", web.RequestID(c), "error", err)
	}
}

func (v *visit) may(right staff.Right) bool { return staff.May(v.me.Role, right) }

// note writes what this person did into the journal, in the act's transaction.
func (v *visit) note(ctx context.Context, c *postgres.Control, e journal.Entry) error {
	e.Staff = v.me.ID
	return journal.Write(ctx, c, e)
}

// id is the number that the address names.
func (v *visit) id() int64 {
	id, err := v.c.ParamsInt("id")
	if err != nil {
		return 0
	}
	return int64(id)
}
