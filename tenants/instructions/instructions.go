// Package instructions is what a Professional orders SmartAgenda, their
// processor, to do in their space: how far, how long, and why. The database
// grants and withdraws the right itself. It must not know who at SmartAgenda
// makes use of it.
package instructions

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"smartagenda/configs/platform/audit"
	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
)

// Extent is how far an instruction goes.
type Extent string

const (
	Read  Extent = "read"
	Write Extent = "write"
)

// Hours that an instruction may last, as a page offers them; the database
// takes 72 at most.
var Hours = []int{1, 4, 24, 72}

const longestReason = 400

// Instruction is one order, past or running.
type Instruction struct {
	ID        int64
	Extent    Extent
	Reason    string
	GivenBy   int64 // member
	GivenAt   time.Time
	ExpiresAt time.Time
	EndedAt   time.Time // by the owner; zero: by its time
}

// Running tells whether SmartAgenda may look in now.
func (i Instruction) Running(now time.Time) bool {
	return i.EndedAt.IsZero() && now.Before(i.ExpiresAt)
}

// Order asks for an instruction.
type Order struct {
	Extent Extent
	Hours  int
	Reason string
	Member int64
}

// Give writes an instruction down and opens the space to SmartAgenda's staff,
// in the owner's transaction. It returns an Invalid fault for what is missing
// and a Conflict one while another runs.
func Give(ctx context.Context, s postgres.Scope, o Order) error {
	o.Reason = strings.Join(strings.Fields(strings.ToValidUTF8(o.Reason, "")), " ")
	var bad []fault.Field
	if o.Extent != Read && o.Extent != Write {
		bad = append(bad, fault.On("extent", "instructions.extent"))
	}
	if o.Hours < 1 || o.Hours > 72 {
		bad = append(bad, fault.On("hours", "instructions.hours"))
	}
	if n := utf8.RuneCountInString(o.Reason); n == 0 || n > longestReason || strings.ContainsRune(o.Reason, 0) {
		bad = append(bad, fault.On("reason", "instructions.reason", "Most", longestReason))
	}
	if err := fault.Wrong(bad...); err != nil {
		return err
	}
	id, err := grant(ctx, s, o)
	if postgres.Constraint(err) == "instructions_running" {
		return fault.New(fault.Conflict, "instructions.running")
	}
	if err != nil {
		return err
	}
	if err := keep(ctx, s, id, o); err != nil {
		return err
	}
	return audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: o.Member, Act: "instruction.give", Subject: id,
		Facts: map[string]any{"extent": o.Extent, "hours": o.Hours}})
}

// End withdraws what runs; nothing when nothing does.
func End(ctx context.Context, s postgres.Scope, member int64) error {
	i, running, err := Current(ctx, s)
	if err != nil || !running {
		return err
	}
	if err := end(ctx, s, i.ID); err != nil {
		return err
	}
	return audit.Write(ctx, s, audit.Entry{Actor: audit.ByMember, ActorID: member, Act: "instruction.end", Subject: i.ID})
}

// Current is the instruction that runs, if one does.
func Current(ctx context.Context, s postgres.Scope) (Instruction, bool, error) {
	list, err := last(ctx, s, 1)
	if err != nil || len(list) == 0 {
		return Instruction{}, false, err
	}
	return list[0], list[0].Running(s.Now()), nil
}
