package office

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/instructions"
	"smartagenda/tenants/members"
)

// ordering is the page on which the owner lets SmartAgenda look into the space.
type ordering struct {
	*visit
	list  []instructions.Instruction
	views map[int64]int
	names map[int64]string
	form  ui.Form
}

func readOrdering(ctx context.Context, s postgres.Scope, v *visit) (o ordering, err error) {
	o.visit = v
	if err = v.ownerOnly(); err != nil {
		return o, err
	}
	if o.list, err = instructions.List(ctx, s); err != nil {
		return o, err
	}
	if o.views, err = instructions.Views(ctx, s); err != nil {
		return o, err
	}
	team, err := members.List(ctx, s)
	o.names = map[int64]string{}
	for _, m := range team {
		o.names[m.ID] = m.Name
	}
	return o, err
}

// showInstruction shows what runs, or asks for a new one, and those past.
func (o office) showInstruction(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	one, err := readOrdering(ctx, s, v)
	if err != nil {
		return nil, err
	}
	return v.drawOrdering(one), nil
}

func (v *visit) drawOrdering(one ordering) answer {
	return page(instructionPage(at(v.shell(v.T("office.instruction")), instructionPath), one))
}

// giveInstruction opens the space: by the owner, with the password once more.
func (o office) giveInstruction(c *fiber.Ctx) error {
	form := web.Typed(c, "password")
	owner, err := o.again(c)
	if err == nil && owner == 0 {
		return nil
	}
	if err == nil {
		hours, _ := strconv.Atoi(c.FormValue("hours"))
		err = o.Control.Scope(c.UserContext(), tenants.From(c.UserContext()).ID, func(ctx context.Context, s postgres.Scope) error {
			return instructions.Give(ctx, s, instructions.Order{Extent: instructions.Extent(c.FormValue("extent")), Hours: hours,
				Reason: c.FormValue("reason"), Member: owner})
		})
	}
	switch {
	case err == nil:
		return o.say(saidOpened, instructionPath)(c)
	case fault.Is(err, fault.Invalid), fault.Is(err, fault.Conflict), fault.Is(err, fault.TooMany):
		return o.correctInstruction(c, form, err)
	}
	return err
}

// correctInstruction shows what was typed again.
func (o office) correctInstruction(c *fiber.Ctx, form ui.Form, wrong error) error {
	return o.visit(c, o.Control.ReadScope, func(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
		one, err := readOrdering(ctx, s, v)
		if err != nil {
			return nil, err
		}
		if one.form, err = web.Mark(c, form, wrong); err != nil {
			return nil, err
		}
		return v.drawOrdering(one), nil
	})
}

// endInstruction closes the space again. It asks for no password: what makes
// the house safer must be quick.
func (o office) endInstruction(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	if err := v.ownerOnly(); err != nil {
		return nil, err
	}
	if err := instructions.End(ctx, s, v.member.ID); err != nil {
		return nil, err
	}
	return o.say(saidClosed, instructionPath), nil
}

// watched says on every page that SmartAgenda may be looking in.
func (v *visit) watched() *ui.Above {
	if v.order.ID == 0 {
		return nil
	}
	a := &ui.Above{Label: v.T("office.instruction"), Icon: "eye", Text: v.T("office.watched_"+string(v.order.Extent), "When", v.moment(v.order.ExpiresAt))}
	if v.ownerOnly() == nil {
		a.Link = ui.Link{Href: instructionPath, Text: v.T("office.watched_more")}
	}
	return a
}

func (o ordering) extents() []ui.Option {
	var all []ui.Option
	for _, e := range []instructions.Extent{instructions.Read, instructions.Write} {
		all = append(all, ui.Option{Value: string(e), Label: o.T("office.extent_" + string(e)), Hint: o.T("office.extent_" + string(e) + "_hint")})
	}
	return all
}

func (o ordering) lasts() []ui.Option {
	var all []ui.Option
	for _, h := range instructions.Hours {
		all = append(all, ui.Option{Value: strconv.Itoa(h), Label: o.T("office.hours", "Count", h)})
	}
	return all
}

func (o ordering) running() []ui.Fact {
	i := o.order
	return []ui.Fact{
		{Term: o.T("office.instruction_extent"), Value: o.T("office.extent_" + string(i.Extent))},
		{Term: o.T("office.instruction_reason"), Value: i.Reason},
		{Term: o.T("office.instruction_by"), Value: o.names[i.GivenBy]},
		{Term: o.T("office.instruction_given"), Value: capital(o.moment(i.GivenAt))},
		{Term: o.T("office.instruction_until"), Value: capital(o.moment(i.ExpiresAt))},
		{Term: o.T("office.instruction_views"), Value: o.T("office.views", "Count", o.views[i.ID])},
	}
}

// past lists those that no longer run.
func (o ordering) past() ui.Table {
	t := ui.Table{Label: o.T("office.instruction_past"), Fold: true, Columns: []ui.Column{
		{Title: o.T("office.instruction_given")}, {Title: o.T("office.instruction_over")}, {Title: o.T("office.instruction_extent")},
		{Title: o.T("office.instruction_reason"), Wide: true}, {Title: o.T("office.instruction_views")},
	}}
	for _, i := range o.list {
		if i.Running(o.now) {
			continue
		}
		over := i.ExpiresAt
		if !i.EndedAt.IsZero() {
			over = i.EndedAt
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Text: capital(o.moment(i.GivenAt))}, {Text: capital(o.moment(over))}, {Text: o.T("office.extent_" + string(i.Extent))},
			{Text: i.Reason}, {Text: o.T("office.views", "Count", o.views[i.ID])},
		}})
	}
	return t
}
