package console

import (
	"context"
	"strings"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/i18n"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/ui"
)

// place is a part of the console that the navigation leads to. waits tells how
// much waits there; nil where nothing ever does.
type place struct {
	path, key, icon string
	right           staff.Right
	waits           func(ctx context.Context, c *postgres.Control, v *visit) (int, error)
}

// places in the order of the navigation; one without an icon is not in a
// phone's dock, which has room for five.
var places = []place{
	{path: home, key: "console.home", icon: "layout-dashboard", right: staff.Look},
	{path: professionalsPath, key: "console.professionals", icon: "store", right: staff.Look},
	{path: staffPath, key: "console.staff", icon: "users", right: staff.ManageStaff},
	{path: auditPath, key: "console.audit", icon: "history", right: staff.ReadAudit},
}

// count asks each place what waits there for this person.
func (v *visit) count(ctx context.Context, c *postgres.Control) (map[string]int, error) {
	waits := map[string]int{}
	for _, p := range places {
		if p.waits == nil || !v.may(p.right) {
			continue
		}
		n, err := p.waits(ctx, c, v)
		if err != nil {
			return nil, err
		}
		waits[p.path] = n
	}
	return waits, nil
}

// shell is the frame of every page of who is signed in; here is the place it
// belongs to. title never names a person: it shows on shared screens.
func (v *visit) shell(title, here string) ui.ConsolePage {
	p := ui.OfficePage{
		Doc: doc(v.Text, title), Chrome: chrome(v.Text), Name: v.T("console.name"), Home: home, Theme: v.c.Cookies(ui.ThemeCookie),
		Find: &ui.Find{Href: professionalsPath, Text: v.T("console.find"), Keys: "Ctrl K"},
		Me:   ui.Me{Name: v.me.Name, Href: accountPath, Note: v.T("console.my_account")},
	}
	for _, at := range places {
		if !v.may(at.right) {
			continue
		}
		link := ui.Link{Href: at.path, Text: v.T(at.key), Current: at.path == here, Count: v.waits[at.path], CountNote: v.T("console.waiting")}
		p.Nav = append(p.Nav, link)
		if at.icon != "" && len(p.Dock) < 5 {
			link.Icon = at.icon
			p.Dock = append(p.Dock, link)
		}
	}
	if word, ok := v.heard(); ok {
		p.Toasts = []ui.Toast{{Text: v.T("console.said_" + word), Close: v.T("console.close")}}
	}
	return ui.ConsolePage(p)
}

func doc(text *i18n.Text, title string) ui.Doc {
	return ui.Doc{Lang: text.Lang(), Title: title + " – " + text.T("console.title"), NoIndex: true, Skip: text.T("console.skip")}
}

func chrome(text *i18n.Text) ui.Chrome {
	return ui.Chrome{Nav: text.T("console.nav"), Dock: text.T("console.dock"), Offline: text.T("console.offline"), Failed: text.T("console.failed"), Close: text.T("console.close")}
}

// words is text as PostgreSQL takes it: valid, on one line, not too long to be
// looked for.
func words(typed string) string {
	typed = strings.ToValidUTF8(strings.ReplaceAll(typed, "\x00", ""), "")
	if cut := []rune(typed); len(cut) > longestLine {
		typed = string(cut[:longestLine])
	}
	return strings.Join(strings.Fields(typed), " ")
}

const longestLine = 254
