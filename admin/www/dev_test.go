package www_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/clock"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/settings"
	"smartagenda/configs/platform/web"
	"smartagenda/migrations/migrationstest"
)

var devRoutes = [][2]string{
	{"GET", "/dev/messages"}, {"GET", "/dev/messages.json"}, {"GET", "/dev/messages/1"}, {"GET", "/dev/messages/1/files/0"}, {"GET", "/dev/clock"}, {"POST", "/dev/clock"},
}

func TestOutsideTheDemonstrationThereIsNoDev(t *testing.T) {
	t.Parallel()
	d := open(t)
	for _, r := range devRoutes {
		if res := d.call(t, r[0], r[1], `{"advance":"1h"}`, "Content-Type", "application/json"); res.status != 404 {
			t.Errorf("%s %s: %d", r[0], r[1], res.status)
		}
	}
	if d.Clock.Offset() != 0 {
		t.Error("the clock moved")
	}
}

// mail sends one as the program does, with a calendar and another file.
func (d *desk) mail(t testing.TB, tenant, to, subject string) {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: rdv@%s\r\nTo: %s\r\nSubject: %s\r\nX-Tenant: %s\r\nMIME-Version: 1.0\r\n", domain, to, mime.QEncoding.Encode("utf-8", subject), tenant)
	b.WriteString("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n")
	b.WriteString("--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nBonjour <b>Camille</b>,\r\n\r\nVoir : https://a.smartagenda.test/m/x.\r\njavascript:alert(1) ftp://x\r\n")
	b.WriteString("--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p style=\"color:red\">Bonjour</p><script>alert(1)</script>\r\n--b--\r\n")
	b.WriteString("--a\r\nContent-Type: text/calendar; method=PUBLISH; charset=utf-8\r\nContent-Disposition: attachment; filename=rdv.ics\r\n\r\nBEGIN:VCALENDAR\r\n")
	b.WriteString("--a\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"page\\\".html\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	b.WriteString(base64.StdEncoding.EncodeToString([]byte("<script>alert(1)</script>")) + "\r\n--a--\r\n")
	if err := smtp.SendMail(d.box.SMTPAddr(), nil, "rdv@"+domain, []string{to}, b.Bytes()); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) sms(t testing.TB, tenant, to, text string) {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"message": text, "receivers": []string{to}, "sender": "SmartAgenda", "tag": tenant + ":7"})
	res, err := http.Post(d.box.SMSURL()+"/sms/x/jobs", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatal(res.Status)
	}
}

func TestCaughtMessagesAreAnsweredAsTheContractSays(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	one := d.Tenant(t, "cabinet-bellecour")
	if body := d.get(t, "/dev/messages.json").body; body != "[]" {
		t.Errorf("nothing sent: %s", body)
	}
	d.mail(t, one.ID.String(), "camille@exemple.fr", "Votre rendez-vous à 10h")
	d.sms(t, one.ID.String(), "+33612345678", "Rappel")
	d.sms(t, "999", "+33612345679", "Rappel")
	var all []map[string]any
	res := d.get(t, "/dev/messages.json")
	if err := json.Unmarshal([]byte(res.body), &all); err != nil || len(all) != 3 {
		t.Fatalf("%v: %s", err, res.body)
	}
	for i, want := range []map[string]any{
		{"id": "3", "tenant": "999", "channel": "sms", "to": "+33612345679", "subject": "", "text": "Rappel", "html": ""},
		{"id": "2", "tenant": "cabinet-bellecour", "channel": "sms", "to": "+33612345678", "subject": "", "text": "Rappel", "html": ""},
		{"id": "1", "tenant": "cabinet-bellecour", "channel": "mail", "to": "camille@exemple.fr", "subject": "Votre rendez-vous à 10h"},
	} {
		for name, value := range want {
			if all[i][name] != value {
				t.Errorf("%d: %s is %v, want %v", i, name, all[i][name], value)
			}
		}
		if len(all[i]) != 9 {
			t.Errorf("%d has %d names: %v", i, len(all[i]), all[i])
		}
		if _, err := time.Parse(time.RFC3339, all[i]["created_at"].(string)); err != nil {
			t.Error(err)
		}
	}
	if files := all[2]["attachments"].([]any); len(files) != 2 || files[0].(map[string]any)["name"] != "rdv.ics" {
		t.Errorf("files %v", all[2]["attachments"])
	}
}

