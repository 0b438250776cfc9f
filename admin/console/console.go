// Package console is where SmartAgenda's staff work: who subscribes, what waits
// to be done, who did what. Its database login reaches no tenant's schema, so
// it must not show anything of a patient; it must not hold SQL either.
//
// How to add a page: a file of its own with the handler, a line in routes (with
// the right it asks for), and where it belongs in the navigation a line in
// places. What waits for somebody is a line in boards; what happened to a
// Professional, a line in tellers; what their page shows, a line in cards.
package console

import (
	"github.com/gofiber/fiber/v2"

	"smartagenda/admin/staff"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
)

// Console serves the staff. Control is that of the console's own login, whose
// schema is control.
type Console struct {
	Control *postgres.Control
	Sites   tenants.Sites
	Limits  web.Limits
	// Refused is a password that everybody knows and that therefore opens
	// nothing: the demo's, outside the demo. Empty refuses none.
	Refused string
}

// Addresses of the console.
const (
	home              = "/"
	doorPath          = "/connexion"
	outPath           = "/deconnexion"
	resetPath         = "/mot-de-passe"
	accountPath       = "/compte"
	professionalsPath = "/abonnes"
	staffPath         = "/equipe"
	newStaffPath      = staffPath + "/nouveau"
	auditPath         = "/journal"
)

// console is a Console that knows how its cookies are to be set.
type console struct {
	Console
	secure bool
}

// App is the audience "console".
func (o Console) App(cfg web.Config) *fiber.App {
	in := console{Console: o, secure: cfg.Secure}
	app := web.Audience(cfg, "console", web.ErrorPage(drawError))
	app.Use(web.Headers(cfg), o.Limits.Limit(func(*fiber.Ctx) string { return "console" }), web.SameOrigin)
	app.Get(doorPath, in.showSignIn)
	app.Post(doorPath, in.signIn)
	app.Post(outPath, in.signOut)
	app.Use(resetPath, unreferred)
	app.Get(resetPath, in.showReset)
	app.Post(resetPath, in.askReset)
	app.Get(resetPath+"/:token", in.showPassword)
	app.Post(resetPath+"/:token", in.choosePassword)
	in.routes(app)
	return app
}

// routes are the pages behind the door, each with the right that it asks for.
func (o console) routes(app *fiber.App) {
	app.Get(home, o.reads(staff.Look, o.showHome))
	app.Get(professionalsPath, o.reads(staff.Look, o.listProfessionals))
	app.Get(professionalsPath+"/:id<int>", o.reads(staff.Look, o.showProfessional))
	app.Post(professionalsPath+"/:id<int>/compter", o.changes(staff.Look, o.recount, o.refuse(o.drawProfessional)))
	app.Get(professionalsPath+"/:id<int>/abonnement/:act", o.reads(staff.Subscriptions, o.askTurn))
	app.Post(professionalsPath+"/:id<int>/abonnement/:act", o.changes(staff.Subscriptions, o.doTurn, o.correctTurn))
	app.Post(professionalsPath+"/:id<int>/effacement", o.changes(staff.ApprovePurge, o.approvePurge, o.refuse(o.drawProfessional)))
	app.Get(professionalsPath+"/:id<int>/support", o.reads(staff.SupportView, o.looks("support.day", "", showSupport)))
	app.Get(professionalsPath+"/:id<int>/support/patients", o.reads(staff.SupportView, o.looks("support.search", "", searchPatients)))
	app.Get(professionalsPath+"/:id<int>/support/patients/:patient<int>", o.reads(staff.SupportView, o.looks("support.patient", "patient", showFile)))
	app.Get(professionalsPath+"/:id<int>/support/rendez-vous/:visit<int>", o.reads(staff.SupportView, o.looks("support.appointment", "visit", showVisit)))
	app.Get(staffPath, o.reads(staff.ManageStaff, o.listStaff))
	app.Get(newStaffPath, o.reads(staff.ManageStaff, o.startStaff))
	app.Post(staffPath, o.changes(staff.ManageStaff, o.addStaff, o.correctStaff))
	app.Get(staffPath+"/:id<int>", o.reads(staff.ManageStaff, o.showStaff))
	app.Post(staffPath+"/:id<int>/role", o.changes(staff.ManageStaff, o.changeRole, o.refuse(o.drawPerson)))
	app.Post(staffPath+"/:id<int>/desactiver", o.changes(staff.ManageStaff, o.disableStaff, o.refuse(o.drawPerson)))
	app.Post(staffPath+"/:id<int>/reactiver", o.changes(staff.ManageStaff, o.enableStaff, o.refuse(o.drawPerson)))
	app.Post(staffPath+"/:id<int>/lien", o.changes(staff.ManageStaff, o.sendLink, o.refuse(o.drawPerson)))
	app.Get(auditPath, o.reads(staff.ReadAudit, o.listAudit))
	app.Get(accountPath, o.reads(staff.Look, o.showAccount))
	app.Post(accountPath+"/theme", o.changes(staff.Look, o.chooseTheme, nil))
	app.Post(accountPath+"/mot-de-passe", o.changePassword)
}
