package office

import (
	"github.com/a-h/templ"

	"smartagenda/configs/platform/ui"
)

// shell is the frame of every page of who is signed in. title never names a
// person or a service: it shows on shared screens and in histories.
func (v *visit) shell(title string) ui.OfficePage {
	p := ui.OfficePage{
		Doc:    ui.Doc{Lang: v.Lang(), Title: title + " – " + v.house.Name, NoIndex: true, Skip: v.T("office.skip")},
		Chrome: ui.Chrome{Nav: v.T("office.nav"), Dock: v.T("office.dock"), Offline: v.T("office.offline"), Failed: v.T("office.failed"), Close: v.T("office.close")},
		Name:   v.house.Name, Home: home, Theme: v.c.Cookies(ui.ThemeCookie),
		Nav: []ui.Link{{Href: home, Text: v.T("office.agenda")}},
		Me:  ui.Me{Name: v.member.Name, Href: accountPath, Note: v.T("office.my_account")},
		Dock: []ui.Link{
			{Href: dayPath, Text: v.T("office.day"), Icon: "calendar-check", Attrs: templ.Attributes{"data-view": "day"}},
			{Href: weekPath, Text: v.T("office.week"), Icon: "calendar-days", Attrs: templ.Attributes{"data-view": "week"}},
			{Href: accountPath, Text: v.T("office.account"), Icon: "settings"},
		},
	}
	if v.ownerOnly() == nil {
		p.Nav = append(p.Nav, ui.Link{Href: subscriptionPath, Text: v.T("office.subscription")}, ui.Link{Href: instructionPath, Text: v.T("office.instruction")})
	}
	if word := v.heard(echoes...); word != "" {
		p.Toasts = []ui.Toast{{Text: v.T("office.said_" + word), Close: v.T("office.close")}}
	}
	p.Above = v.watched()
	if v.mayChange() == nil {
		p.Act = &ui.Button{Kind: ui.Warm, Icon: "plus", Href: newPath, Label: v.T("office.new"), Class: "desk"}
		p.Dock = append(p.Dock[:2], ui.Link{Href: newPath, Text: v.T("office.new_short"), Icon: "plus"}, p.Dock[2])
	}
	return p
}

// at marks where one is in the navigation and in the dock.
func at(p ui.OfficePage, path string) ui.OfficePage {
	for _, links := range [][]ui.Link{p.Nav, p.Dock} {
		for i := range links {
			links[i].Current = links[i].Href == path
		}
	}
	return p
}
