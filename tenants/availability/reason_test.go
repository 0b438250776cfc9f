package availability_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
)

// scene is cabinet(t), Monday 23 November 2026 at 09:00 with practitioner 1,
// seen from the midnight before, for a case to change.
type scene struct {
	*testing.T
	rules   availability.Rules
	busy    []availability.Busy
	m       availability.Moment
	service *availability.Service
	person  *availability.Practitioner
	opening *availability.Opening
}

func (s *scene) hour(hour string) time.Time { return at(s, "2026-11-23T"+hour+"+01:00") }

func (s *scene) close(from, to string) { s.rules.Closures = []calendar.Span{on(s, from, to)} }
func (s *scene) away(from, to string)  { s.person.Absences = []calendar.Span{on(s, from, to)} }
func (s *scene) take(resource int64, from, to string) {
	s.busy = append(s.busy, availability.Busy{Resource: resource, Span: on(s, from, to)})
}

type reasonCase struct {
	name   string
	change func(*scene)
	want   string
}

// explain checks Explain and Check of each case.
func explain(t *testing.T, cases []reasonCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &scene{T: t, rules: cabinet(t)}
			s.service, s.person = &s.rules.Service, &s.rules.Practitioners[0]
			s.opening = &s.person.Openings[0]
			s.m = availability.Moment{Start: s.hour("09:00"), Practitioner: 1, Now: s.hour("00:00")}
			c.change(s)
			var text []string
			for _, r := range availability.Explain(s.rules, s.busy, s.m) {
				text = append(text, string(r))
			}
			if got := strings.Join(text, " "); got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
			first, _, _ := strings.Cut(c.want, " ")
			if _, got := availability.Check(s.rules, s.busy, s.m); string(got) != first {
				t.Errorf("Check says %q", got)
			}
		})
	}
}

func TestReasonsOfWhoAndWhat(t *testing.T) {
	t.Parallel()
	explain(t, []reasonCase{
		{"nothing against it", func(*scene) {}, ""},
		{"another practitioner", func(s *scene) { s.m.Practitioner = 2 }, "unknown_practitioner"},
		{"no practitioner", func(s *scene) { s.m.Practitioner = 0 }, "unknown_practitioner"},
		{"does other services", func(s *scene) { s.person.Offers[0].Service = 2 }, "does_not_do_service"},
		{"no duration", func(s *scene) { s.service.Duration = 0 }, "bad_service"},
		{"negative own duration", func(s *scene) { s.person.Offers[0].Duration = -time.Minute }, "bad_service"},
		{"too long", func(s *scene) { s.service.Duration = availability.MaxDuration + time.Minute }, "bad_service"},
		{"half a minute", func(s *scene) { s.service.After = 30 * time.Second }, "bad_service"},
		{"negative buffer", func(s *scene) { s.service.Before = -time.Minute }, "bad_service"},
		{"no grid", func(s *scene) { s.service.Grid = 0 }, "bad_service"},
	})
}

func TestReasonsOfNow(t *testing.T) {
	t.Parallel()
	explain(t, []reasonCase{
		{"it is now", func(s *scene) { s.m.Now = s.hour("09:00") }, ""},
		{"a minute ago", func(s *scene) { s.m.Now = s.hour("09:01") }, "past"},
		{"a microsecond ago", func(s *scene) { s.m.Now = s.hour("09:00").Add(time.Microsecond) }, "past"},
		{"past with a notice", func(s *scene) { s.m.Now, s.service.Notice = s.hour("09:01"), time.Hour }, "past"},
		{"exactly the notice", func(s *scene) { s.m.Now, s.service.Notice = s.hour("08:00"), time.Hour }, ""},
		{"less than the notice", func(s *scene) { s.m.Now, s.service.Notice = s.hour("08:01"), time.Hour }, "notice"},
		{"negative notice", func(s *scene) { s.m.Now, s.service.Notice = s.hour("09:01"), -time.Hour }, "past"},
		{"last day of the horizon", func(s *scene) { s.m.Now, s.service.Horizon = at(s, "2026-11-13T00:00+01:00"), 10 }, ""},
		{"day after the horizon", func(s *scene) { s.m.Now, s.service.Horizon = at(s, "2026-11-12T23:59+01:00"), 10 }, "horizon"},
		{"today only", func(s *scene) { s.service.Horizon = 0 }, ""},
		{"no day at all", func(s *scene) { s.service.Horizon = -1 }, "horizon"},
	})
}