func TestMessagesAreFoundByWhoTheyWereSentTo(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	d.mail(t, "1", "camille@exemple.fr", "Un")
	d.mail(t, "1", "jules@exemple.fr", "Deux")
	d.sms(t, "1", "+33612345678", "Trois")
	for to, want := range map[string]string{
		"camille@exemple.fr": "1", "CAMILLE@exemple.fr": "1", "+33612345678": "3", "%2B33612345678": "3", "06 12 34 56 78": "3", "personne@exemple.fr": "",
	} {
		var list []catcher.Message
		res := d.get(t, "/dev/messages.json?to="+strings.ReplaceAll(to, " ", "%20"))
		if err := json.Unmarshal([]byte(res.body), &list); err != nil {
			t.Fatal(err)
		}
		ids := ""
		for _, m := range list {
			ids += m.ID
		}
		if ids != want {
			t.Errorf("%s: %q, want %q", to, ids, want)
		}
		if page := d.get(t, "/dev/messages?to="+strings.ReplaceAll(to, " ", "%20")).body; strings.Contains(page, "Aucun message") != (want == "") {
			t.Errorf("the page of %s: %s", to, page)
		}
	}
}

func TestThePageShowsMessagesAsAPersonReadsThem(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	one := d.Tenant(t, "cabinet-bellecour")
	d.mail(t, one.ID.String(), "camille@exemple.fr", "Objet <script>alert(1)</script>")
	d.sms(t, one.ID.String(), "+33612345678", "Voir https://a.smartagenda.test/m/y")
	body := d.get(t, "/dev/messages").body
	for _, want := range []string{
		"Objet &lt;script&gt;", "Bonjour &lt;b&gt;Camille&lt;/b&gt;,", `<a class="a" href="https://a.smartagenda.test/m/x">`, "javascript:alert(1)",
		`<a class="a" href="https://a.smartagenda.test/m/y">`, "Au 06 12 34 56 78", "De cabinet-bellecour", `href="/dev/messages/1"`, `href="/dev/messages/1/files/0"`, "rdv.ics",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, never := range []string{"<script>alert", `href="javascript`, `href="ftp`, "<b>Camille", "onclick", "style="} {
		if strings.Contains(body, never) {
			t.Errorf("%s is on the page", never)
		}
	}
	if strings.Index(body, "Au 06 12") > strings.Index(body, "Objet &lt;") {
		t.Error("the newest comes first")
	}
}

func TestOnlyTheNewestMessagesAreShown(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	for range 103 {
		d.sms(t, "1", "+33612345678", "Rappel")
	}
	body := d.get(t, "/dev/messages").body
	if n := strings.Count(body, "<article"); n != 100 || !strings.Contains(body, "Les 3 messages plus anciens ne sont pas affichés.") {
		t.Errorf("%d are shown", n)
	}
}

func TestAMailIsShownWhereItCanDoNothing(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	d.mail(t, "1", "camille@exemple.fr", "Un")
	d.sms(t, "1", "+33612345678", "Deux")
	res := d.get(t, "/dev/messages/1")
	if want := "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"; res.Header.Get("Content-Security-Policy") != want {
		t.Errorf("policy %q", res.Header.Get("Content-Security-Policy"))
	}
	if !strings.Contains(res.body, `<p style="color:red">Bonjour</p>`) || res.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%s %s", res.Header.Get("Content-Type"), res.body)
	}
	if res := d.get(t, "/dev/messages/2"); res.status != 404 {
		t.Errorf("an SMS has no page: %d", res.status)
	}
}

func TestFilesAreDownloadedAndNeverOpened(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	d.mail(t, "1", "camille@exemple.fr", "Un")
	ics := d.get(t, "/dev/messages/1/files/0")
	if ics.body != "BEGIN:VCALENDAR" || ics.Header.Get("Content-Type") != "text/calendar; charset=utf-8" || ics.Header.Get("Content-Disposition") != `attachment; filename="rdv.ics"` {
		t.Errorf("%q %v", ics.body, ics.Header)
	}
	page := d.get(t, "/dev/messages/1/files/1")
	if page.body != "<script>alert(1)</script>" || page.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(page.Header.Get("Content-Disposition"), "attachment; filename=") ||
		page.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%q %v", page.body, page.Header)
	}
	for _, path := range []string{"/dev/messages/1/files/2", "/dev/messages/1/files/-1", "/dev/messages/1/files/x", "/dev/messages/9/files/0"} {
		if res := d.get(t, path); res.status != 404 {
			t.Errorf("%s: %d", path, res.status)
		}
	}
}

