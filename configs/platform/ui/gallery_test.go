package ui

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
)

// gallery shows every part and every page at least once, by the name of its
// type and a word on how it is set.
func gallery() map[string]templ.Component {
	all := map[string]templ.Component{}
	for name, c := range parts() {
		all[name] = c
	}
	for name, c := range answers() {
		all[name] = c
	}
	for name, c := range pages() {
		all[name] = c
	}
	return all
}

// holding gives a component children.
func holding(c templ.Component, children templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, children), w)
	})
}

var words = templ.Raw("words")

func parts() map[string]templ.Component {
	leaf := Leaf{Day: "mardi", Number: "24", Month: "nov."}
	slots := []Slot{{Href: "/9", Label: "9h", Name: "mardi à 9h", On: true}, {Field: "at", Value: "10", Label: "10h", Note: "2 places"}}
	links := []Link{{Href: "/a", Text: "A", Current: true, Count: 2, CountNote: "à voir"}, {Href: "/b", Text: "B", Icon: "users"}}
	row := Row{Cells: []Cell{{Text: "a", Href: "/a"}, {Body: words}, {Text: "3", Mute: true, None: true}}}
	columns := []Column{{Title: "A"}, {Title: "B", Wide: true}, {Title: "C", Num: true}}
	return map[string]templ.Component{
		"Acts":          holding(Acts{Between: true}, Button{Label: "Oui"}),
		"Badge":         Badge{Tone: OK, Icon: "check", Text: "fait"},
		"Banner":        holding(Banner{Tone: Warn, Action: Button{Kind: Line, Href: "/a", Label: "Agir"}}, words),
		"Banner/alert":  holding(Banner{Alert: true, Icon: "bell"}, words),
		"Button":        Button{Label: "Confirmer", Icon: "check", Wide: true, Name: "act", Value: "go", Busy: true},
		"Button/link":   Button{Label: "Fermer", Icon: "x", Kind: Quiet, Alone: true, Tiny: true, Href: "/a"},
		"Card":          holding(Card{Title: "Sujet", Note: "note", Action: Button{Label: "Agir"}}, words),
		"Card/plain":    holding(Card{Title: "Sujet", Level: 3}, words),
		"Choice":        Choice{Href: "/a", Leaf: &leaf, Over: "au-dessus", Title: "Titre", Hint: "aide", Facts: "20 min", Aside: "demain"},
		"Choice/image":  Choice{Title: "Titre"},
		"Crumbs":        Crumbs{Links: links, Here: "ici"},
		"Dated":         holding(Dated{Leaf: leaf, Title: "Mardi", Lines: []string{"ligne"}, Large: true}, words),
		"Dialog":        holding(Dialog{ID: "annuler", Title: "Annuler ?"}, Button{Label: "Garder", Attrs: Closes()}),
		"DialogBody":    holding(DialogBody{Title: "Annuler ?"}, words),
		"Empty":         holding(Empty{Icon: "calendar-x", Title: "Rien", Text: "Créez-en un.", Card: true}, Button{Label: "Créer"}),
		"Face":          Face{Name: "Inès", Small: true},
		"Ghost":         Ghost{Label: "Chargement", Lines: 3},
		"Heading":       holding(Heading{Title: "Camille", Sub: "39 ans", Crumbs: links, Face: "Camille R"}, Button{Label: "Modifier"}),
		"Hold":          Hold{Text: "gardé", Left: "2 min 10 s", Over: "perdu", Label: "Temps restant", Seconds: 130, Of: 600, Minute: "min", Second: "s"},
		"Icon":          Icon("armchair"),
		"KPIs":          KPIs{Two: true, Items: []KPI{{Label: "Actifs", Value: "12", Note: "+1"}}},
		"KV":            KV{Right: true, Items: []Fact{{Term: "Où", Value: "ici", Num: true}, {Term: "Qui", Body: words}}},
		"Leaf":          Leaf{Day: "page", Number: "404", Month: "vide", Sheet: true, Big: true, Off: true},
		"List":          List{Items: []Choice{{Href: "/a", Title: "A"}, {Href: "/b", Title: "B"}}},
		"Meter":         Meter{Value: 7, Max: 22, Text: "7 sur 22", Label: "Vus"},
		"Month":         november(),
		"NoPanel":       NoPanel(),
		"Pager":         Pager{Label: "Pages", Text: "1 à 20 sur 84", Next: Link{Href: "/2", Text: "Suivants"}},
		"Panel":         holding(Panel{Title: "Agathe", Leaf: &leaf, Lines: []string{"10h20"}, Badge: Badge{Text: "Réservé"}, Close: Link{Href: "/a", Text: "Fermer"}, Foot: words}, words),
		"Rail":          Rail{Items: []RailItem{{Mark: Done, Lead: "8h30", Text: "ouverture", Note: "hier"}, {Mark: Here, Title: "Purge", Text: "à approuver", Note: "9h", Action: Button{Label: "Voir"}}}},
		"SaveBar":       holding(SaveBar{Icon: "circle-alert", Title: "Non enregistré.", Text: "Un champ."}, Button{Label: "Enregistrer"}),
		"Seg":           Seg{Label: "Vue", Links: links, Shown: true, Class: "desk"},
		"Sheet":         holding(Sheet{Label: "Votre rendez-vous", Class: "g5"}, words),
		"Sheet/plain":   holding(Sheet{}, words),
		"Shown":         Shown{Label: "Agendas", Resources: []Resource{{ID: "1", Title: "A"}, {ID: "2", Title: "B", Off: true}}},
		"Side":          holding(Side{Label: "Repères"}, words),
		"Slot":          slots[0],
		"Slots":         Slots{Items: slots},
		"Steps":         Steps{Label: "Étapes", Names: []string{"a", "b", "c"}, At: 1},
		"Strip":         Strip{Label: "Jours", Days: []StripDay{{Href: "/24", Day: "mar.", Number: "24", Note: "3 libres", Current: true, Name: "mar. 24, 3 libres"}, {Href: "/25", Day: "mer.", Number: "25", None: true}}},
		"Table":         Table{Label: "Passés", Caption: "Rendez-vous", Columns: columns, Rows: []Row{row}},
		"Table/folding": Table{Label: "Passés", Columns: columns, Rows: []Row{row}, Fold: true},
		"Tabs":          Tabs{Label: "Fiche", Links: links},
		"Toast":         holding(Toast{Text: "Déplacé.", Close: "Fermer"}, Button{Label: "Annuler", Kind: Quiet}),
		"Toast/added":   Toast{Text: "Déplacé.", Close: "Fermer", Added: true},
		"Week":          Week{Days: []WeekDay{{Day: "mar.", Number: "24", Month: "nov.", Name: "mardi 24", On: true, Parts: []DayPart{{Title: "Matin", Slots: slots}, {Title: "Après-midi", Empty: "Complet"}}}}},
		"Who":           Who{Name: "Inès Moulin", Note: "Coiffure", Href: "/a"},
		"Who/plain":     Who{Name: "Inès Moulin"},
	}
}

