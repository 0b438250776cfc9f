package demo

import (
	"context"
	"slices"
	"time"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/patients"
)

// act is one thing that happens, in one transaction of its own.
type act struct {
	at   time.Time
	play func(context.Context, *stage, postgres.Scope) error
}

// acts puts the story in order: first the files of those who are known to the
// house, then all that happens to each visit. No two acts share an instant.
func acts(crowd []person, visits []visit) []act {
	var all []act
	for i := range crowd {
		if p := &crowd[i]; !p.is(newcomer) {
			all = append(all, act{p.since, p.file})
		}
	}
	for i := range visits {
		v := &visits[i]
		all = append(all, act{v.booked, v.book})
		if !v.confirmed.IsZero() && (v.fate != booking.Cancelled || v.confirmed.Before(v.closed)) {
			all = append(all, act{v.confirmed, v.confirm})
		}
		switch v.fate {
		case booking.Cancelled:
			all = append(all, act{v.closed, v.cancel})
		case booking.Honoured:
			all = append(all, act{v.arrived, v.arrive}, act{v.closed, v.honour})
		default:
			all = append(all, act{v.closed, v.miss})
		}
	}
	slices.SortStableFunc(all, func(a, b act) int { return a.at.Compare(b.at) })
	for i := 1; i < len(all); i++ {
		if !all[i].at.After(all[i-1].at) {
			all[i].at = all[i-1].at.Add(time.Second)
		}
	}
	return all
}

// stage is where the acts of one house are played.
type stage struct {
	team, offer []int64 // ids, in the order of the house
	writers     []int64 // ids of the members who book, the owner first
	policy      int
	until       time.Time
}

// file makes the person's file.
func (p *person) file(ctx context.Context, t *stage, s postgres.Scope) error {
	d := p.Draft
	d.NoContact = true
	one, bad := d.Normal()
	if err := fault.Wrong(bad...); err != nil {
		return err
	}
	one.PolicyVersion, one.BornOn, one.BirthName = t.policy, p.born, p.birthName
	if p.landline != "" {
		number, err := phone.Parse(p.landline)
		if err != nil {
			return err
		}
		one.Phone = string(number)
	}
	id, err := patients.Add(ctx, s, one)
	if err != nil {
		return err
	}
	return audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: t.desk(), Act: "patient.create", Subject: id})
}

func (t *stage) member(i int) int64 { return t.writers[(i-1)%len(t.writers)] }

// desk is the member who receives people.
func (t *stage) desk() int64 { return t.writers[min(1, len(t.writers)-1)] }

func (v *visit) book(ctx context.Context, t *stage, s postgres.Scope) error {
	r := booking.Request{
		Actor: booking.Visitor, Source: booking.FromSite, Service: t.offer[v.service], Practitioner: t.team[v.agenda],
		Start: v.start, Person: v.person.Draft, Reason: v.reason, Policy: t.policy,
	}
	if v.staff > 0 {
		r.Actor, r.Source, r.Note = booking.Member(t.member(v.staff)), booking.FromAgenda, v.note
	}
	a, err := booking.Reserve(ctx, s, r)
	if err != nil {
		return err
	}
	return settle(ctx, s, a.Participation, *v.person, v.spoken(t))
}

// spoken is until when messages about the visit left as planned: a
// cancellation takes back the rest.
func (v *visit) spoken(t *stage) time.Time {
	if v.fate == booking.Cancelled {
		return earlier(v.closed, t.until)
	}
	return t.until
}

func (v *visit) confirm(ctx context.Context, t *stage, s postgres.Scope) error {
	id, err := v.mark(ctx, t, s, step{booking.Pending, booking.Booked, "appointment.confirm"})
	if id == 0 || err != nil {
		return err
	}
	word := messages.Planned{Kind: messages.Confirmation, Channel: messages.Mail, Due: s.Now()}
	if err := messages.Put(ctx, s, word, messages.About{Participation: id}); err != nil {
		return err
	}
	return settle(ctx, s, id, *v.person, v.spoken(t))
}

func (v *visit) cancel(ctx context.Context, t *stage, s postgres.Scope) error {
	id, err := find(ctx, s, t.team[v.agenda], v.start)
	if id == 0 || err != nil {
		return err
	}
	actor := booking.Member(t.desk())
	if v.staff == 0 && v.start.Sub(v.closed) > time.Hour {
		actor = booking.Visitor
	}
	if _, err := booking.Cancel(ctx, s, booking.Cancellation{Actor: actor, Participation: id}); err != nil {
		return err
	}
	return settle(ctx, s, id, *v.person, t.until)
}

func (v *visit) arrive(ctx context.Context, t *stage, s postgres.Scope) error {
	_, err := v.mark(ctx, t, s, step{booking.Booked, booking.Arrived, "appointment.arrive"})
	return err
}

func (v *visit) honour(ctx context.Context, t *stage, s postgres.Scope) error {
	_, err := v.mark(ctx, t, s, step{booking.Arrived, booking.Honoured, "appointment.honour"})
	return err
}

func (v *visit) miss(ctx context.Context, t *stage, s postgres.Scope) error {
	_, err := v.mark(ctx, t, s, step{booking.Booked, v.fate, "appointment.miss"})
	return err
}

// step is a change of status and its name in the journal.
type step struct {
	from, to booking.Status
	act      string
}

// mark takes the step and gives the participation, 0 when there is none.
func (v *visit) mark(ctx context.Context, t *stage, s postgres.Scope, c step) (int64, error) {
	id, err := find(ctx, s, t.team[v.agenda], v.start)
	if id == 0 || err != nil {
		return 0, err
	}
	return id, mark(ctx, s, c.from, c.to, audit.Entry{Actor: audit.ByMember, ActorID: t.desk(), Act: c.act, Subject: id})
}
