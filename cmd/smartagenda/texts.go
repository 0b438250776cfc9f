package main

import (
	"io/fs"

	"smartagenda/admin/console"
	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/admin/www"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/signin"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/api"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/instructions"
	"smartagenda/tenants/members"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/office"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/policies"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/site"
	"smartagenda/tenants/subscriptions"
)

// texts are the sentences of every room.
func texts() []fs.FS {
	return []fs.FS{
		phone.Messages, secure.Messages, session.Messages, signin.Messages, web.Messages,
		console.Messages, professionals.Messages, staff.Messages, www.Messages,
		tenants.Messages, api.Messages, booking.Messages, catalog.Messages, instructions.Messages, members.Messages, messages.Messages, office.Messages,
		patients.Messages, policies.Messages, practitioners.Messages, provisioning.Messages, site.Messages, subscriptions.Messages,
	}
}