// answers are the parts of forms, set right (in a form not sent) and wrong.
func answers() map[string]templ.Component {
	options := []Option{{Value: "1", Label: "Un", Hint: "aide", Hue: 1}, {Value: "2", Label: "Deux", Hue: 9}, {Value: "3", Label: "Trois", Disabled: true}}
	all := map[string]templ.Component{}
	for state, f := range map[string]Form{"": {}, "/wrong": {Prefix: "w-", Values: map[string][]string{"a": {"typed"}}, Message: "Rien n’a été enregistré."}} {
		if f.Sent() {
			f = f.Wrong("a", "Il manque quelque chose.")
		}
		all["ErrorBanner"+state] = ErrorBanner{Form: f, Title: "Une réponse est à corriger"}
		for _, kind := range []string{"", "email", "tel", "password", "number", "decimal", "textarea", "select"} {
			all["Field"+kind+state] = holding(Field{Form: f, Name: "a", Label: "Nom", Mark: "facultatif", Hint: "aide", Type: kind, Options: options, Autocomplete: "name", Required: true}, templ.Raw("<p>dessous</p>"))
		}
		all["Field/affix"+state] = Field{Form: f, Name: "a", Label: "Prix", Affix: "€", Below: true, Hint: "HT", Disabled: true}
		all["Field/reveal"+state] = Field{Form: f, Name: "a", Label: "Mot de passe", Type: "password", Show: "Afficher", Hide: "Masquer"}
		all["DateField"+state] = DateField{Form: f, Name: "a", Label: "Naissance", Hint: "aide", Mark: "facultatif", Value: "1980-02-28", Day: "Jour", Month: "Mois", Year: "Année", Months: strings.Split("j f m a m j j a s o n d", " "), From: 2026, To: 1906, Birthday: true}
		for _, look := range []Look{Cards, Columns, Segments, Swatches} {
			all["Radios"+string(look)+state] = Radios{Form: f, Name: "a", Label: "Pour", Mark: "facultatif", Hint: "aide", Options: options, Value: "2", Look: look, Attrs: templ.Attributes{"data-theme-choice": true}}
		}
		all["Checks"+state] = Checks{Form: f, Name: "a", Label: "Qui", Hint: "aide", Options: options, Values: []string{"2"}}
		all["Check"+state] = holding(Check{Form: f, Name: "a", Label: "J’ai lu", Hint: "aide"}, words)
		all["Switch"+state] = Switch{Form: f, Name: "a", Label: "En ligne", On: true}
		all["Switch/bare"+state] = Switch{Form: f, Name: "a", Label: "En ligne", Bare: true}
	}
	return all
}