func TestReasonsOfOpenings(t *testing.T) {
	t.Parallel()
	monday := date(t, "2026-11-23")
	explain(t, []reasonCase{
		{"before it", func(s *scene) { s.m.Start = s.hour("08:30") }, "outside_opening"},
		{"at its end", func(s *scene) { s.m.Start = s.hour("12:00") }, "outside_opening"},
		{"on another day", func(s *scene) { s.opening.Weekday = time.Tuesday }, "outside_opening"},
		{"inverted", func(s *scene) { s.opening.To = calendar.HourMinute(8, 0) }, "outside_opening"},
		{"from tomorrow", func(s *scene) { s.opening.ValidFrom = monday.AddDays(1) }, "opening_not_valid"},
		{"until yesterday", func(s *scene) { s.opening.ValidUntil = monday.AddDays(-1) }, "opening_not_valid"},
		{"of that day alone", func(s *scene) { s.opening.ValidFrom, s.opening.ValidUntil = monday, monday }, ""},
		{"for other services", func(s *scene) { s.opening.Services = []int64{2, 3} }, "opening_other_service"},
		{"for this one and another", func(s *scene) { s.opening.Services = []int64{2, 1} }, ""},
		{"ends too early", func(s *scene) { s.m.Start, s.service.Duration = s.hour("11:30"), 31*time.Minute }, "opening_too_short"},
		{"own duration is longer", func(s *scene) { s.m.Start, s.person.Offers[0].Duration = s.hour("11:30"), time.Hour }, "opening_too_short"},
		{"own duration is shorter", func(s *scene) { s.service.Duration, s.person.Offers[0].Duration = 4*time.Hour, time.Hour }, ""},
		{"between two starts", func(s *scene) { s.m.Start = s.hour("09:15") }, "not_on_grid"},
		{"a nanosecond late", func(s *scene) { s.m.Start = s.m.Start.Add(1) }, "not_on_grid"},
		{"another one fits better", func(s *scene) {
			second := *s.opening
			s.opening.From, s.opening.ValidUntil = calendar.HourMinute(8, 50), monday.AddDays(-1)
			s.person.Openings = append(s.person.Openings, second)
		}, ""},
	})
}

func TestReasonsOfWhatIsThere(t *testing.T) {
	t.Parallel()
	explain(t, []reasonCase{
		{"closed", func(s *scene) { s.close("09:29", "09:31") }, "closed"},
		{"closed just after", func(s *scene) { s.close("09:30", "10:00") }, ""},
		{"closed in the buffer", func(s *scene) { s.close("09:30", "10:00"); s.service.After = 5 * time.Minute }, "closed"},
		{"inverted closure", func(s *scene) { s.close("09:20", "09:10") }, ""},
		{"away", func(s *scene) { s.away("08:00", "09:01") }, "absent"},
		{"away in the buffer", func(s *scene) { s.away("08:00", "09:00"); s.service.Before = 5 * time.Minute }, "absent"},
		{"taken", func(s *scene) { s.take(101, "09:10", "09:20") }, "taken"},
		{"taken by another", func(s *scene) { s.take(102, "09:10", "09:20") }, ""},
		{"taken just before", func(s *scene) { s.take(101, "08:00", "09:00") }, ""},
		{"taken in the buffer", func(s *scene) { s.take(101, "09:34", "10:00"); s.service.After = 5 * time.Minute }, "taken"},
		{"buffers out of the opening", func(s *scene) { s.service.Before, s.service.After = time.Hour, 5*time.Hour }, ""},
		{"everything", func(s *scene) {
			s.m.Start, s.m.Now = s.hour("09:15"), s.hour("10:00")
			s.service.Horizon, s.service.Duration, s.person.Offers = -1, 5*time.Hour, nil
			s.opening.ValidUntil, s.opening.Services = date(s, "2026-01-01"), []int64{2}
			s.close("00:00", "23:00")
			s.away("00:00", "23:00")
			s.take(101, "00:00", "23:00")
		}, "does_not_do_service past horizon opening_not_valid opening_other_service opening_too_short not_on_grid closed absent taken"},
	})
}

func TestReasonsListsEachOnce(t *testing.T) {
	t.Parallel()
	all := availability.Reasons()
	if len(all) != 14 || slices.Contains(all, availability.None) {
		t.Fatalf("reasons: %v", all)
	}
	slices.Sort(all)
	if len(slices.Compact(all)) != 14 {
		t.Errorf("one stands twice: %v", all)
	}
}
