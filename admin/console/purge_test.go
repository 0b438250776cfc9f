package console_test

import (
	"testing"
	"time"

	"smartagenda/admin/staff"
	"smartagenda/tenants/provisioning"
	"smartagenda/tenants/subscriptions"
)

func TestTwoPeopleApproveAnErasure(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/abonnes/" + s.a.ID.String()
	s.in(staff.Admin).post(path+"/effacement", nil).is(404)
	err := s.Desk.Leave(t.Context(), provisioning.Farewell{Tenant: s.a.ID, Choice: provisioning.Return, By: subscriptions.Actor{Who: subscriptions.ByOwner, ID: 1}})
	if err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(44 * 24 * time.Hour)
	admin := s.in(staff.Admin)
	admin.get("/").is(200, "Effacement de « Maison cabinet-a » à approuver", "Approbations : 0 sur 2.")
	admin.get(path).is(200, "Fin du contrat", "mardi 12 janvier 2027", "Approuver l’effacement")
	admin.post(path+"/effacement", nil).leads(path)
	admin.get(path).is(200, "Approbation notée.", "Vous avez approuvé.").lacks("Approuver l’effacement")
	admin.post(path+"/effacement", nil).is(409, "Une autre personne doit le faire aussi.")
	s.in(staff.Support).post(path+"/effacement", nil).is(403)
	s.in(staff.Privacy).post(path+"/effacement", nil).leads(path)
	l, err := provisioning.FindLeaving(t.Context(), s.Control, s.a.ID)
	if err != nil || len(l.Approvals) != 2 {
		t.Errorf("%+v, %v", l, err)
	}
	s.in(staff.Billing).get(path).is(200, "Approuvé par").lacks("Approuver l’effacement")
}

func TestStaffTurnASubscription(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/abonnes/" + s.a.ID.String()
	b := s.in(staff.Billing)
	b.get(path+"/abonnement/suspendre").is(200, "Suspendre")
	b.post(path+"/abonnement/suspendre", nil).is(422, "Écrivez la raison")
	b.get(path + "/abonnement/reprendre").is(409)
	b.get(path + "/abonnement/inventer").is(404)
	b.post(path+"/abonnement/suspendre", map[string][]string{"reason": {"impayé"}}).leads(path)
	b.get(path).is(200, "Abonnement modifié.", "Abonnement suspendu", "raison : impayé", "Reprendre").lacks("Activer")
	b.post(path+"/abonnement/suspendre", map[string][]string{"reason": {"impayé"}}).is(409) // a double click
	if n := s.count("SELECT count(*) FROM control.audit WHERE act = 'subscription.suspend'"); n != 1 {
		t.Errorf("%d entries in the journal", n)
	}
	s.in(staff.Support).get(path + "/abonnement/reprendre").is(403)
}