func doc() Doc {
	return Doc{Lang: "fr", Title: "Titre", Description: "Un mot", NoIndex: true, Skip: "Aller au contenu", Brand: "/theme.css"}
}

func pages() map[string]templ.Component {
	mast := Mast{Name: "Cabinet Bellecour", Label: "Compte", Links: []Button{{Kind: Quiet, Href: "/a", Label: "Mes rendez-vous"}}}
	foot := Foot{Text: "pied", Links: []Link{{Href: "/m", Text: "Mentions"}}}
	links := []Link{{Href: "/a", Text: "Agenda", Icon: "calendar-days", Current: true}}
	office := OfficePage{
		Doc: doc(), Chrome: Chrome{Nav: "Principal", Dock: "Raccourcis", Offline: "coupée", Failed: "refusé", Close: "Fermer"}, Name: "Cabinet", Theme: "dark", Nav: links, Dock: links,
		Find: &Find{Href: "/f", Text: "Trouver", Keys: "Ctrl K"}, Act: &Button{Kind: Warm, Href: "/n", Label: "Nouveau"}, Me: Me{Name: "Hélène Marchand", Href: "/me", Note: ", mon compte"},
		Toasts: []Toast{{Text: "Fait.", Close: "Fermer"}},
	}
	desk := office
	desk.Desk, desk.Calendar = true, true
	body := templ.Raw("<h1>Titre</h1>")
	return map[string]templ.Component{
		"SitePage":        holding(SitePage{Doc: doc(), Mast: mast, Thin: true, Foot: foot}, body),
		"SitePage/hero":   holding(SitePage{Doc: doc(), Mast: mast, Hero: &Hero{Title: "Prendre", Text: "Lyon"}}, words),
		"BarePage":        holding(BarePage{Doc: doc(), Theme: "light", Mast: Mast{Name: "SmartAgenda", Plain: true}, Leaf: &Leaf{Number: "404"}, Title: "Nulle part", Lead: "Rien ici.", Foot: foot}, words),
		"WWWPage":         holding(WWWPage{Doc: doc(), Mast: mast, Foot: foot}, body),
		"WWWPage/hero":    holding(WWWPage{Doc: doc(), Mast: mast, Hero: body}, words),
		"EnterPage":       holding(EnterPage{Doc: doc(), Mast: mast, Title: "Ouvrir", Sub: words, SideLabel: "Jour", SideTitle: "Lundi", Day: []RailItem{{Mark: Ahead, Lead: "14h", Text: "Reprise"}}}, words),
		"OfficePage":      holding(office, body),
		"ConsolePage":     holding(ConsolePage(office), body),
		"OfficePage/desk": holding(desk, templ.Join(holding(Side{Label: "Repères"}, november()), grid(), NoPanel())),
		"Calendar":        holding(grid(), templ.Raw("<p>Sans script.</p>")),
	}
}

func grid() Calendar {
	return Calendar{
		Title: "Lundi", Href: "/agenda", Feed: "/agenda/events", New: "/agenda/new", Resources: []Resource{{ID: "1", Title: "Dr A"}, {ID: "2", Title: `"B" <b>`}},
		View: "week", Views: []View{{"day", "?view=day", "Jour"}, {"week", "?view=week", "Semaine"}}, Date: "2026-11-23", Zone: "Europe/Paris", Open: "e1", From: "08:00", To: "19:00", Hidden: []int{0},
		Texts: CalendarTexts{Toolbar: "Navigation", Today: "Aujourd’hui", Prev: "Avant", Next: "Après", Views: "Vue", Events: "Rendez-vous", AllDay: "journée", None: "Rien", More: "+{n}", Close: "Fermer", Failed: "Illisible"},
	}
}

func november() Month {
	m := Month{Title: "Novembre 2026", Year: 2026, Month: time.November, Current: "2026-11-23", Prev: Link{Href: "/10", Text: "Avant"}, Next: Link{Href: "/12", Text: "Après"},
		Href: func(d time.Time) string { return "?date=" + d.Format(time.DateOnly) }, Name: func(d time.Time) string { return d.Format("2 01 2006") }}
	for i, d := range strings.Fields("lundi mardi mercredi jeudi vendredi samedi dimanche") {
		m.Weekdays[i] = Weekday{d[:1], d}
	}
	return m
}

// rendered is a component as a browser gets it.
func rendered(t *testing.T, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
