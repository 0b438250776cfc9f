package office

import (
	"smartagenda/configs/platform/ui"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/patients"
)

// stand is how a status looks: a sign and a word, then a tint.
type stand struct {
	icon  string // of the badge
	tone  ui.Tone
	mark  string // in the grid of hours, where the usual case has none
	state string // of the event: pending, done, gone or nothing
}

func standOf(s booking.Status) stand {
	switch s {
	case booking.Pending:
		return stand{icon: "hourglass", tone: ui.Warn, mark: "hourglass", state: "pending"}
	case booking.Arrived:
		return stand{icon: "armchair", tone: ui.Info, mark: "armchair"}
	case booking.Honoured:
		return stand{icon: "check", tone: ui.OK, mark: "check", state: "done"}
	case booking.Absent:
		return stand{icon: "user-x", tone: ui.Bad, mark: "user-x", state: "gone"}
	case booking.Excused:
		return stand{icon: "user-x", mark: "user-x", state: "gone"}
	case booking.Cancelled:
		return stand{icon: "ban", mark: "ban", state: "gone"}
	}
	return stand{icon: "calendar-check"}
}

func (v *visit) badge(s booking.Status) ui.Badge {
	look := standOf(s)
	return ui.Badge{Tone: look.tone, Icon: look.icon, Text: capital(v.T("office.word_" + string(s)))}
}

// hidden tells that a file shows nothing of the person any more.
func hidden(p patients.Patient) bool { return !p.ErasedAt.IsZero() || !p.RestrictedAt.IsZero() }

// named is how a person is called in the Agenda.
func (v *visit) named(p patients.Patient) string {
	switch {
	case !p.ErasedAt.IsZero():
		return v.T("office.erased")
	case !p.RestrictedAt.IsZero():
		return v.T("office.restricted")
	}
	return p.Name()
}
