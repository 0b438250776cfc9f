package messages

import (
	"context"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
)

// ToMember writes the letters about a member's login.
type ToMember struct {
	Texts *i18n.Bundle
	Sites tenants.Sites
}

var _ Composer = ToMember{}

// Compose gives the link to choose a password again. It returns ErrUnwanted
// once the link was used or has expired.
func (c ToMember) Compose(ctx context.Context, s postgres.Scope, t tenants.Tenant, m Message) (Letter, error) {
	who, err := members.Get(ctx, s, m.Member)
	if fault.Is(err, fault.NotFound) {
		return Letter{}, ErrUnwanted
	}
	if err != nil {
		return Letter{}, err
	}
	token, err := members.ResetToken(ctx, s, who)
	if err != nil {
		return Letter{}, err
	}
	if token == "" {
		return Letter{}, ErrUnwanted
	}
	house, err := catalog.GetProfile(ctx, s)
	if err != nil {
		return Letter{}, err
	}
	text, key := c.Texts.In(i18n.French), "messages."+string(m.Kind)
	home := c.Sites.URL(t.Slug, "/")
	return Letter{
		To: who.Email, Lang: i18n.French, House: house.Name, Brand: house.Brand, Expires: who.ResetUntil,
		Subject: text.T(key + "_subject"), Heading: text.T(key+"_heading", "Name", who.Name),
		Lead:   text.T(key+"_lead", "House", house.Name),
		Action: &Action{Label: text.T(key + "_action"), URL: c.Sites.URL(t.Slug, "/agenda/mot-de-passe/"+token)},
		After:  text.T(key+"_after", "URL", home),
		Small:  []string{text.T("messages.member_why", "House", house.Name)},
	}, nil
}
