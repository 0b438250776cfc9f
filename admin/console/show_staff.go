package console

import (
	"context"
	"strconv"

	"smartagenda/admin/journal"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
)

// personView is the page of one login; refused is why the last act was not done.
type personView struct {
	staff.Person
	acts    []journal.Entry
	refused string
}

func personPath(id int64) string { return staffPath + "/" + strconv.FormatInt(id, 10) }

func staffAct(p staff.Person, verb string) string { return personPath(p.ID) + "/" + verb }

// showStaff is one login and the last that its holder did.
func (o console) showStaff(ctx context.Context, c *postgres.Control, v *visit) (answer, error) {
	return o.drawPerson(ctx, c, v, "")
}

func (o console) drawPerson(ctx context.Context, c *postgres.Control, v *visit, refused string) (answer, error) {
	p, err := staff.Get(ctx, c, v.id())
	if err != nil {
		return nil, err
	}
	one := personView{Person: p, refused: refused}
	if one.acts, _, err = journal.List(ctx, c, journal.Filter{Staff: p.ID}, journal.Slice{Limit: perPage}); err != nil {
		return nil, err
	}
	return page(personPage(v.shell(v.T("console.staff"), staffPath), v, one)), nil
}

// rail is what the person did, newest first, then when they were let in.
func (one personView) rail(v *visit) []ui.RailItem {
	var items []ui.RailItem
	for _, e := range one.acts {
		items = append(items, ui.RailItem{Mark: ui.Done, Title: v.T(actKey(e.Act)), Text: v.facts(e), Note: v.moment(e.At)})
	}
	return append(items, ui.RailItem{Mark: ui.Done, Title: v.T("console.event_let_in"), Note: v.moment(one.CreatedAt)})
}
