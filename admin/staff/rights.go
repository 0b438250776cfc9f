package staff

import "slices"

// Role is what a person does at SmartAgenda.
type Role string

const (
	Admin   Role = "admin"
	Support Role = "support"
	Billing Role = "billing"
	Privacy Role = "privacy"
)

// Roles lists them all, the most powerful first.
func Roles() []Role { return []Role{Admin, Support, Billing, Privacy} }

func (r Role) known() bool { return slices.Contains(Roles(), r) }

// Right is one thing that not everybody may do. Each route of the console
// names the right it asks for.
type Right string

const (
	Look          Right = "look"          // what everybody who is signed in may: home, Professionals, one's own account
	ReadAudit     Right = "read_audit"    // what staff did
	ManageStaff   Right = "manage_staff"  // let staff in and out
	Subscriptions Right = "subscriptions" // plans and states of subscriptions
	EnterCases    Right = "enter_cases"   // write down a privacy request that came by telephone or post
	ReadCases     Right = "read_cases"    // see privacy requests
	HandleCases   Right = "handle_cases"  // decide and forward them
	Policies      Right = "policies"      // draft and publish the privacy policy
	SupportView   Right = "support_view"  // look into a space under its owner's instruction
	ApprovePurge  Right = "approve_purge" // one of the two who let a space be erased
)

// rights are those of each role. An administrator has them all, and none opens
// a tenant's data: that takes the owner's instruction.
var rights = map[Role][]Right{
	Admin:   {Look, ReadAudit, ManageStaff, Subscriptions, EnterCases, ReadCases, HandleCases, Policies, SupportView, ApprovePurge},
	Support: {Look, EnterCases, ReadCases, SupportView},
	Billing: {Look, Subscriptions},
	Privacy: {Look, ReadAudit, EnterCases, ReadCases, HandleCases, Policies, ApprovePurge},
}

// May tells whether a role has a right.
func May(role Role, right Right) bool { return slices.Contains(rights[role], right) }
