package availability

// Reason says why a moment is not offered. Its text never changes: screens
// make a message key of it and callers of the API may compare it.
type Reason string

// The reasons, in the order in which they are looked for.
const (
	None                Reason = ""                      // offered
	UnknownPractitioner Reason = "unknown_practitioner"  // no such practitioner; nothing else can be said
	DoesNotDoService    Reason = "does_not_do_service"   // this practitioner does other services
	BadService          Reason = "bad_service"           // its durations make no sense; nothing else can be said
	Past                Reason = "past"                  // the start is before now
	Notice              Reason = "notice"                // the start is too soon after now
	Horizon             Reason = "horizon"               // the start is too many days ahead
	OutsideOpening      Reason = "outside_opening"       // no opening holds the start
	OpeningNotValid     Reason = "opening_not_valid"     // the opening is not in force that day
	OpeningOtherService Reason = "opening_other_service" // the opening is for other services
	OpeningTooShort     Reason = "opening_too_short"     // the opening ends before the service would
	NotOnGrid           Reason = "not_on_grid"           // starts before and after this one are proposed instead
	Closed              Reason = "closed"                // the tenant is closed
	Absent              Reason = "absent"                // the practitioner is away
	Taken               Reason = "taken"                 // something else is there, or its buffer
)

// rule refuses the candidates for which there is its reason. What a candidate
// lacks (an opening, say) is refused by one rule alone, the others let it pass.
type rule struct {
	reason  Reason
	refuses func(*engine, *candidate) bool
	last    bool // where this one refuses, the rules after it mean nothing
}

// rulebook is the one list that every candidate passes through.
var rulebook = [...]rule{
	{reason: UnknownPractitioner, refuses: unknownPractitioner, last: true},
	{reason: DoesNotDoService, refuses: doesNotDoService},
	{reason: BadService, refuses: badService, last: true},
	{reason: Past, refuses: past},
	{reason: Notice, refuses: tooSoon},
	{reason: Horizon, refuses: tooFar},
	{reason: OutsideOpening, refuses: outsideOpening},
	{reason: OpeningNotValid, refuses: openingNotValid},
	{reason: OpeningOtherService, refuses: openingOtherService},
	{reason: OpeningTooShort, refuses: openingTooShort},
	{reason: NotOnGrid, refuses: notOnGrid},
	{reason: Closed, refuses: closed},
	{reason: Absent, refuses: absent},
	{reason: Taken, refuses: taken},
}

// Reasons lists every reason there is, for those who must have words for each.
func Reasons() []Reason {
	all := make([]Reason, len(rulebook))
	for i := range rulebook {
		all[i] = rulebook[i].reason
	}
	return all
}

// refusal is the index of the first rule, from index i on, that refuses c;
// len(rulebook) when none does.
func (e *engine) refusal(c *candidate, i int) int {
	for ; i < len(rulebook); i++ {
		if rulebook[i].refuses(e, c) {
			break
		}
	}
	return i
}

// reasons is every reason against c.
func (e *engine) reasons(c *candidate) []Reason {
	var all []Reason
	for i := e.refusal(c, 0); i < len(rulebook); i = e.refusal(c, i+1) {
		all = append(all, rulebook[i].reason)
		if rulebook[i].last {
			break
		}
	}
	return all
}

func unknownPractitioner(_ *engine, c *candidate) bool { return c.person == nil }
func doesNotDoService(_ *engine, c *candidate) bool    { return !c.person.does }
func badService(_ *engine, c *candidate) bool          { return c.person.length == 0 }
func past(e *engine, c *candidate) bool                { return c.start < e.now }
func tooSoon(e *engine, c *candidate) bool             { return c.start >= e.now && c.start < e.soonest }
func tooFar(e *engine, c *candidate) bool              { return c.start >= e.tooFar }
func outsideOpening(_ *engine, c *candidate) bool      { return c.window == nil }
func openingNotValid(_ *engine, c *candidate) bool     { return c.window != nil && c.window.notValid }
func openingOtherService(_ *engine, c *candidate) bool {
	return c.window != nil && c.window.otherService
}
func openingTooShort(_ *engine, c *candidate) bool { return c.window != nil && c.end > c.window.runEnd }
func notOnGrid(e *engine, c *candidate) bool {
	return c.window != nil && (c.fraction || (c.start-c.window.from)%e.grid != 0)
}
func closed(e *engine, c *candidate) bool { return hits(e.closures, c.taken) }
func absent(_ *engine, c *candidate) bool { return hits(c.person.absences, c.taken) }
func taken(_ *engine, c *candidate) bool  { return hits(c.person.busy, c.taken) }
