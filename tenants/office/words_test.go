package office

import (
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"smartagenda/configs/platform/i18n"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/practitioners"
)

func TestATimeIsReadAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"10h20": "10:20", "10:20": "10:20", "10.20": "10:20", "10H20": "10:20", "10 h 20": "10:20", "10\u00a0h\u00a020": "10:20", "1020": "10:20",
		"10h": "10:00", "10": "10:00", "9": "09:00", "9h5": "09:05", "905": "09:05", "0h": "00:00", "23h59": "23:59", " 9h30 ": "09:30",
	} {
		if got, ok := parseClock(typed); !ok || got.String() != want {
			t.Errorf("%q: %s %v, want %s", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", "h", "24h", "10h60", "10h200", "-1", "dix heures", "10h20 demain", "10:20:30", "1h2h3", "99999", "10h2\x00", "١٠h٢٠"} {
		if got, ok := parseClock(typed); ok {
			t.Errorf("%q is read as %s", typed, got)
		}
	}
}

func FuzzATimeThatIsReadIsOfOneDay(f *testing.F) {
	for _, seed := range []string{"10h20", "9", "2400", "1 : 2", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if got, ok := parseClock(typed); ok && (got < calendar.Midnight || got >= calendar.EndOfDay) {
			t.Errorf("%q is read as %s", typed, got)
		}
	})
}

func TestOnlyPagesOfTheAgendaAreGoneBackTo(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"/agenda", "/agenda/jour", "/agenda/semaine?date=2026-11-23", "/agenda/rendez-vous/12", "/agenda?view=week&date=2026-11-23", "/agenda/connexions"} {
		if got := local(good); got != good {
			t.Errorf("%q becomes %q", good, got)
		}
	}
	for _, bad := range []string{"", "/", "agenda", "/agendas", "//evil.test/agenda", "/\\evil.test", "/agenda\\..", "https://evil.test/agenda", "/agenda/../x", "/agenda//evil.test", "/agenda/./x",
		"/agenda/%2e%2e/x", "/agenda/x\r\nSet-Cookie: a=b", "/agenda/x#y", "javascript:alert(1)", "/agenda/connexion", "/agenda/connexion?next=x", "/agenda/deconnexion", "/agenda/mot-de-passe/x", "/agenda/\u2028"} {
		if got := local(bad); got != home {
			t.Errorf("%q stays %q", bad, got)
		}
	}
}

func FuzzWhereOneGoesIsLocal(f *testing.F) {
	for _, seed := range []string{"/agenda/jour?date=2026-11-23", "//evil.test", "/agenda/..", "/agenda?x=https://evil.test"} {
		f.Add(seed)
	}
	here, _ := url.Parse("https://cabinet.smartagenda.test/agenda/connexion")
	f.Fuzz(func(t *testing.T, next string) {
		to, err := here.Parse(local(next))
		if err != nil || to.Host != here.Host || to.Scheme != here.Scheme || to.Path != home && !strings.HasPrefix(to.Path, home+"/") {
			t.Errorf("%q leads to %v (%v)", next, to, err)
		}
	})
}

func FuzzALineIsTextForTheDatabase(f *testing.F) {
	for _, seed := range []string{"Roussel", "a\x00b", "\xff", strings.Repeat("é", 300), " \t\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := line(typed)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return r < ' ' }) || utf8.RuneCountInString(got) > longestLine {
			t.Errorf("%q becomes %q", typed, got)
		}
	})
}

func TestAWeekIsNamedByItsEnds(t *testing.T) {
	t.Parallel()
	b, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	for first, want := range map[string][2]string{
		"2026-11-23": {"23 – 29 novembre 2026", "23 – 29 November 2026"},
		"2026-11-30": {"30 novembre – 6 décembre 2026", "30 November – 6 December 2026"},
		"2026-12-28": {"28 décembre 2026 – 3 janvier 2027", "28 December 2026 – 3 January 2027"},
		"2027-02-01": {"1er – 7 février 2027", "1 – 7 February 2027"},
	} {
		d, _ := calendar.ParseDate(first)
		for i, lang := range []string{i18n.French, i18n.English} {
			if got := strings.ReplaceAll(weekTitle(b.In(lang), d, d.AddDays(6)), "\u00a0", " "); got != want[i] {
				t.Errorf("%s: %q, want %q", first, got, want[i])
			}
		}
	}
}

