package office_test

import (
	"net/url"
	"testing"
	"time"

	"smartagenda/tenants"
)

func TestTheOwnerSeesAndChangesThePlan(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.get("/agenda/abonnement").is(200, "Essai gratuit jusqu’au mercredi 23 décembre 2026", "2 sur 5", "Essai commencé", "Cabinet", "Résilier")
	b.post("/agenda/abonnement", url.Values{"plan": {"solo"}}).is(422, "C’est déjà votre formule.")
	b.post("/agenda/abonnement", url.Values{"plan": {"cabinet"}}).leads("/agenda/abonnement")
	b.get("/agenda/abonnement").is(200, "Formule changée.", "De Solo à Cabinet", "2 sur 10")
	b.post("/agenda/abonnement", url.Values{"plan": {"solo"}}).is(422, "La formule Solo comprend un seul agenda et vous en avez 2. Archivez les autres d’abord.")
	s.in(s.b, "owner").get("/agenda/abonnement").is(200, "Solo").lacks("De Solo à Cabinet")
	s.in(s.a, "reader").get("/agenda/abonnement").is(403, "réservée au responsable")
}

func TestEveryPageTellsWhenTheSubscriptionEnds(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.get("/agenda/jour").is(200).lacks("Votre essai se termine")
	s.Clock.Advance(24 * 24 * time.Hour)
	s.Registry.Forget()
	s.in(s.a, "owner").get("/agenda/jour").is(200, "Votre essai se termine le mercredi 23 décembre 2026.")
	s.Move(t, s.a, tenants.PastDue)
	s.Registry.Forget()
	s.in(s.a, "reader").get("/agenda/compte").is(200, "Un règlement est attendu.")
}
