package office

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/subscriptions"
)

// offers is how many services the first run asks for at most.
const offers = 4

// setup is the first run: it takes an empty house to its first booking.
type setup struct {
	*visit
	form   ui.Form
	places []catalog.Location
	done   bool
	site   string
}

// leads tells whether the member arranges the house.
func (v *visit) leads() bool {
	return v.member.Role == members.Owner || v.member.Role == members.Manager
}

// empty tells whether nobody can be booked in this house yet.
func empty(ctx context.Context, s postgres.Scope) (bool, error) {
	people, err := practitioners.List(ctx, s)
	return len(people) == 0, err
}

func (o office) readSetup(ctx context.Context, s postgres.Scope, v *visit) (p setup, err error) {
	if !v.leads() {
		return p, fault.New(fault.Denied, "office.leads_only")
	}
	p = setup{visit: v, site: o.Sites.URL(v.tenant.Slug, "/")}
	if p.places, err = catalog.Locations(ctx, s); err != nil {
		return p, err
	}
	none, err := empty(ctx, s)
	p.done = !none
	return p, err
}

func (o office) showSetup(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	p, err := o.readSetup(ctx, s, v)
	if err != nil {
		return nil, err
	}
	return page(setupPage(v.shell(v.T("office.setup")), p)), nil
}

// furnish makes the house bookable, all at once or not at all. Sent twice it
// changes nothing more.
func (o office) furnish(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
	p, err := o.readSetup(ctx, s, v)
	if err != nil || p.done {
		return goTo(setupPath), err
	}
	p.form = web.Typed(v.c)
	if err := subscriptions.RoomForAgenda(ctx, s, v.tenant); err != nil {
		return nil, err
	}
	name := line(p.form.Value("practitioner", ""))
	services, bad := p.services()
	if n := len([]rune(name)); n == 0 || n > 40 {
		bad = append(bad, fault.On("practitioner", "office.setup_practitioner"))
	}
	place, wrong := p.place()
	bad = append(bad, wrong...)
	week, wrong := p.week()
	bad = append(bad, wrong...)
	if err := fault.Wrong(bad...); err != nil {
		return nil, err
	}
	if err := (begun{place, name, week, services}).save(ctx, s); err != nil {
		return nil, err
	}
	err = audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: v.member.ID, Act: "house.set_up"})
	return goTo(setupPath), err
}

// begun is what a house begins with; the place has an id where it is there
// already.
type begun struct {
	place    catalog.Location
	name     string // of who receives
	week     []practitioners.Opening
	services []catalog.Service
}

func (b begun) save(ctx context.Context, s postgres.Scope) (err error) {
	place, week := b.place, b.week
	if place.ID == 0 {
		if place.ID, err = catalog.AddLocation(ctx, s, place); err != nil {
			return err
		}
	}
	who, err := practitioners.Add(ctx, s, practitioners.Practitioner{Name: b.name, ShortName: b.name})
	if err != nil {
		return err
	}
	for i := range week {
		week[i].PractitionerID, week[i].LocationID = who, place.ID
	}
	if err := practitioners.AddWeek(ctx, s, week); err != nil {
		return err
	}
	for _, one := range b.services {
		id, err := catalog.AddService(ctx, s, one)
		if err != nil {
			return err
		}
		if err := practitioners.Teach(ctx, s, practitioners.Skill{ServiceID: id, PractitionerID: who}); err != nil {
			return err
		}
	}
	return nil
}

// correctSetup shows again what was typed, marked.
func (o office) correctSetup(wrong error) act {
	return func(ctx context.Context, s postgres.Scope, v *visit) (answer, error) {
		p, err := o.readSetup(ctx, s, v)
		if err != nil {
			return nil, err
		}
		if p.form, err = web.Mark(v.c, web.Typed(v.c), wrong); err != nil {
			return nil, err
		}
		return page(setupPage(v.shell(v.T("office.setup")), p)), nil
	}
}

// place is the house's, or the one typed.
func (p setup) place() (l catalog.Location, bad []fault.Field) {
	if len(p.places) > 0 {
		return p.places[0], nil
	}
	l = catalog.Location{Name: p.house.Name, Street: line(p.form.Value("street", "")), Postcode: line(p.form.Value("postcode", "")), City: line(p.form.Value("city", ""))}
	for _, f := range []struct {
		name, text string
		most       int
	}{{"street", l.Street, 200}, {"postcode", l.Postcode, 12}, {"city", l.City, 120}} {
		if n := len([]rune(f.text)); n == 0 || n > f.most {
			bad = append(bad, fault.On(f.name, "office.setup_place"))
		}
	}
	return l, bad
}

var sum = regexp.MustCompile(`^(\d{1,5})(?:[.,](\d{2}))?$`)

// services are the rows that have a name.
func (p setup) services() (list []catalog.Service, bad []fault.Field) {
	for i := range offers {
		n := strconv.Itoa(i)
		name := line(p.form.Value("name_"+n, ""))
		if name == "" {
			continue
		}
		one := catalog.Service{Name: name, Mode: catalog.Online, Reason: catalog.OptionalReason, GridMinutes: 15, NoticeMinutes: 120, HorizonDays: 90,
			CancelMinutes: 1440, MoveMinutes: 1440, Capacity: 1, Hue: i + 1, Position: i}
		one.Minutes, _ = strconv.Atoi(line(p.form.Value("minutes_"+n, ""))) // else 0, which Check refuses
		if typed := line(p.form.Value("price_cents_"+n, "")); typed != "" {
			parts := sum.FindStringSubmatch(typed)
			if parts == nil {
				bad = append(bad, fault.On("price_cents_"+n, "office.setup_price"))
			} else {
				cents, _ := strconv.Atoi(parts[1] + (parts[2] + "00")[:2]) // digits, at most seven
				one.PriceCents = &cents
			}
		}
		for _, f := range one.Check() {
			f.Name += "_" + n
			bad = append(bad, f)
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		bad = append(bad, fault.On("name_0", "office.setup_service"))
	}
	return list, bad
}

// week is the same hours on each day that was ticked; the afternoon may stay
// empty.
func (p setup) week() (list []practitioners.Opening, bad []fault.Field) {
	for _, half := range []string{"morning", "afternoon"} {
		from, to := strings.TrimSpace(p.form.Value(half+"_from", "")), strings.TrimSpace(p.form.Value(half+"_to", ""))
		if from == "" && to == "" {
			continue
		}
		opens, ok := parseClock(from)
		closes, ok2 := parseClock(to)
		if !ok || !ok2 {
			bad = append(bad, fault.On(half+"_from", "office.time_form"))
			continue
		}
		for _, typed := range p.form.Values["days"] {
			if day, err := strconv.Atoi(typed); err == nil && day >= 1 && day <= 7 {
				list = append(list, practitioners.Opening{Weekday: day, Opens: opens, Closes: closes})
			}
		}
	}
	if len(list) == 0 && len(bad) == 0 {
		bad = append(bad, fault.On("days", "office.setup_week"))
	}
	if err := practitioners.CheckWeek(list); err != nil {
		bad = append(bad, fault.On("morning_from", fault.As(err).Fields[0].Key))
	}
	return list, bad
}

func (p setup) preset(i int) (one catalog.Preset) {
	if offer := catalog.TradeNamed(p.house.Trade).Offer; i < len(offer) {
		one = offer[i]
	}
	return one
}

func (p setup) days() []ui.Option {
	var list []ui.Option
	for day := 1; day <= 7; day++ {
		list = append(list, ui.Option{Value: strconv.Itoa(day), Label: p.T("office.setup_day_" + strconv.Itoa(day))})
	}
	return list
}
