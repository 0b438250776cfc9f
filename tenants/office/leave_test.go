package office_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"smartagenda/tenants/booking"
	"smartagenda/tenants/provisioning"
)

func TestOnlyTheOwnerEndsTheContractWithThePasswordAgain(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := s.in(s.a, "owner")
	b.get("/agenda/resiliation").is(200, "Résilier le contrat", "mardi 12 janvier 2027", "Effacement")
	s.in(s.a, "reader").get("/agenda/resiliation").is(403)
	s.in(s.a, "reader").post("/agenda/resiliation", url.Values{"password": {password}, "choice": {"return"}}).is(403)
	b.post("/agenda/resiliation", url.Values{"password": {"faux"}, "choice": {"return"}}).is(422, "Ce n’est pas votre mot de passe.")
	b.post("/agenda/resiliation", url.Values{"password": {password}, "choice": {"vendre"}}).is(422, "Choisissez ce que deviennent vos données.")
	if n := s.count(s.a, "SELECT count(*) FROM control.offboardings"); n != 0 {
		t.Fatal("it ended all the same")
	}
	for range 2 { // a double click
		b.post("/agenda/resiliation", url.Values{"password": {password}, "choice": {"return"}}).leads("/agenda/resiliation")
	}
	if n := s.count(s.a, "SELECT count(*) FROM audit WHERE act = 'subscription.terminate'"); n != 1 {
		t.Errorf("%d entries in the audit", n)
	}
	s.Registry.Forget()
	b.get("/agenda/resiliation").is(200, "Votre contrat est résilié", "Exporter mes données")
	b.get("/agenda/jour").is(200, "rien ne peut y être changé")
	b.post("/agenda/rendez-vous", url.Values{"x": {""}}).is(403)
	s.in(s.b, "owner").get("/agenda/resiliation").is(200, "Résilier le contrat")
}

func TestAHouseThatLeavesIsReadThenExportedThenClosed(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.in(s.a, "owner").post("/agenda/resiliation", url.Values{"password": {password}, "choice": {"return"}}).leads("/agenda/resiliation")
	for days, want := range map[int]int{29: 200, 31: 303} {
		s.Clock.Advance(s.a.Since.AddDate(0, 0, days).Sub(s.Clock.Now()))
		s.Registry.Forget()
		if got := s.in(s.a, "owner").get("/agenda/jour"); got.status != want {
			t.Errorf("day %d: %d, want %d", days, got.status, want)
		}
		s.in(s.a, "owner").get("/agenda/export").is(200)
	}
	s.Clock.Advance(s.a.Since.AddDate(0, 0, provisioning.ExportDays).Add(time.Hour).Sub(s.Clock.Now()))
	s.Registry.Forget()
	s.in(s.a, "owner").post("/agenda/export", url.Values{"password": {password}}).is(403, "Le délai pour télécharger l’export est passé.")
}

func TestAnExportIsWholeAndHoldsNoCredential(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.book(s.a, func(r *booking.Request) { r.Reason, r.Person.LastName = "mal de dos", "=CMD()" })
	b := s.in(s.a, "owner")
	b.post("/agenda/export", url.Values{"password": {"faux"}}).is(422, "Ce n’est pas votre mot de passe.")
	got := b.post("/agenda/export", url.Values{"password": {password}})
	if got.status != 200 {
		t.Fatalf("%d %.300s", got.status, got.body)
	}
	z, err := zip.NewReader(bytes.NewReader([]byte(got.body)), int64(len(got.body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r)
		files[f.Name] = string(body)
	}
	var m provisioning.Manifest
	if err := json.Unmarshal([]byte(files["manifeste.json"]), &m); err != nil || m.Slug != "cabinet-a" || len(m.Files) != len(files)-1 {
		t.Errorf("manifest %+v, %v", m, err)
	}
	for name, hash := range m.Files {
		sum := sha256.Sum256([]byte(files[name]))
		if hex.EncodeToString(sum[:]) != hash {
			t.Errorf("%s is not what the manifest says", name)
		}
	}
	if !strings.Contains(files["json/participations.json"], "mal de dos") || !strings.Contains(files["csv/patients.csv"], "'=CMD()") || !strings.Contains(files["rendez-vous.ics"], "BEGIN:VEVENT") {
		t.Error("something is missing")
	}
	for name, body := range files {
		if strings.Contains(body, "$argon2id$") || strings.Contains(name, "session") || strings.Contains(body, "cabinet-b") {
			t.Errorf("%s holds what it must not", name)
		}
	}
	if n := s.count(s.a, "SELECT count(*) FROM audit WHERE act = 'house.export'"); n != 1 {
		t.Errorf("%d entries in the audit", n)
	}
}