func TestAgeCountsWholeYears(t *testing.T) {
	t.Parallel()
	today := calendar.NewDate(2026, 11, 23)
	for born, want := range map[string]int{"1979-03-12": 47, "1979-11-23": 47, "1979-11-24": 46, "2026-11-23": 0, "2025-12-01": 0, "2024-02-29": 2} {
		d, _ := calendar.ParseDate(born)
		if got := age(d, today); got != want {
			t.Errorf("born %s: %d, want %d", born, got, want)
		}
	}
}

func TestTheGridShowsTheHoursOfAll(t *testing.T) {
	t.Parallel()
	at := func(s string) calendar.TimeOfDay { m, _ := calendar.ParseTimeOfDay(s); return m }
	for _, c := range []struct{ opens, closes, from, to string }{
		{"08:30", "19:00", "08:00", "19:00"}, {"09:00", "18:10", "08:00", "19:00"}, {"00:00", "24:00", "00:00", "24:00"}, {"00:15", "23:59", "00:00", "24:00"},
	} {
		h := hours{openings: []practitioners.Opening{{Weekday: 1, Opens: at(c.opens), Closes: at(c.closes)}}}
		if from, to := h.shown(); from.String() != c.from || to.String() != c.to {
			t.Errorf("%s to %s: %s to %s, want %s to %s", c.opens, c.closes, from, to, c.from, c.to)
		}
	}
	if from, to := (hours{}).shown(); from.String() != "08:00" || to.String() != "19:00" {
		t.Errorf("nobody: %s to %s", from, to)
	}
	if days := (hours{}).idle(); days != nil {
		t.Errorf("a house without hours leaves out %v", days)
	}
	if days := (hours{openings: []practitioners.Opening{{Weekday: 7}, {Weekday: 1}}}).idle(time.Tuesday); len(days) != 4 {
		t.Errorf("left out: %v", days)
	}
}

// Open and closed parts of a day are its minutes, each once.
func TestClosedIsWhatOpenLeaves(t *testing.T) {
	t.Parallel()
	b, err := i18n.New(Messages)
	if err != nil {
		t.Fatal(err)
	}
	d := calendar.NewDate(2026, 11, 23)
	rapid.Check(t, func(t *rapid.T) {
		h := hours{zone: time.UTC, people: []practitioners.Practitioner{{ID: 1}}}
		for range rapid.IntRange(0, 5).Draw(t, "openings") {
			from := rapid.IntRange(0, 1439).Draw(t, "from")
			to := rapid.IntRange(from+1, 1440).Draw(t, "to")
			h.openings = append(h.openings, practitioners.Opening{PractitionerID: 1, Weekday: 1, Opens: calendar.TimeOfDay(from), Closes: calendar.TimeOfDay(to)})
		}
		covered := make([]int, 1440)
		for _, s := range h.of(1, d) {
			for m := s.from; m < s.to; m++ {
				covered[m]++
			}
		}
		f := feed{visit: &visit{Text: b.In(i18n.French)}, hours: h}
		f.closed(d)
		for _, e := range f.events {
			from, _ := time.Parse("2006-01-02T15:04", e.Start)
			to, _ := time.Parse("2006-01-02T15:04", e.End)
			if !from.Before(to) || !e.Background || e.Practitioner != "1" {
				t.Fatalf("%+v", e)
			}
			for ; from.Before(to); from = from.Add(time.Minute) {
				covered[from.Hour()*60+from.Minute()]++
			}
		}
		for m, n := range covered {
			if n != 1 {
				t.Fatalf("minute %d is covered %d times", m, n)
			}
		}
	})
}
