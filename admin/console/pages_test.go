package console_test

import (
	"context"
	"fmt"
	"net/url"
	"testing"
	"time"

	"smartagenda/admin/journal"
	"smartagenda/admin/professionals"
	"smartagenda/admin/staff"
	"smartagenda/tenants/activity"
	"smartagenda/tenants/subscriptions"
)

func TestTheHomePageSaysWhatWaitsAndHowMany(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(staff.Admin)
	b.get("/").is(200, "Rien ne vous attend.", "En essai 2", "Suspendus 0", "Les 2 abonnés", "Maison cabinet-a", "Équipe", "Journal")
	s.sql("UPDATE control.tenants SET status = 'suspended', status_at = $1 WHERE slug = 'cabinet-b'", s.Clock.Now().Add(-72*time.Hour))
	s.sql("INSERT INTO platform.jobs (tenant, kind, ref, due_at, state) VALUES (1, 'jobs.sweep', 9, $1, 'dead')", s.Clock.Now())
	b.get("/").is(200, "Une chose vous attend.", "Une tâche de fond a été abandonnée", "Suspendus 1", "Suspendu 3 jours")
	s.in(staff.Billing).get("/").is(200, "Rien ne vous attend.").lacks(">Équipe<", ">Journal<", "tâche de fond")
}

func TestProfessionalsAreSearchedFilteredAndPaged(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(staff.Support)
	b.get("/abonnes").is(200, "2 abonnés", "1 à 2 sur 2", "Maison cabinet-a", "Maison cabinet-b")
	b.get("/abonnes?q=CABINET-B").is(200, "Un abonné", "Maison cabinet-b").lacks("Maison cabinet-a")
	b.get("/abonnes?etat=suspended").is(200, "Aucun abonné trouvé")
	b.get("/abonnes?etat=nonsense&tri=nonsense&page=-1").is(200, "2 abonnés")
	b.get("/abonnes?q=%00%ff").is(200)
	s.sql(`INSERT INTO control.tenants (id, slug, name, status, max_agendas, max_members, max_sms, owner_name, owner_email, created_at, status_at)
		SELECT n, 'maison-' || n, 'Maison ' || n, 'active', 1, 1, 0, 'x', 'x@exemple.fr', $1, $1 FROM generate_series(100, 159) n`, s.Clock.Now())
	b.get("/abonnes?etat=active").is(200, "60 abonnés", "1 à 25 sur 60", "Suivants").lacks("Précédents")
	b.get("/abonnes?etat=active&page=3").is(200, "51 à 60 sur 60", "Précédents", "Maison 159").lacks("Suivants")
	b.get("/abonnes?etat=active&page=9").is(200)
}

func TestAProfessionalsPageShowsFactsCountsAndHistory(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/abonnes/" + s.a.ID.String()
	b := s.in(staff.Support)
	b.get(path).is(200, "Maison cabinet-a", "Pas encore compté.", "owner@cabinet-a.test", "04 78 00 12 34", "Espace créé", "Vous ne voyez aucune donnée de patient.")
	last := s.Clock.Now().Add(-26 * time.Hour)
	if err := professionals.Keep(t.Context(), s.Control, s.a.ID, activity.Counts{Appointments: 1234, Upcoming: 5, Agendas: 2, LastBooking: last}); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(time.Hour)
	err := subscriptions.Do(t.Context(), s.console, subscriptions.Order{Tenant: s.a.ID, Act: subscriptions.Suspend,
		By: subscriptions.Actor{Who: subscriptions.ByStaff, ID: s.staff[staff.Billing]}, Reason: "impayé"})
	if err != nil {
		t.Fatal(err)
	}
	if err := journal.Write(t.Context(), s.console, journal.Entry{Staff: s.staff[staff.Billing], Act: "staff.send_link", Tenant: s.a.ID}); err != nil {
		t.Fatal(err)
	}
	b.get(path).is(200, "1 234 5 à venir", "2 sur 5", "Dernier rendez-vous pris : hier à 6h.", "Abonnement suspendu", "Nour billing")
	b.get("/abonnes/999").is(404, "Introuvable", "Cet abonné n’existe pas.", "Console")
	b.get("/abonnes/nobody").is(404, "Cette page n’existe pas.")
}

func TestASpaceIsCountedAgainByAJob(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/abonnes/" + s.a.ID.String()
	b := s.in(staff.Support)
	b.post(path+"/compter", nil).leads(path)
	b.get(path).is(200, "Comptage demandé.")
	if n := s.count("SELECT count(*) FROM platform.jobs WHERE kind = 'professionals.count' AND tenant = $1 AND state = 'waiting'", int64(s.a.ID)); n != 1 {
		t.Errorf("%d countings were asked for", n)
	}
	b.post("/abonnes/999/compter", nil).is(404)
	s.sql("UPDATE control.tenants SET status = 'setup' WHERE id = $1", int64(s.a.ID))
	b.post(path+"/compter", nil).is(409, "Cet espace n’est pas ouvert", "Maison cabinet-a")
}

