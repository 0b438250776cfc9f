package console

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"smartagenda/admin/journal"
	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
)

// capital begins a line with a part of a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// look is how a state is seen before it is read.
var look = map[tenants.Status]struct {
	tone ui.Tone
	icon string
}{
	tenants.Setup: {"", "clock"}, tenants.Trial: {ui.Info, "hourglass"}, tenants.Active: {ui.OK, "check"}, tenants.PastDue: {ui.Warn, "credit-card"},
	tenants.Suspended: {ui.Bad, "pause"}, tenants.Terminated: {"", "door-closed"}, tenants.Purged: {"", "archive"},
}

func (v *visit) status(s tenants.Status) ui.Badge {
	return ui.Badge{Tone: look[s].tone, Icon: look[s].icon, Text: v.T("console.status_" + string(s))}
}

func (v *visit) role(r staff.Role) string { return v.T("console.role_" + string(r)) }

// since is how long ago something began: days, then the month.
func (v *visit) since(t time.Time) string {
	t = calendar.InParis(t)
	days := int(v.now.Sub(t) / (24 * time.Hour))
	switch {
	case days < 1:
		return v.T("console.today")
	case days < 60:
		return v.T("console.days", "Count", days)
	}
	return v.MonthYear(t)
}

// moment is when something was: "hier à 10h", "le 3 mars 2026 à 9h".
func (v *visit) moment(t time.Time) string {
	if t.IsZero() {
		return v.T("console.never")
	}
	t = calendar.InParis(t)
	if day := v.Relative(t, v.now); v.now.Sub(t).Abs() < 48*time.Hour && day != v.DayMonth(t) {
		return v.T("console.moment", "Day", day, "Time", v.Time(t))
	}
	return v.T("console.moment", "Day", v.ShortDate(t), "Time", v.Time(t))
}

// day is a date, or a dash where there is none.
func (v *visit) day(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return v.ShortDate(calendar.InParis(t))
}

// figure is a count of a Professional, a dash while nobody has counted.
func (v *visit) figure(p professionals.Professional, n int) string {
	if p.CountedAt.IsZero() {
		return "–"
	}
	return v.Number(int64(n))
}

// actKey is the sentence of an act in the journal.
func actKey(act string) string { return "console.act_" + strings.ReplaceAll(act, ".", "_") }

// facts writes what the journal holds beside an act.
func (v *visit) facts(e journal.Entry) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(e.Facts)) {
		parts = append(parts, fmt.Sprintf("%s: %v", name, e.Facts[name]))
	}
	return strings.Join(parts, ", ")
}

// texts is who speaks: a visit, or a page before signing in.
type texts interface {
	T(key string, pairs ...any) string
}

// waiting says how much is to be done.
func (v *visit) waiting(n int) string {
	if n == 0 {
		return ""
	}
	return v.T("console.things_wait", "Count", n)
}

func counted(v *visit, one professionalView) string {
	if one.CountedAt.IsZero() {
		return v.T("console.not_counted")
	}
	return v.T("console.counted", "When", v.moment(one.CountedAt))
}
