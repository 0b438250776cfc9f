// Package office is the Agenda: the pages on which members see the day, create and
// cancel appointments, and sign in. It must not hold SQL or decide what
// is free: it asks booking.
package office

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// Office serves the Agenda of whichever tenant the host named.
type Office struct {
	Control *postgres.Control
	Sites   tenants.Sites
	Limits  web.Limits
	// Refused is a password that everybody knows and that therefore opens
	// nothing: the demo's, outside the demo. Empty refuses none.
	Refused string
}

// Addresses of the Agenda.
const (
	home         = "/agenda"
	doorPath     = home + "/connexion"
	outPath      = home + "/deconnexion"
	passwordPath = home + "/mot-de-passe"
	dayPath      = home + "/jour"
	weekPath     = home + "/semaine"
	feedPath     = home + "/flux"
	visitsPath   = home + "/rendez-vous"
	newPath      = visitsPath + "/nouveau"
	patientsPath = home + "/patients"
	accountPath  = home + "/compte"

	subscriptionPath = home + "/abonnement"
	setupPath        = home + "/demarrage"
	leavePath        = home + "/resiliation"
	exportPath       = home + "/export"
	instructionPath  = home + "/instruction"
)

// office is an Office that knows how its cookies are to be set.
type office struct {
	Office
	secure bool
}

// App is the audience "office".
func (o Office) App(cfg web.Config) *fiber.App {
	in := office{Office: o, secure: cfg.Secure}
	app := web.Audience(cfg, "office", explain)
	app.Use(web.Headers(cfg), o.Limits.Limit(space), web.SameOrigin)

	app.Get(doorPath, in.showSignIn)
	app.Post(doorPath, in.signIn)
	app.Post(outPath, in.signOut)
	app.Use(passwordPath, unreferred)
	app.Get(passwordPath, in.showReset)
	app.Post(passwordPath, in.askReset)
	app.Get(passwordPath+"/:token", in.showPassword)
	app.Post(passwordPath+"/:token", in.choosePassword)

	app.Get(home, in.reads(in.showHome))
	app.Get(dayPath, in.reads(in.showDay))
	app.Get(weekPath, in.reads(in.showWeek))
	app.Get(feedPath, in.reads(in.listEvents))
	app.Get(newPath, in.reads(in.startAppointment))
	app.Post(visitsPath, in.changes(in.bookAppointment, in.correctAppointment))
	app.Get(visitsPath+"/:id<int>", in.notes(in.showAppointment))
	app.Get(visitsPath+"/:id<int>/annuler", in.reads(in.askCancel))
	app.Post(visitsPath+"/:id<int>/annuler", in.changes(in.cancelAppointment, nil))
	app.Get(patientsPath, in.reads(in.searchPatients))
	app.Get(accountPath, in.reads(in.showAccount))
	app.Post(accountPath, in.reads(in.chooseTheme))
	app.Get(subscriptionPath, in.reads(in.showSubscription))
	app.Get(leavePath, in.reads(in.askLeave))
	app.Post(leavePath, in.leave)
	app.Get(exportPath, in.reads(in.askExport))
	app.Post(exportPath, in.export)
	app.Post(subscriptionPath, in.changes(in.changePlan, in.correctPlan))
	app.Get(instructionPath, in.reads(in.showInstruction))
	app.Post(instructionPath, in.giveInstruction)
	app.Post(instructionPath+"/fin", in.notes(in.endInstruction))
	app.Get(setupPath, in.reads(in.showSetup))
	app.Post(setupPath, in.changes(in.furnish, in.correctSetup))
	return app
}

// space keeps the counts of one tenant's clients apart from another's.
func space(c *fiber.Ctx) string { return tenants.From(c.UserContext()).ID.String() }
