package office_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/tenantstest"
)

// event is one of the feed, as a program reads it.
type event struct {
	ID, Start, End, Practitioner, Title, Service, State, Sign, Word, URL string
	Hue                                                                  int
	Background, AllDay                                                   bool
}

func (b *browser) feed(start, end string) (all []event) {
	b.t.Helper()
	got := b.get("/agenda/flux?start="+start+"&end="+end, "Accept", "application/json")
	if got.status != 200 || got.header.Get("Content-Type") != "application/json" {
		b.t.Fatalf("the feed answers %d %s: %s", got.status, got.header.Get("Content-Type"), got.body)
	}
	if err := json.Unmarshal([]byte(got.body), &all); err != nil {
		b.t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, e := range all {
		if ids[e.ID] || e.ID == "" {
			b.t.Errorf("id %q is empty or used twice", e.ID)
		}
		ids[e.ID] = true
	}
	return all
}

// behind are the backgrounds of a column as "09:00 12:00 title".
func behind(all []event, practitioner string) (lines []string) {
	for _, e := range all {
		if e.Background && e.Practitioner == practitioner {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", e.Start, e.End, e.Title)))
		}
	}
	return lines
}

func drawn(all []event) []event {
	return slices.DeleteFunc(slices.Clone(all), func(e event) bool { return e.Background || e.AllDay })
}

func TestTheFeedHoldsWhatTheGridDraws(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	s.book(s.b, func(r *booking.Request) { r.Person.LastName = "Secret" })
	asked := s.book(s.a, func(r *booking.Request) { r.Service, r.Start = tenantstest.Exam, tuesday("14:00") })
	gone := s.book(s.a, func(r *booking.Request) { r.Start = tuesday("16:00") })
	s.sql(s.a, "UPDATE participations SET status = 'cancelled', cancelled_at = now(), cancelled_by = 'member' WHERE id = $1", gone.Participation)
	got := drawn(s.in(s.a, "owner").feed("2026-11-24", "2026-11-25"))
	want := []event{
		{ID: fmt.Sprint(a.Participation), Start: "2026-11-24T10:20", End: "2026-11-24T10:40", Practitioner: "1", Title: "Camille Roussel",
			Service: "Consultation", Word: "réservé", URL: fmt.Sprintf("/agenda/rendez-vous/%d", a.Participation), Hue: 1},
		{ID: fmt.Sprint(asked.Participation), Start: "2026-11-24T14:00", End: "2026-11-24T14:30", Practitioner: "1", Title: "Camille Roussel", Service: "Bilan",
			State: "pending", Sign: "hourglass", Word: "à confirmer", URL: fmt.Sprintf("/agenda/rendez-vous/%d", asked.Participation), Hue: 1},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if n := len(drawn(s.in(s.a, "owner").feed("2026-11-25", "2026-11-26"))); n != 0 {
		t.Errorf("the day after has %d", n)
	}
}

func TestEachStatusHasItsSign(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, nil)
	b := s.in(s.a, "owner")
	for status, want := range map[booking.Status][4]string{
		booking.Pending: {"pending", "hourglass", "à confirmer", "À confirmer"}, booking.Booked: {"", "", "réservé", "Réservé"},
		booking.Arrived: {"", "armchair", "en salle", "En salle"}, booking.Honoured: {"done", "check", "honoré", "Honoré"},
		booking.Absent: {"gone", "user-x", "absence", "Absence"}, booking.Excused: {"gone", "user-x", "absence excusée", "Absence excusée"},
	} {
		s.sql(s.a, "UPDATE participations SET status = $1 WHERE id = $2", string(status), a.Participation)
		got := drawn(b.feed("2026-11-24", "2026-11-25"))
		if len(got) != 1 || [3]string{got[0].State, got[0].Sign, got[0].Word} != [3]string(want[:3]) {
			t.Errorf("%s: %+v, want %v", status, got, want)
		}
		b.get(at(a)).is(200, want[3])
	}
}

func TestClosedHoursStandBehindEachColumn(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.sql(s.a, "DELETE FROM openings WHERE practitioner_id = 2 AND weekday = 2")
	s.sql(s.a, "INSERT INTO openings (practitioner_id, location_id, weekday, opens, closes, valid_until) VALUES (2, 1, 2, '08:00', '10:00', '2026-11-30')")
	b := s.in(s.a, "owner")
	day := b.feed("2026-11-24", "2026-11-25")
	for who, want := range map[string][]string{
		"1": {"2026-11-24T00:00 2026-11-24T09:00", "2026-11-24T12:00 2026-11-24T14:00 Pause", "2026-11-24T18:00 2026-11-25T00:00"},
		"2": {"2026-11-24T00:00 2026-11-24T08:00", "2026-11-24T10:00 2026-11-25T00:00"},
	} {
		if got := behind(day, who); !slices.Equal(got, want) {
			t.Errorf("behind %s: %q, want %q", who, got, want)
		}
	}
	if got := behind(b.feed("2026-12-01", "2026-12-02"), "2"); !slices.Equal(got, []string{"2026-12-01T00:00 2026-12-02T00:00 Fermé"}) {
		t.Errorf("after its last day the opening still counts: %q", got)
	}
	// A week has one column a day: there the hours are those at which nobody is there.
	week := behind(b.feed("2026-11-23", "2026-11-30"), "")
	if want := []string{"2026-11-24T00:00 2026-11-24T08:00", "2026-11-24T12:00 2026-11-24T14:00 Pause", "2026-11-24T18:00 2026-11-25T00:00"}; !slices.Equal(week[3:6], want) {
		t.Errorf("Tuesday of the week: %q, want %q", week[3:6], want)
	}
	if want := "2026-11-29T00:00 2026-11-30T00:00 Fermé"; week[len(week)-1] != want {
		t.Errorf("Sunday: %q, want %q", week[len(week)-1], want)
	}
}

func TestAbsencesAndClosuresSayWhy(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.absent(tenantstest.Ada, tuesday("14:00"), tuesday("16:00"), "Formation")
	s.absent(tenantstest.Basile, tuesday("00:00"), tuesday("00:00").AddDate(0, 0, 2), "")
	s.absent(0, tuesday("17:00"), tuesday("18:00"), "")
	b := s.in(s.a, "owner")
	day := b.feed("2026-11-24", "2026-11-25")
	for who, want := range map[string]string{"1": "2026-11-24T14:00 2026-11-24T16:00 Formation", "2": "2026-11-24T00:00 2026-11-26T00:00 Indisponible", "": "2026-11-24T17:00 2026-11-24T18:00 Fermé"} {
		if got := behind(day, who); !slices.Contains(got, want) {
			t.Errorf("behind %q: %q lacks %q", who, got, want)
		}
	}
	var above []string
	for _, e := range b.feed("2026-11-23", "2026-11-30") {
		if e.AllDay {
			above = append(above, strings.ReplaceAll(e.Start+" "+e.End+" "+e.Practitioner+" "+e.Title, "\u00a0", " "))
		}
	}
	if want := []string{"2026-11-24T00:00 2026-11-26T00:00 2 Basile Petit : Indisponible", "2026-11-24T00:00 2026-11-25T00:00 1 Ada Martin : Formation, 14h – 16h"}; !slices.Equal(above, want) {
		t.Errorf("above the week: %q, want %q", above, want)
	}
}

func TestAPlaceElsewhereShowsItsOwnClock(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.In(t, s.a, func(ctx context.Context, sc postgres.Scope) error {
		id, err := catalog.AddLocation(ctx, sc, catalog.Location{Name: "La Réunion", Zone: "Indian/Reunion"})
		if err != nil {
			return err
		}
		who, err := practitioners.Add(ctx, sc, practitioners.Practitioner{Name: "Dr Chloé Hoarau", ShortName: "Chloé"})
		if err != nil {
			return err
		}
		if err := practitioners.Teach(ctx, sc, practitioners.Skill{ServiceID: tenantstest.Consult, PractitionerID: who}); err != nil {
			return err
		}
		return practitioners.AddOpening(ctx, sc, practitioners.Opening{PractitionerID: who, LocationID: id, Weekday: 2, Opens: tenantstest.At("08:00"), Closes: tenantstest.At("12:00")})
	})
	b := s.in(s.a, "owner")
	form := s.form(b)
	form.Set("practitioner", "3")
	form.Set("time", "8h20")
	b.post("/agenda/rendez-vous", form)
	got := drawn(b.feed("2026-11-24", "2026-11-25"))
	if len(got) != 1 || got[0].Start != "2026-11-24T08:20" {
		t.Fatalf("what was typed as 8h20 shows as %+v", got)
	}
	if n := s.count(s.a, "SELECT count(*) FROM appointments WHERE starts_at = '2026-11-24 04:20Z'"); n != 1 {
		t.Error("it is not at 8h20 in La Réunion")
	}
	if got := behind(b.feed("2026-11-24", "2026-11-25"), "3"); got[0] != "2026-11-24T00:00 2026-11-24T08:00" {
		t.Errorf("behind: %q", got)
	}
}

func TestTheFeedIsBounded(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	for query, field := range map[string]string{
		"": "start", "start=2026-11-23": "end", "start=2026-11-23&end=2026-11-23": "end", "start=2026-11-24&end=2026-11-23": "end",
		"start=2026-11-23&end=2027-01-25": "end", "start=x&end=2026-11-23": "start", "start=0001-01-01&end=0001-01-02": "start",
		"start=9999-12-30&end=9999-12-31": "start", "start=2026-11-23T00:00&end=2026-11-24": "start", "start=%00&end=%ff": "start",
	} {
		got := b.get("/agenda/flux?" + query)
		var problem struct {
			Code   string
			Errors []struct{ Field, Detail string }
		}
		if err := json.Unmarshal([]byte(got.body), &problem); err != nil || got.status != 422 || len(problem.Errors) == 0 || problem.Errors[0].Field != field || problem.Errors[0].Detail == "" {
			t.Errorf("%q: %d %s, want 422 on %s", query, got.status, got.body, field)
		}
	}
	if n := len(b.feed("2026-11-23", "2027-01-24")); n == 0 { // 62 days
		t.Error("nothing in 62 days")
	}
}

func TestAnAppointmentOverMidnightIsOnBothDays(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.book(s.a, func(r *booking.Request) {
		r.Actor, r.Service, r.Start = booking.Member(owner), tenantstest.Inside, tuesday("23:30")
	})
	b := s.in(s.a, "owner")
	for _, day := range []time.Time{tuesday("12:00"), tuesday("12:00").AddDate(0, 0, 1)} {
		got := drawn(b.feed(day.Format(time.DateOnly), day.AddDate(0, 0, 1).Format(time.DateOnly)))
		if len(got) != 1 || got[0].Start != "2026-11-24T23:30" || got[0].End != "2026-11-25T00:30" {
			t.Errorf("%s: %+v", day.Format(time.DateOnly), got)
		}
	}
}
