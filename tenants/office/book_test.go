package office_test

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"smartagenda/configs/platform/limit"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants/booking"
	"smartagenda/tenants/tenantstest"
)

func openLimited(t testing.TB, reads, writes int) *scene {
	return openWith(t, web.Config{}, web.Limits{Reads: limit.Rule{Count: reads, Per: time.Minute}, Writes: limit.Rule{Count: writes, Per: time.Minute}})
}

// form is the form of a new appointment, filled in so that it succeeds.
func (s *scene) form(b *browser) url.Values {
	s.t.Helper()
	return url.Values{
		"key": {b.get("/agenda/rendez-vous/nouveau").value("key")}, "last_name": {"Renaud"}, "first_name": {"Jules"}, "phone": {"06 55 44 33 22"}, "email": {""},
		"service": {"1"}, "practitioner": {"1"}, "date-day": {"24"}, "date-month": {"11"}, "date-year": {"2026"}, "time": {"10h20"},
		"reason": {"Renouvellement"}, "note": {"Apporte ses résultats"},
	}
}

func with(form url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k, v := range form {
		out[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

func TestTheFormBeginsWhereOneClicked(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	got := b.get("/agenda/rendez-vous/nouveau?practitioner=2&start=2026-11-24T10:20").is(200, "Nouveau rendez-vous", "Mardi 24 novembre à 10h20", "Consultation, 20 min", "Réunion, 1 h")
	for name, want := range map[string]string{"practitioner": "2", "date-day": "24", "date-month": "11", "date-year": "2026", "time": "10h20", "last_name": "", "note": ""} {
		if v := got.value(name); v != want {
			t.Errorf("%s is %q, want %q", name, v, want)
		}
	}
	for _, start := range []string{"", "hier", "2026-11-24", "2026-11-24T25:00", "2026-11-24T10:20:00Z", "1000-01-01T10:20", "%00"} {
		if got := b.get("/agenda/rendez-vous/nouveau?practitioner=x&start=" + start).is(200); got.value("date-day") != "23" || got.value("time") != "" {
			t.Errorf("start %q: %s %s", start, got.value("date-day"), got.value("time"))
		}
	}
}

func TestANewPersonIsBooked(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.post("/agenda/rendez-vous", s.form(b)).leads("/agenda/rendez-vous/1")
	b.get("/agenda/rendez-vous/1").is(200, "Mardi 24 novembre", "Rendez-vous de Jules Renaud enregistré.", "06 55 44 33 22", "« Renouvellement »", "Apporte ses résultats", "dans l’agenda, aujourd’hui à 8h")
	b.get("/agenda/rendez-vous/1").lacks("enregistré.") // said once
	for query, want := range map[string]int{
		"SELECT count(*) FROM appointments WHERE source = 'agenda' AND starts_at = '2026-11-24 09:20Z'":                  1,
		"SELECT count(*) FROM patients WHERE find_key = 'renaud jules' AND mobile = '+33655443322' AND lang = 'fr'":      1,
		"SELECT count(*) FROM audit WHERE act = 'appointment.book' AND actor = 'member' AND actor_id = 1":                1,
		"SELECT count(*) FROM participations WHERE note IS NOT NULL AND position('Apporte' in encode(note, 'escape'))=0": 1,
		"SELECT count(*) FROM messages WHERE participation_id = 1 AND channel = 'sms'":                                   2,
	} {
		if n := s.count(s.a, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
	if n := s.count(s.b, "SELECT count(*) FROM appointments"); n != 0 {
		t.Error("the other house has one too")
	}
}

func TestAMemberBooksAtAnyTimeThatIsFree(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	for i, typed := range []string{"7:05", "12h30", "18 h", "2359"} {
		b.post("/agenda/rendez-vous", with(s.form(b), "time", typed)).leads(fmt.Sprintf("/agenda/rendez-vous/%d", i+1))
	}
	past := with(s.form(b), "date-day", "20", "time", "9h")
	b.post("/agenda/rendez-vous", past).leads("/agenda/rendez-vous/5")
	if n := s.count(s.a, "SELECT count(*) FROM messages WHERE participation_id = 5"); n != 0 {
		t.Error("what is written down afterwards is announced")
	}
	noContact := with(s.form(b), "time", "17h", "phone", "", "email", "", "service", "3") // for members only
	b.post("/agenda/rendez-vous", noContact).leads("/agenda/rendez-vous/6")
}

func TestSomebodyWithAFileIsFoundAndBooked(t *testing.T) {
	t.Parallel()
	s := open(t)
	known := s.book(s.a, nil)
	s.book(s.b, func(r *booking.Request) { r.Person.LastName = "Rousseau" }) // the same id
	s.sql(s.a, "UPDATE patients SET born_on = '1979-03-12' WHERE id = $1", known.Patient.ID)
	b := s.in(s.a, "owner")
	for _, q := range []string{"roussel", "ROUS cam", "0612345678", "camille@exemple.fr", "Röussel"} {
		b.get("/agenda/patients?q="+url.QueryEscape(q), "HX-Request", "true").is(200, "1 fiche", "Camille Roussel", "12/03/1979, 06 12 34 56 78, camille@exemple.fr", "Aucune de ces fiches").
			lacks("Rousseau", "<html", "<main")
	}
	b.get("/agenda/patients?q=zz", "HX-Request", "true").is(200, "Aucun patient pour « zz ».")
	for _, q := range []string{"", "r", "%25%25", "'", "%00", "%ff%fe"} {
		b.get("/agenda/patients?q="+q, "HX-Request", "true").is(200).lacks("Roussel")
	}
	b.get("/agenda/patients?q=roussel").leads("/agenda/rendez-vous/nouveau")
	form := with(s.form(b), "patient", fmt.Sprint(known.Patient.ID), "time", "11h", "last_name", "", "first_name", "")
	b.post("/agenda/rendez-vous", form).leads("/agenda/rendez-vous/2")
	if n := s.count(s.a, "SELECT count(*) FROM patients"); n != 1 {
		t.Errorf("%d files, want 1", n)
	}
	b.get("/agenda/rendez-vous/2").is(200, "Camille Roussel")
}

func TestManyAnswersAskForMoreWords(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i := range 10 {
		s.sql(s.a, fmt.Sprintf("INSERT INTO patients (last_name, first_name, find_key, policy_version, created_at) VALUES ('Martin', 'P%02d', 'martin p%02d', 1, now())", i, i))
	}
	got := s.in(s.a, "owner").get("/agenda/patients?q=martin", "HX-Request", "true").is(200, "8 fiches", "D’autres fiches correspondent")
	if n := strings.Count(got.body, `type="radio"`); n != 9 {
		t.Errorf("%d answers, want 8 and none of them", n)
	}
}

func TestTheFormSearchesWithoutScripts(t *testing.T) {
	t.Parallel()
	s := open(t)
	known := s.book(s.a, nil)
	b := s.in(s.a, "owner")
	form := with(s.form(b), "do", "search", "q", "roussel", "note", "gardée")
	got := b.post("/agenda/rendez-vous", form).is(200, "Camille Roussel").lacks("à corriger")
	if got.value("note") != "gardée" || got.value("time") != "10h20" || got.value("key") != form.Get("key") || got.value("q") != "roussel" {
		t.Error("what was typed is lost")
	}
	if n := s.count(s.a, "SELECT count(*) FROM appointments"); n != 1 {
		t.Error("a search has booked")
	}
	// who was chosen stays so when another answer is wrong and the search has changed
	got = b.post("/agenda/rendez-vous", with(form, "do", "", "q", "", "patient", fmt.Sprint(known.Patient.ID), "time", "x")).is(422, "Camille Roussel")
	if got.value("patient") != fmt.Sprint(known.Patient.ID) {
		t.Error("the person has to be chosen again")
	}
}

func TestWhatIsWrongIsSaidBesideEachField(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	bad := url.Values{"last_name": {""}, "first_name": {"Jules\u202e"}, "phone": {"06 12"}, "email": {"jules@"}, "service": {"1"}, "practitioner": {"1"},
		"date-day": {"31"}, "date-month": {"11"}, "date-year": {"2026"}, "time": {"25h"}, "reason": {strings.Repeat("é", 501)}, "note": {strings.Repeat("é", 1001)}}
	got := b.post("/agenda/rendez-vous", bad).is(422, "8 réponses sont à corriger", "Indiquez le nom.", "Retirez les caractères spéciaux", "il manque des chiffres",
		"Indiquez une date qui existe.", "Indiquez une heure, par exemple 10h20.", "500 caractères au plus", "1000 caractères au plus")
	for name, want := range bad {
		if v := got.value(name); v != want[0] {
			t.Errorf("%s comes back as %.40q", name, v)
		}
	}
	for change, says := range map[[2]string]string{
		{"service", "99"}:      "Cette prestation n’est plus proposée.",
		{"service", "x"}:       "Cette prestation n’est plus proposée.",
		{"practitioner", "99"}: "Cette personne ne prend plus de rendez-vous.",
		{"practitioner", ""}:   "Choisissez un agenda.",
		{"practitioner", "0"}:  "Choisissez un agenda.",
		{"patient", "99"}:      "Cette fiche n’existe pas.",
		{"date-year", "99999"}: "Indiquez une date qui existe.",
		{"date-day", ""}:       "Indiquez une date qui existe.",
	} {
		b.post("/agenda/rendez-vous", with(s.form(b), change[0], change[1])).is(422, says)
	}
	b.post("/agenda/rendez-vous", with(s.form(b), "service", "2", "practitioner", "2")).is(422, "Cette personne ne pratique pas cette prestation.")
	if n := s.count(s.a, "SELECT (SELECT count(*) FROM appointments) + (SELECT count(*) FROM patients)"); n != 0 {
		t.Errorf("%d rows were left", n)
	}
}

func TestATakenMomentKeepsEverythingAndShowsOthers(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.book(s.a, nil)
	b := s.in(s.a, "owner")
	form := s.form(b)
	got := b.post("/agenda/rendez-vous", form).is(409, "Ce moment est déjà pris dans cet agenda.", "Libre ce jour-là", "10h40")
	for name, want := range form {
		if v := got.value(name); v != want[0] {
			t.Errorf("%s comes back as %q, want %q", name, v, want[0])
		}
	}
	b.post("/agenda/rendez-vous", with(form, "at", "10h40")).leads("/agenda/rendez-vous/2") // one press books the other
	if n := s.count(s.a, "SELECT count(*) FROM appointments WHERE starts_at = '2026-11-24 09:40Z'"); n != 1 {
		t.Error("not at the time that was pressed")
	}
}

func TestAFormSentTwiceBooksOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	form := s.form(b)
	var wg sync.WaitGroup
	for range 6 {
		other := s.at(s.a)
		other.cookies["agenda"] = b.cookies["agenda"]
		wg.Go(func() { other.post("/agenda/rendez-vous", form).leads("/agenda/rendez-vous/1") })
	}
	wg.Wait()
	if n := s.count(s.a, "SELECT count(*) FROM appointments"); n != 1 {
		t.Errorf("%d appointments, want 1", n)
	}
	changed := with(form, "time", "11h")
	got := b.post("/agenda/rendez-vous", changed).is(409, "Ce rendez-vous est déjà enregistré.")
	if got.value("key") == form.Get("key") {
		t.Error("the key of the first stays")
	}
	b.post("/agenda/rendez-vous", with(changed, "key", got.value("key"))).leads("/agenda/rendez-vous/2")
	other := s.in(s.b, "owner")
	other.post("/agenda/rendez-vous", form).leads("/agenda/rendez-vous/1") // the other house has its own keys
	for _, key := range []string{"", "x", strings.Repeat("k", 300), "\x00"} {
		b.post("/agenda/rendez-vous", with(form, "key", key)).is(409, "Ce moment est déjà pris")
	}
}

func TestARefusedFormMayBeSentAgainUnderItsKey(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	form := s.form(b)
	got := b.post("/agenda/rendez-vous", with(form, "time", "")).is(422)
	if got.value("key") != form.Get("key") {
		t.Error("the key has changed")
	}
	b.post("/agenda/rendez-vous", form).leads("/agenda/rendez-vous/1")
}

func TestAReaderCannotBook(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.book(s.a, nil)
	form := s.form(s.in(s.a, "owner"))
	b := s.in(s.a, "reader")
	refused := "Votre accès ne permet pas de faire cela. Demandez au responsable."
	b.get("/agenda/rendez-vous/nouveau").is(403, refused)
	b.get("/agenda/patients?q=roussel", "HX-Request", "true").is(403, refused).lacks("Camille")
	b.post("/agenda/rendez-vous", with(form, "time", "11h")).is(403, refused)
	b.post("/agenda/rendez-vous", with(form, "do", "search", "q", "roussel")).is(403, refused).lacks("Camille")
	if n := s.count(s.a, "SELECT count(*) FROM appointments"); n != 1 {
		t.Error("a reader has booked")
	}
}

func TestTheWordsAreThoseOfTheHouse(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := s.book(s.a, func(r *booking.Request) { r.Actor, r.Note = booking.Member(owner), "note" })
	b := s.in(s.a, "owner")
	for person, words := range map[string][]string{
		"patient": {"Chercher un patient", "Nouveau patient", "Invisible pour le patient.", "Prévenir le patient"},
		"client":  {"Chercher un client", "Nouveau client", "Invisible pour le client.", "Prévenir le client"},
		"eleve":   {"Chercher un élève", "Nouvel élève", "Invisible pour l’élève.", "Prévenir l’élève"},
	} {
		s.sql(s.a, "UPDATE profile SET person = $1", person)
		b.get("/agenda/rendez-vous/nouveau").is(200, words[:3]...)
		b.get("/agenda/patients?q=zz", "HX-Request", "true").is(200)
		b.get(fmt.Sprintf("/agenda/rendez-vous/%d", a.Participation)).is(200, words[2])
		b.get(fmt.Sprintf("/agenda/rendez-vous/%d/annuler", a.Participation)).is(200, words[3])
		b.get("/agenda/jour?date=2026-11-24").is(200)
	}
}

func TestHostileFormsAreOnlyText(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	evil := `"><script>alert(1)</script>`
	for _, field := range []string{"last_name", "first_name", "reason", "note", "q", "time", "phone", "email", "service", "practitioner", "patient", "date-day", "key", "at", "do"} {
		for _, text := range []string{evil, "a\x00b", "\xff\xfe", "'; DROP TABLE patients; --", strings.Repeat("x", 100_000), "-1", "9223372036854775808", "{{.}}"} {
			got := b.post("/agenda/rendez-vous", with(s.form(b), field, text, "time", "25h"))
			if got.status != 422 && (field != "do" || got.status != 200) {
				t.Errorf("%s = %.20q: %d", field, text, got.status)
			}
			got.lacks("<script>alert")
		}
	}
	s.book(s.a, func(r *booking.Request) {
		r.Actor, r.Service, r.Start, r.Person.LastName, r.Reason, r.Note = booking.Member(owner), tenantstest.Consult, tuesday("09:00"), evil, evil, evil
	})
	for _, path := range []string{"/agenda/jour?date=2026-11-24", "/agenda/rendez-vous/1", "/agenda/rendez-vous/1/annuler", "/agenda/connexion?next=" + url.QueryEscape(evil), "/agenda/jour?date=" + url.QueryEscape(evil)} {
		if got := b.get(path); strings.Contains(got.body, "<script>alert") {
			t.Errorf("%s runs what was typed", path)
		}
	}
	b.get("/agenda/patients?q=script", "HX-Request", "true").is(200, "1 fiche").lacks("<script>alert")
}
