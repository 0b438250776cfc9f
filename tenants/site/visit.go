package site

import (
	"context"
	"strconv"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/practitioners"
)

// visit is a booking under way: what is wished, who can do it, and what is
// free in the days last asked about.
type visit struct {
	page
	wish   wish
	team   []practitioners.Practitioner // who perform the service
	skills []practitioners.Skill        // of the team, for it
	offer  booking.Offer
}

func readVisit(ctx context.Context, sc postgres.Scope, p page, w wish) (visit, error) {
	v := visit{page: p, wish: w}
	people, err := practitioners.List(ctx, sc)
	if err != nil {
		return v, err
	}
	skills, err := practitioners.Skills(ctx, sc)
	if err != nil {
		return v, err
	}
	v.skills = of(w.service, skills)
	for _, one := range people {
		for _, k := range v.skills {
			if k.PractitionerID == one.ID {
				v.team = append(v.team, one)
			}
		}
	}
	return v, nil
}

// ask looks at what is free on the days before to; it returns a NotFound fault
// for a service that visitors cannot book.
func (v *visit) ask(ctx context.Context, sc postgres.Scope, from, to calendar.Date) (err error) {
	v.offer, err = booking.Slots(ctx, sc, booking.Query{Actor: booking.Visitor, Service: v.wish.service,
		Practitioner: v.wish.practitioner, From: from, To: to})
	return err
}

// soonest is the first free moment that ask found, zero when there is none.
func (v *visit) soonest() time.Time {
	if len(v.offer.Slots) > 0 {
		return v.offer.Slots[0].Start
	}
	return v.offer.Next
}

// farthest is the longest horizon that a service may have, in days.
const farthest = 730

// clamp keeps a day within those that can be asked about.
func (v *visit) clamp(d calendar.Date) calendar.Date {
	if today := v.today(); d.Before(today) {
		return today
	}
	if last := v.today().AddDays(farthest); d.After(last) {
		return last
	}
	return d
}

// horizon is the last day that can be booked.
func (v *visit) horizon() calendar.Date { return v.today().AddDays(v.offer.Service.HorizonDays) }

// knows tells whether somebody of the team is wished, or nobody in particular.
func (v *visit) knows(practitioner int64) bool {
	return practitioner == 0 || v.member(practitioner) != nil
}

func (v *visit) member(practitioner int64) *practitioners.Practitioner {
	for i := range v.team {
		if v.team[i].ID == practitioner {
			return &v.team[i]
		}
	}
	return nil
}

// facts are the length and the price with the one wished.
func (v *visit) facts(practitioner int64) []string {
	skills := v.skills
	if practitioner != 0 {
		skills = nil
		for _, k := range v.skills {
			if k.PractitionerID == practitioner {
				skills = append(skills, k)
			}
		}
	}
	return facts(v.Text, v.offer.Service, skills)
}

func (v *visit) steps(at int) ui.Steps {
	return ui.Steps{Label: v.T("site.steps"), At: at,
		Names: []string{v.word("site.step_service"), v.T("site.step_slot"), v.T("site.step_details")}}
}

// slot is a free moment as a link or, with answers to keep, a button.
func (v *visit) slot(s availability.Slot, button bool) ui.Slot {
	name := v.dayTime(s.Start)
	if one := v.member(v.wish.practitioner); one != nil {
		name = v.T("site.slot_with", "When", name, "Practitioner", one.Name)
	}
	one := ui.Slot{Label: v.Time(s.Start), Name: name}
	if button {
		one.Field, one.Value = "debut", s.Start.UTC().Format(time.RFC3339)
	} else {
		one.Href = v.wish.at(s.Start).path(pathDetails)
	}
	return one
}

// choices lead to the free moments of each of the team, of all first.
func (v *visit) choices() []ui.Link {
	links := []ui.Link{{Text: v.T("site.anyone"), Href: v.wish.with(0).path(pathSlots), Current: v.wish.practitioner == 0}}
	for _, one := range v.team {
		links = append(links, ui.Link{Text: one.ShortName, Href: v.wish.with(one.ID).path(pathSlots), Current: v.wish.practitioner == one.ID})
	}
	return links
}

// options are the same, for a list.
func (v *visit) options() []ui.Option {
	options := []ui.Option{{Label: v.T("site.anyone")}}
	for _, one := range v.team {
		options = append(options, ui.Option{Value: strconv.FormatInt(one.ID, 10), Label: one.Name})
	}
	return options
}
