package www

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/ui"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/policies"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
)

// asks is how often one mail address may ask for a house.
var asks = limit.Rule{Count: 5, Per: time.Hour}

// signUp is the form by which a house is opened.
type signUp struct {
	page
	form  ui.Form
	plans []subscriptions.Plan
	once  string // tells this form from every other, so that it opens one house
}

func (w WWW) showSignUp(c *fiber.Ctx) error {
	return w.drawSignUp(c, ui.Form{}, secure.TokenString(secure.NewToken()))
}

func (w WWW) drawSignUp(c *fiber.Ctx, form ui.Form, once string) error {
	plans, err := subscriptions.Plans(c.UserContext(), w.Control)
	if err != nil {
		return err
	}
	return web.Page(c, signUpPage(signUp{w.page(c), form, plans, once}))
}

// openHouse opens a house and shows the way in. The answer is this page and no
// other address: it carries the link by which the owner chooses a password,
// which works once and in that house alone.
func (w WWW) openHouse(c *fiber.Ctx) error {
	form := web.Typed(c)
	once, err := secure.ParseToken(c.FormValue("once"))
	if err != nil {
		once = secure.NewToken()
	}
	t, err := w.receive(c.UserContext(), form, once)
	if err != nil {
		if form, err = web.Mark(c, form, err); err != nil {
			return err
		}
		return w.drawSignUp(c, form, secure.TokenString(once))
	}
	token, err := w.Desk.FirstLink(c.UserContext(), t.ID)
	if err != nil {
		return err
	}
	return web.Page(c, openedPage(w.page(c), w.Sites.URL(t.Slug, "/"), w.wayIn(t, token)))
}

// wayIn is where the owner goes: to the choice of a password, or to the door
// once it has been chosen.
func (w WWW) wayIn(t tenants.Tenant, token string) string {
	if token == "" {
		return w.Sites.URL(t.Slug, "/agenda")
	}
	return w.Sites.URL(t.Slug, "/agenda/mot-de-passe/"+token)
}

// receive checks what the form alone knows, and hands the rest over.
func (w WWW) receive(ctx context.Context, form ui.Form, once [16]byte) (t tenants.Tenant, err error) {
	get := func(name string) string { return strings.Join(strings.Fields(form.Value(name, "")), " ") }
	if get("website") != "" { // no person sees that field
		return t, fault.New(fault.Invalid, "www.bot")
	}
	if get("terms") == "" {
		return t, fault.Wrong(fault.On("terms", "www.terms_needed"))
	}
	mail := strings.ToLower(get("owner_email"))
	if !w.Limits.Limiter.Allow(ctx, "signup|"+mail, w.perMail()).OK {
		return t, fault.New(fault.TooMany, "www.too_many")
	}
	policy, err := policies.Get(ctx, w.Control, 0)
	if err != nil {
		return t, err
	}
	t, err = w.Desk.Receive(ctx, provisioning.Application{
		Slug: get("slug"), Name: get("name"), OwnerName: get("owner_name"), OwnerEmail: mail, Phone: get("phone"), Plan: get("plan"),
		SignUp: &provisioning.SignUp{Form: once, Trade: get("trade"), Street: get("street"), Postcode: get("postcode"), City: get("city"),
			Policy: policy.Version, Terms: termsVersion},
	})
	return t, w.propose(ctx, get("name"), err)
}

// perMail limits where the Site limits at all.
func (w WWW) perMail() limit.Rule {
	if w.Limits.Limiter == nil {
		return limit.Rule{}
	}
	return asks
}

// propose adds a free address to a refusal of the one asked for.
func (w WWW) propose(ctx context.Context, name string, err error) error {
	e := fault.As(err)
	if e == nil || e.Kind != fault.Invalid {
		return err
	}
	for i, field := range e.Fields {
		if field.Name != "slug" {
			continue
		}
		free, again := w.Desk.Propose(ctx, name)
		if again != nil || free == "" {
			return err
		}
		e.Fields[i] = fault.On("slug", field.Key+"_free", "Free", free)
	}
	return err
}

// showSlug tells whether an address is free while it is typed.
func (w WWW) showSlug(c *fiber.Ctx) error {
	p, slug, name := w.page(c), c.Query("slug"), c.Query("name")
	ctx := c.UserContext()
	if slug == "" {
		free, err := w.Desk.Propose(ctx, name)
		if err != nil {
			return err
		}
		if free == "" {
			return web.Page(c, slugWord(false, p.T("tenants.slug_form")))
		}
		return web.Page(c, slugWord(true, p.T("www.slug_propose", "Free", free)))
	}
	err := w.propose(ctx, name, w.Desk.Free(ctx, slug))
	if err == nil {
		return web.Page(c, slugWord(true, p.T("www.slug_free", "Slug", strings.ToLower(slug)+"."+w.Sites.Domain)))
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	field := fault.As(err).Fields[0]
	return web.Page(c, slugWord(false, p.Fill(field.Key, field.Args)))
}

func (s signUp) trades() []ui.Option {
	list := []ui.Option{{Label: s.T("www.choose")}}
	for _, t := range catalog.Trades() {
		list = append(list, ui.Option{Value: t.Key, Label: s.T("www.trade_" + t.Key)})
	}
	return list
}

func (s signUp) options() []ui.Option {
	var list []ui.Option
	for _, p := range s.plans {
		list = append(list, ui.Option{Value: p.ID, Label: p.Name, Hint: s.planHint(p)})
	}
	return list
}

func (p page) planHint(one subscriptions.Plan) string {
	return p.T("www.plan_holds", "Price", p.Euros(int64(one.PriceCents)), "Agendas", one.Limits.Agendas, "Members", one.Limits.Members, "SMS", one.Limits.SMS)
}
