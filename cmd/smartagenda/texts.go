package main

import (
	"io/fs"

	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/secure"
	"smartagenda/configs/platform/session"
	"smartagenda/configs/platform/signin"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/members"
	"smartagenda/tenants/messages"
	"smartagenda/tenants/patients"
	"smartagenda/tenants/policies"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/provisioning"
)

// texts are the sentences of every room.
func texts() []fs.FS {
	return []fs.FS{
		phone.Messages, secure.Messages, session.Messages, signin.Messages, web.Messages,
		tenants.Messages, booking.Messages, catalog.Messages, members.Messages, messages.Messages,
		patients.Messages, policies.Messages, practitioners.Messages, provisioning.Messages,
	}
}
