package booking

import (
	"strings"
	"unicode/utf8"

	"smartagenda/configs/platform/fault"
)

// Check lists the fields that no house could take, for an edge that has found
// others wrong and tells them all at once.
func (r Request) Check() []fault.Field {
	r.Person.NoContact = r.Actor.free()
	_, bad := r.Person.Normal()
	_, more := r.words()
	return append(bad, more...)
}

func (r Request) words() (reason string, bad []fault.Field) {
	reason = strings.TrimSpace(strings.ReplaceAll(r.Reason, "\r\n", "\n"))
	for _, f := range []struct {
		name, text string
		most       int
	}{{"reason", reason, longestReason}, {"note", r.Note, longestNote}} {
		switch {
		case !utf8.ValidString(f.text) || strings.ContainsRune(f.text, 0):
			bad = append(bad, fault.On(f.name, "patients.characters"))
		case utf8.RuneCountInString(f.text) > f.most:
			bad = append(bad, fault.On(f.name, "booking.reason_long", "Most", f.most))
		}
	}
	if r.Start.IsZero() {
		bad = append(bad, fault.On("start", "booking.start_missing"))
	}
	return reason, bad
}