func TestStaffAreLetInByMail(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(staff.Admin)
	b.get("/equipe/nouveau").is(200, "Un mail lui apportera un lien")
	b.post("/equipe", url.Values{"email": {"zoe"}, "name": {"Zoé"}, "role": {"privacy"}}).is(422, "Une réponse est à corriger", "prenom@exemple.fr").has(`value="Zoé"`)
	b.post("/equipe", url.Values{"email": {"zoe@smartagenda.test"}, "name": {"Zoé"}, "role": {"privacy"}}).leads("/equipe")
	b.get("/equipe").is(200, "Zoé", "Invité", "Invitation envoyée.").lacks("mot-de-passe/")
	b.get("/equipe").is(200).lacks("Invitation envoyée.") // said once
	if n := s.count("SELECT count(*) FROM platform.jobs j JOIN control.staff s ON s.id = j.ref WHERE j.kind = 'staff.link' AND j.tenant = 0 AND s.name = 'Zoé'"); n != 1 {
		t.Errorf("%d links are to be sent, want 1", n)
	}
	b.post("/equipe", url.Values{"email": {"zoe@smartagenda.test"}, "name": {"Zoé"}, "role": {"privacy"}}).is(422, "Cette adresse a déjà un accès.")
}

func TestStaffAreChangedAndEachActIsInTheJournal(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(staff.Admin)
	id := s.staff[staff.Support]
	path := fmt.Sprintf("/equipe/%d", id)
	b.get(path).is(200, "Nour support", "En service", "Accès créé")
	b.post(path+"/role", url.Values{"role": {"billing"}}).leads(path)
	b.get(path).is(200, "Rôle changé.", "Abonnements")
	b.post(path+"/role", url.Values{"role": {"king"}}).is(422, "Choisissez un rôle.")
	b.post(path+"/lien", nil).leads(path)
	b.post(path+"/desactiver", nil).leads(path)
	b.get(path).is(200, "Cet accès est désactivé", "Réactiver")
	b.post(path+"/lien", nil).is(404)
	b.post(path+"/reactiver", nil).leads(path)
	b.post("/equipe/999/role", url.Values{"role": {"billing"}}).is(404, "Cet accès n’existe pas.")
	b.get("/journal").is(200, "A changé un rôle", "from: support, to: billing", "A désactivé un accès", "A réactivé un accès", "A envoyé un lien", "Nour support")
	b.get(fmt.Sprintf("/journal?acte=staff.role&qui=%d&du=23/11/2026&au=2026-11-23", s.staff[staff.Admin])).is(200, "Une action")
	b.get("/journal?du=24/11/2026").is(200, "Aucune action")
	b.get("/journal?abonne=nobody-there").is(200, "Aucune action")
	b.get("/journal?abonne=cabinet-a&qui=x&du=hier").is(200, "Aucune action")
}

func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(staff.Admin)
	me := fmt.Sprintf("/equipe/%d", s.staff[staff.Admin])
	b.post(me+"/role", url.Values{"role": {"support"}}).is(409, "C’est le dernier administrateur.")
	b.post(me+"/desactiver", nil).is(409, "C’est le dernier administrateur.")
	s.hire("second@smartagenda.test", "Paul", staff.Admin)
	b.post(me+"/role", url.Values{"role": {"support"}}).leads("/") // the list is not theirs any more
	b.get("/equipe").is(403, "Votre rôle ne permet pas de faire cela.")
}

func TestOnesOwnPasswordIsChangedWithTheOldOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	b, elsewhere := s.in(staff.Billing), s.in(staff.Billing)
	b.get("/compte").is(200, "Nour billing", "billing@smartagenda.test", "Mot de passe actuel")
	change := func(old, fresh string) reply {
		return b.post("/compte/mot-de-passe", url.Values{"old": {old}, "password": {fresh}})
	}
	change("faux", "une autre phrase longue").is(422, "Ce n’est pas le mot de passe actuel.").lacks("une autre phrase longue")
	change(password, "court").is(422)
	change(password, "une autre phrase longue").leads("/compte")
	b.get("/compte").is(200, "Mot de passe changé.")
	elsewhere.get("/").leads("/connexion")
	s.browse().post("/connexion", login("billing@smartagenda.test", password)).is(422)
	s.browse().post("/connexion", login("billing@smartagenda.test", "une autre phrase longue")).leads("/")
	for range 4 {
		change("faux", "une autre phrase longue").is(422)
	}
	change("faux", "une autre phrase longue").is(429, "Trop d’essais.")
}

func TestTheThemeIsKept(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(staff.Billing)
	b.post("/compte/theme", url.Values{"theme": {"dark"}}).leads("/compte")
	if got := b.get("/compte"); b.cookies["theme"] != "dark" {
		t.Errorf("cookies %v: %s", b.cookies, got.text())
	}
	b.post("/compte/theme", url.Values{"theme": {"pink"}}).leads("/compte")
	if b.cookies["theme"] != "dark" {
		t.Error("a theme that there is not was kept")
	}
}

func TestTheConsoleSpeaksEnglishToo(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(staff.Admin)
	for path, says := range map[string]string{
		"/": "Nothing is waiting for you.", "/abonnes": "2 subscribers", "/abonnes/1": "You see no patient data.", "/equipe": "Who can open the console",
		"/equipe/nouveau": "A mail will bring them", "/equipe/1": "Login created", "/journal": "Signed in", "/compte": "Current password", "/rien": "Not found",
	} {
		got := b.get(path, "Accept-Language", "en")
		if status := map[bool]int{true: 404, false: 200}[path == "/rien"]; got.status != status {
			t.Errorf("%s: %d", path, got.status)
		}
		got.is(got.status, says)
	}
}

// The console's Control makes no Scope, whatever a page of it would try.
func TestNoPageCanOpenATenant(t *testing.T) {
	t.Parallel()
	s := open(t)
	if err := s.console.Scope(context.Background(), s.a.ID, nil); err == nil {
		t.Error("the console opened a tenant's transaction")
	}
}
