package demo

import (
	"cmp"
	"context"
	"slices"
	"time"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/provisioning"
)

// house is one tenant of the demo as its owner has set it up.
type house struct {
	slug       string
	owner      string // who signs in as owner@{slug}.test
	status     tenants.Status
	subscribed string // plan
	profile    catalog.Profile
	place      catalog.Location
	logins     []login
	team       []agenda
	offer      []service
	away       []away
	notes      []string // what the house writes to itself
	opened     int      // days ago
	filled     int      // minutes in 100 that are taken, about
	faithful   int      // chance in 100 that somebody sees only whom they always see
}

// login is a member beside the owner; the mail address begins with the role.
type login struct {
	role   members.Role
	name   string
	agenda int // 1 for the first of the team, 0 for none
}

// agenda is a practitioner and the usual week.
type agenda struct {
	practitioners.Practitioner
	week []hours
}

// hours are the same on several days, 1 for Monday.
type hours struct {
	days     []int
	from, to calendar.TimeOfDay
}

// service is what is booked, by whom (all when nil) and why.
type service struct {
	catalog.Service
	by        []int // agendas, from 1
	share     int   // of the appointments, against the other services
	over      int   // youngest age in years
	under     int   // first age too old, 0 for none
	newcomers bool  // for those who have never come
	remote    bool  // by video, which needs a mail address
	reasons   []string
}

// away is when somebody (0: everybody) does not work, on a day after today.
type away struct {
	agenda   int
	day      int
	from, to calendar.TimeOfDay
	label    string
}

// at reads "8:30".
func at(hour, minute int) calendar.TimeOfDay { return calendar.HourMinute(hour, minute) }

func euros(n int) *int {
	n *= 100
	return &n
}

// usual fills in what most services of these houses share.
func usual(v service) service {
	v.Mode, v.Reason = cmp.Or(v.Mode, catalog.Online), cmp.Or(v.Reason, catalog.OptionalReason)
	v.NoticeMinutes, v.HorizonDays = cmp.Or(v.NoticeMinutes, 120), cmp.Or(v.HorizonDays, 90)
	v.CancelMinutes, v.MoveMinutes, v.Capacity = cmp.Or(v.CancelMinutes, 1440), cmp.Or(v.MoveMinutes, 1440), 1
	return v
}

// writers are the members who may book: the owner and most others.
func (h house) writers() []members.Role {
	roles := []members.Role{members.Owner}
	for _, l := range h.logins {
		if l.role.CanWrite() {
			roles = append(roles, l.role)
		}
	}
	return roles
}

func (h house) email(role members.Role) string { return string(role) + "@" + h.slug + ".test" }

// application is how the house signed up.
func (h house) application() provisioning.Application {
	return provisioning.Application{Slug: h.slug, Name: h.profile.Name, OwnerName: h.owner, OwnerEmail: h.email(members.Owner),
		Phone: h.profile.Phone, Plan: h.subscribed}
}

// furnish writes all that the owner set up, and the mark that it is done with
// the instant at which the story ends.
func (h house) furnish(ctx context.Context, s postgres.Scope, until time.Time) error {
	zone, err := calendar.LoadZone(h.profile.Zone)
	if err != nil {
		return err
	}
	if err := catalog.SaveProfile(ctx, s, h.profile); err != nil {
		return err
	}
	place, err := catalog.AddLocation(ctx, s, h.place)
	if err != nil {
		return err
	}
	team, err := h.hire(ctx, s, place)
	if err != nil {
		return err
	}
	if err := h.teach(ctx, s, team); err != nil {
		return err
	}
	for _, a := range h.away {
		if err := practitioners.AddAbsence(ctx, s, a.absence(team, calendar.DateOf(until, zone), zone)); err != nil {
			return err
		}
	}
	if err := h.admit(ctx, s, team); err != nil {
		return err
	}
	if err := settle(ctx, s, 0, person{}, until); err != nil { // the owner's welcome
		return err
	}
	return audit.Write(ctx, s, audit.Entry{Actor: audit.BySystem, Act: begin, Facts: map[string]any{"until": until}})
}

// hire adds the team and gives their ids.
func (h house) hire(ctx context.Context, s postgres.Scope, place int64) (ids []int64, err error) {
	for i, a := range h.team {
		a.Position = i
		id, err := practitioners.Add(ctx, s, a.Practitioner)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
		for _, o := range a.week {
			for _, day := range o.days {
				if err := practitioners.AddOpening(ctx, s, practitioners.Opening{PractitionerID: id, LocationID: place,
					Weekday: day, Opens: o.from, Closes: o.to}); err != nil {
					return nil, err
				}
			}
		}
	}
	return ids, nil
}

func (h house) teach(ctx context.Context, s postgres.Scope, team []int64) error {
	for i, v := range h.offer {
		v.Position = i
		id, err := catalog.AddService(ctx, s, v.Service)
		if err != nil {
			return err
		}
		for j, practitioner := range team {
			if v.doneBy(j) {
				if err := practitioners.Teach(ctx, s, practitioners.Skill{ServiceID: id, PractitionerID: practitioner}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (v service) doneBy(agenda int) bool { return v.by == nil || slices.Contains(v.by, agenda+1) }

func (a away) absence(team []int64, today calendar.Date, zone *time.Location) practitioners.Absence {
	day := today.AddDays(a.day)
	absence := practitioners.Absence{StartsAt: day.At(a.from, zone), EndsAt: day.At(a.to, zone), Label: a.label}
	if a.agenda > 0 {
		absence.PractitionerID = team[a.agenda-1]
	}
	return absence
}

// admit gives everybody of the house a login with the demo's password.
func (h house) admit(ctx context.Context, s postgres.Scope, team []int64) error {
	owner, err := members.ByEmail(ctx, s, h.email(members.Owner))
	if err != nil {
		return err
	}
	ids := []int64{owner.ID}
	for _, l := range h.logins {
		m := members.Member{Email: h.email(l.role), Name: l.name, Role: l.role}
		if l.agenda > 0 {
			m.PractitionerID = team[l.agenda-1]
		}
		id, err := members.Add(ctx, s, m)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	hash, err := secure.Hash(ctx, Password)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := members.SetPassword(ctx, s, id, hash); err != nil {
			return err
		}
	}
	return ownAgenda(ctx, s, owner.ID, team[0])
}
