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
	if utf8.RuneCountInString(reason) > longestReason || !utf8.ValidString(reason) || strings.ContainsRune(reason, 0) {
		bad = append(bad, fault.On("reason", "booking.reason_long", "Most", longestReason))
	}
	if n := utf8.RuneCountInString(r.Note); n > longestNote || !utf8.ValidString(r.Note) || strings.ContainsRune(r.Note, 0) {
		bad = append(bad, fault.On("note", "booking.reason_long", "Most", longestNote))
	}
	if r.Start.IsZero() {
		bad = append(bad, fault.On("start", "booking.start_missing"))
	}
	return reason, bad
}
