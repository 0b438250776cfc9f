package console

import (
	"context"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
)

// listStaff is everybody who may sign in here, and who might once.
func (o console) listStaff(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	list, err := staff.List(ctx, c)
	if err != nil {
		return nil, err
	}
	return page(staffPage(v.shell(v.T("console.staff"), staffPath), v, list)), nil
}

// team is a table of everybody.
func (v *visit) team(list []staff.Person) ui.Table {
	t := ui.Table{Label: v.T("console.staff"), Fold: true, Columns: []ui.Column{
		{Title: v.T("console.person"), Wide: true}, {Title: v.T("console.role")}, {Title: v.T("console.status")}, {Title: v.T("console.seen")},
	}}
	for _, p := range list {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{
			{Body: staffName(p)}, {Text: v.role(p.Role)}, {Body: v.state(p)}, {Body: onPhone(v.T("console.seen"), v.moment(p.SeenAt))},
		}})
	}
	return t
}

// state says where a login stands.
func (v *visit) state(p staff.Person) ui.Badge {
	switch {
	case p.Disabled():
		return ui.Badge{Icon: "ban", Text: v.T("console.staff_disabled")}
	case p.PasswordHash == "":
		return ui.Badge{Tone: ui.Warn, Icon: "mail", Text: v.T("console.staff_invited")}
	}
	return ui.Badge{Tone: ui.OK, Icon: "check", Text: v.T("console.staff_active")}
}

// startStaff asks who is to be let in.
func (o console) startStaff(_ context.Context, _ *postgres.Control, v *visit) (answer, error) {
	return v.drawNew(ui.Form{}), nil
}

func (v *visit) drawNew(form ui.Form) answer {
	return page(newStaffPage(v.shell(v.T("console.new_staff"), staffPath), v, form))
}

func (v *visit) roleOptions() []ui.Option {
	var all []ui.Option
	for _, r := range staff.Roles() {
		all = append(all, ui.Option{Value: string(r), Label: v.role(r), Hint: v.T("console.role_" + string(r) + "_hint")})
	}
	return all
}