func TestTheClockIsMovedForEveryProcess(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	if body := d.get(t, "/dev/clock").body; body != `{"now":"2026-11-23T07:00:00Z","offset":"0s"}` {
		t.Error(body)
	}
	res := d.call(t, "POST", "/dev/clock", `{"advance":"1200h"}`) // as curl -d does, without a type
	if want := `{"now":"2027-01-12T07:00:00Z","offset":"1200h0m0s"}`; res.status != 200 || res.body != want {
		t.Errorf("%d %s, want %s", res.status, res.body, want)
	}
	if res := d.call(t, "POST", "/dev/clock", `{"advance":"90m"}`, "Content-Type", "application/json"); !strings.Contains(res.body, "1201h30m0s") {
		t.Errorf("%d %s", res.status, res.body)
	}
	if res := d.call(t, "POST", "/dev/clock", `{"advance":"30m"}`, "Content-Type", "application/x-www-form-urlencoded"); res.status != 200 || !strings.Contains(res.body, "1202h0m0s") {
		t.Errorf("as curl -d: %d %s", res.status, res.body)
	}
	other, err := postgres.OpenControl(t.Context(), postgres.Config{
		Platform: postgres.Pool{URL: migrationstest.Logins(d.Address).Platform, Size: 1, Name: "test"}, Clock: clock.Fixed(d.Clock.Now()),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := settings.FollowClock(t.Context(), other); err != nil || other.Clock().Offset() != 1202*time.Hour {
		t.Errorf("another process is %v ahead, %v", other.Clock().Offset(), err)
	}
}

func TestAFormMovesTheClockAndComesBack(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	res := d.call(t, "POST", "/dev/clock", "advance=24h", "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
	if res.status != 303 || res.Header.Get("Location") != "/dev/messages" || d.Clock.Offset() != 24*time.Hour {
		t.Errorf("%d %s %v", res.status, res.Header.Get("Location"), d.Clock.Offset())
	}
	if body := d.get(t, "/dev/messages").body; !strings.Contains(body, "mardi 24 novembre 2026 à 8h") || !strings.Contains(body, "en avance de 24") {
		t.Error(body)
	}
}

func TestTheClockRefusesWhatIsNoAdvance(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	for body, code := range map[string]string{
		"": "www.clock_json", "[]": "www.clock_json", `{"advance":5}`: "www.clock_json", `{"advance":`: "www.clock_json", `{}`: "fault.invalid", `null`: "fault.invalid",
		`{"advance":""}`: "fault.invalid", `{"advance":"tomorrow"}`: "fault.invalid", `{"advance":"-1h"}`: "fault.invalid", `{"advance":"0s"}`: "fault.invalid",
		`{"advance":"99999h"}`: "fault.invalid", `{"advance":"999999999999h"}`: "fault.invalid",
	} {
		res := d.call(t, "POST", "/dev/clock", body, "Content-Type", "application/json")
		var p web.Problem
		if err := json.Unmarshal([]byte(res.body), &p); err != nil || res.status != 422 || p.Code != code {
			t.Errorf("%s: %d %s, want %s", body, res.status, res.body, code)
		}
	}
	if res := d.call(t, "POST", "/dev/clock", "advance=", "Content-Type", "application/x-www-form-urlencoded"); res.status != 422 {
		t.Errorf("an empty form: %d %s", res.status, res.body)
	}
	for i := range 3 {
		res := d.call(t, "POST", "/dev/clock", `{"advance":"40000h"}`)
		if want := [...]int{200, 200, 422}[i]; res.status != want {
			t.Errorf("%d × 40000h: %d", i+1, res.status)
		}
	}
	if d.Clock.Offset() != 80000*time.Hour {
		t.Errorf("the clock is %v ahead", d.Clock.Offset())
	}
}

func TestAnotherSiteDoesNotMoveTheClock(t *testing.T) {
	t.Parallel()
	d := openDemo(t)
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.fr"}, {"Origin", "http://cabinet.smartagenda.test"}} {
		res := d.call(t, "POST", "/dev/clock", "advance=1h", append(header, "Content-Type", "application/x-www-form-urlencoded")...)
		if res.status != 403 || d.Clock.Offset() != 0 {
			t.Errorf("%v: %d", header, res.status)
		}
	}
}
