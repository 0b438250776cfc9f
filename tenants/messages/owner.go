package messages

import (
	"context"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
)

// ToOwner writes the letters about the subscription.
type ToOwner struct {
	Texts *i18n.Bundle
	Sites tenants.Sites
}

var _ Composer = ToOwner{}

// OwnerKinds lists what ToOwner composes.
func OwnerKinds() []Kind {
	return []Kind{TrialEnding, TrialExtended, PastDue, Paused, InOrder, PlanChanged, CreditLow, CreditEmpty, Left, PurgeNear}
}

// Compose says where the subscription stands now, and leads to its page. It
// returns ErrUnwanted once the letter would not be true any more.
func (c ToOwner) Compose(ctx context.Context, s postgres.Scope, t tenants.Tenant, m Message) (Letter, error) {
	if !stillTrue(m.Kind, t) {
		return Letter{}, ErrUnwanted
	}
	who, err := members.Get(ctx, s, m.Member)
	if fault.Is(err, fault.NotFound) {
		return Letter{}, ErrUnwanted
	}
	if err != nil {
		return Letter{}, err
	}
	house, err := catalog.GetProfile(ctx, s)
	if err != nil {
		return Letter{}, err
	}
	zone, err := calendar.LoadZone(house.Zone)
	if err != nil {
		return Letter{}, err
	}
	text, key := c.Texts.In(i18n.French), "messages."+string(m.Kind)
	return Letter{
		To: who.Email, Lang: i18n.French, House: "SmartAgenda", Brand: house.Brand,
		Subject: text.T(key+"_subject", "House", house.Name), Heading: text.T(key+"_heading", "House", house.Name),
		Lead: text.T(key+"_lead", "House", house.Name, "Plan", t.Plan, "Count", t.Limits.SMS,
			"Until", text.LongDate(t.TrialUntil.In(zone)),
			"Purge", text.LongDate(t.Since.AddDate(0, 0, PurgeDays).In(zone))),
		Action: &Action{Label: text.T("messages.subscription_action"), URL: c.Sites.URL(t.Slug, "/agenda/abonnement")},
		Small:  []string{text.T("messages.member_why", "House", house.Name)},
	}, nil
}

// PurgeDays is how many days after the end of the contract a space is erased.
const PurgeDays = 50

// stillTrue tells whether the subscription still is as the letter says.
func stillTrue(k Kind, t tenants.Tenant) bool {
	switch k {
	case TrialEnding, TrialExtended:
		return t.Status == tenants.Trial
	case PastDue:
		return t.Status == tenants.PastDue
	case Paused:
		return t.Status == tenants.Suspended
	case InOrder:
		return t.Status == tenants.Active
	case Left, PurgeNear:
		return t.Status == tenants.Terminated
	}
	return true
}
