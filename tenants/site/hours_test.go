package site

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"smartagenda/configs/platform/i18n"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/practitioners"
)

func french(t *testing.T) *i18n.Text {
	t.Helper()
	texts, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	texts.OnMissing = func(lang, key, why string) { t.Errorf("%s: %s: %s", lang, key, why) }
	return texts.In(i18n.French)
}

// opening reads "1-5 09:00-12:00".
func opening(t *testing.T, s string) (list []practitioners.Opening) {
	t.Helper()
	days, span, _ := strings.Cut(s, " ")
	from, to, _ := strings.Cut(span, "-")
	for day := int(days[0] - '0'); day <= int(days[len(days)-1]-'0'); day++ {
		o := practitioners.Opening{LocationID: 1, Weekday: day}
		var err error
		if o.Opens, err = calendar.ParseTimeOfDay(from); err != nil {
			t.Fatal(err)
		}
		if o.Closes, err = calendar.ParseTimeOfDay(to); err != nil {
			t.Fatal(err)
		}
		list = append(list, o)
	}
	return list
}

func TestHoursAreSaidInFewLines(t *testing.T) {
	t.Parallel()
	text := french(t)
	monday := calendar.NewDate(2026, 11, 23)
	for name, one := range map[string]struct{ openings, want string }{
		"a practice":         {"1-5 08:30-12:30|1-5 14:00-19:00|6 09:00-12:00", "Lun. – ven.: 8h30 – 12h30, 14h – 19h|Samedi: 9h – 12h|Dimanche: Fermé"},
		"a hairdresser":      {"2-5 09:30-19:00|6 09:00-18:00", "Mar. – ven.: 9h30 – 19h|Samedi: 9h – 18h|Dim. et lun.: Fermé"},
		"every day":          {"1-7 10:00-20:00", "Tous les jours: 10h – 20h"},
		"never":              {"", ""},
		"the week-end":       {"6-7 10:00-12:00", "Lun. – ven.: Fermé|Sam. et dim.: 10h – 12h"},
		"one day":            {"3 10:00-12:00", "Mercredi: 10h – 12h|Jeu. – mar.: Fermé"},
		"two who overlap":    {"1 08:00-12:00|1 11:00-16:00|1 16:00-17:00", "Lundi: 8h – 17h|Mar. – dim.: Fermé"},
		"until the day ends": {"1 20:00-24:00", "Lundi: 20h – 0h|Mar. – dim.: Fermé"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var all []practitioners.Opening
			for _, s := range strings.Split(one.openings, "|") {
				if s != "" {
					all = append(all, opening(t, s)...)
				}
			}
			var lines []string
			for _, f := range hours(text, all, 1, monday) {
				lines = append(lines, f.Term+": "+f.Value)
			}
			if got := strings.ReplaceAll(strings.Join(lines, "|"), "\u00a0", " "); got != one.want {
				t.Errorf("got  %s\nwant %s", got, one.want)
			}
		})
	}
}

func TestHoursAreThoseOfThePlaceAndTheSeason(t *testing.T) {
	t.Parallel()
	text := french(t)
	monday := calendar.NewDate(2026, 11, 23)
	past, next, elsewhere := opening(t, "1 08:00-09:00")[0], opening(t, "1 08:00-09:00")[0], opening(t, "1 08:00-09:00")[0]
	past.ValidUntil, next.ValidFrom, elsewhere.LocationID = monday.AddDays(-1), monday.AddDays(1), 2
	if got := hours(text, []practitioners.Opening{past, next, elsewhere}, 1, monday); got != nil {
		t.Errorf("got %v", got)
	}
	past.ValidUntil, next.ValidFrom = monday, monday
	if got := hours(text, []practitioners.Opening{past}, 1, monday); len(got) != 2 {
		t.Errorf("the last day does not count: %v", got)
	}
	if got := hours(text, []practitioners.Opening{next}, 1, monday); len(got) != 2 {
		t.Errorf("the first day does not count: %v", got)
	}
}

// Whatever the openings, each day of the week is said once.
func TestEachDayIsSaidOnce(t *testing.T) {
	t.Parallel()
	text := french(t)
	rapid.Check(t, func(r *rapid.T) {
		var all []practitioners.Opening
		for range rapid.IntRange(1, 12).Draw(r, "openings") {
			from := rapid.IntRange(0, 23).Draw(r, "from")
			all = append(all, practitioners.Opening{LocationID: 1, Weekday: rapid.IntRange(1, 7).Draw(r, "weekday"),
				Opens: calendar.HourMinute(from, 0), Closes: calendar.HourMinute(rapid.IntRange(from+1, 24).Draw(r, "to"), 0)})
		}
		week := [7]string{}
		for i := range week {
			week[i] = dayHours(text, all, 1, i+1, calendar.NewDate(2026, 11, 23))
		}
		said, day := 0, beginning(week)
		for _, line := range hours(text, all, 1, calendar.NewDate(2026, 11, 23)) {
			n := 1
			for n < 7-said && week[(day+said+n)%7] == week[(day+said)%7] {
				n++
			}
			want := week[(day+said)%7]
			if want == "" {
				want = "Fermé"
			}
			if line.Term != dayNames(text, day+said, n) || line.Value != want {
				r.Fatalf("%s: %s, want %s: %s", line.Term, line.Value, dayNames(text, day+said, n), want)
			}
			said += n
		}
		if said != 7 {
			r.Fatalf("%d days are said", said)
		}
	})
}
