// Package journal writes what SmartAgenda's staff did, in the transaction of
// the act, and reads it again. It must not hold a name or any other personal
// data: rows carry ids. What is done inside a tenant's space goes to that
// tenant's own audit instead.
package journal

import (
	"time"

	"smartagenda/configs/platform/postgres"
)

// Entry is one act, such as "staff.disable" on the row Subject. Its sentence is
// "console.act_staff_disable".
type Entry struct {
	ID      int64
	At      time.Time
	Staff   int64           // 0: the program itself, or the operator at a terminal
	Act     string          // room.verb
	Tenant  postgres.Tenant // 0: about none
	Subject int64           // 0: none
	Facts   map[string]any  // ids, counts and states only
}

// Filter chooses entries; its zero value chooses all.
type Filter struct {
	Staff       int64
	Act         string
	Tenant      postgres.Tenant
	From, Until time.Time // Until is exclusive
}

// Slice is a part of a long list, counted from the newest.
type Slice struct{ Offset, Limit int }
