// Package audit writes who did what to which row, in the transaction of the
// act. It must not hold a name or any other personal data: rows carry ids, so
// that an erasure breaks nothing.
package audit

// Actor is the kind of who acted.
type Actor string

const (
	ByPatient Actor = "patient"
	ByMember  Actor = "member"
	ByStaff   Actor = "staff"
	BySystem  Actor = "system"
)

// Entry is one act, such as "appointment.cancel" on the row Subject.
type Entry struct {
	Actor   Actor
	ActorID int64 // 0: not known, as for a visitor who books
	Act     string
	Subject int64
	Facts   map[string]any // ids, counts and states only
}
