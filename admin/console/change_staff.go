package console

import (
	"context"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
)

// addStaff lets somebody in: a mail brings them a link to choose a password.
func (o console) addStaff(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	role := staff.Role(v.c.FormValue("role"))
	id, err := staff.Add(ctx, c, staff.Person{Email: words(v.c.FormValue("email")), Name: words(v.c.FormValue("name")), Role: role})
	if err != nil {
		return nil, err
	}
	if err := staff.Send(ctx, c, id); err != nil {
		return nil, err
	}
	if err := v.note(ctx, c, journal.Entry{Act: "staff.add", Subject: id, Facts: map[string]any{"role": role}}); err != nil {
		return nil, err
	}
	return o.say("invited", staffPath), nil
}

// correctStaff shows again what was typed, with what is wrong.
func (o console) correctStaff(err error) act {
	return func(_ context.Context, _ *postgres.Control, v *visit) (answer, error) {
		form, err := web.Mark(v.c, web.Typed(v.c), err)
		if err != nil {
			return nil, err
		}
		return v.drawNew(form), nil
	}
}

// changeRole gives somebody another role.
func (o console) changeRole(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	before, err := staff.Get(ctx, c, v.id())
	if err != nil {
		return nil, err
	}
	role := staff.Role(v.c.FormValue("role"))
	if err := staff.SetRole(ctx, c, before.ID, role); err != nil {
		return nil, err
	}
	facts := map[string]any{"from": before.Role, "to": role}
	if err := v.note(ctx, c, journal.Entry{Act: "staff.role", Subject: before.ID, Facts: facts}); err != nil {
		return nil, err
	}
	to := personPath(before.ID)
	if before.ID == v.me.ID && !staff.May(role, staff.ManageStaff) {
		to = home // this page is not theirs to see any more
	}
	return o.say("role", to), nil
}

// disableStaff takes a login out of use and ends its sessions.
func (o console) disableStaff(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	id := v.id()
	if err := staff.Disable(ctx, c, id); err != nil {
		return nil, err
	}
	if err := realm.CloseAll(ctx, c, id); err != nil {
		return nil, err
	}
	if err := v.note(ctx, c, journal.Entry{Act: "staff.disable", Subject: id}); err != nil {
		return nil, err
	}
	return o.say("disabled", personPath(id)), nil
}

// enableStaff puts a login into use again.
func (o console) enableStaff(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	id := v.id()
	if err := staff.Enable(ctx, c, id); err != nil {
		return nil, err
	}
	if err := v.note(ctx, c, journal.Entry{Act: "staff.enable", Subject: id}); err != nil {
		return nil, err
	}
	return o.say("enabled", personPath(id)), nil
}

// sendLink mails somebody a new link to choose a password; the old one dies.
func (o console) sendLink(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	id := v.id()
	if err := staff.Offer(ctx, c, id, staff.WelcomeFor); err != nil {
		return nil, err
	}
	if err := staff.Send(ctx, c, id); err != nil {
		return nil, err
	}
	if err := v.note(ctx, c, journal.Entry{Act: "staff.send_link", Subject: id}); err != nil {
		return nil, err
	}
	return o.say("linked", personPath(id)), nil
}
