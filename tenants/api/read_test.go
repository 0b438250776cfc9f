package api_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/web"
	"smartagenda/tenants"
	"smartagenda/tenants/api"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

func TestServicesAreListedAsTheContractSays(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	d.In(t, d.a, func(ctx context.Context, s postgres.Scope) error {
		_, err := catalog.AddService(ctx, s, catalog.Service{Name: "Vaccin <b>", Mode: catalog.Online, Reason: catalog.NoReason, Minutes: 10,
			GridMinutes: 10, HorizonDays: 30, Capacity: 1, Hue: 1, Position: 9})
		return err
	})
	res := d.get(t, "/services")
	var got, want any
	res.into(t, &got)
	_ = json.Unmarshal([]byte(`{"policy":{"version":1,"url":"https://cabinet-a.smartagenda.test/confidentialite"},"services":[
		{"id":"1","name":"Consultation","duration_minutes":20,"price_cents":3000,"capacity":1,"fields":[],
			"practitioners":[{"id":"1","name":"Dr Ada Martin"},{"id":"2","name":"Dr Basile Petit"}]},
		{"id":"2","name":"Bilan","duration_minutes":30,"price_cents":3000,"capacity":1,"fields":[],"practitioners":[{"id":"1","name":"Dr Ada Martin"}]},
		{"id":"4","name":"Vaccin <b>","duration_minutes":10,"price_cents":null,"capacity":1,"fields":[],"practitioners":[]}]}`), &want)
	a, _ := json.MarshalIndent(got, "", " ")
	b, _ := json.MarshalIndent(want, "", " ")
	if res.status != 200 || string(a) != string(b) {
		t.Errorf("%d\n%s\nwant\n%s", res.status, a, b)
	}
}

func TestAHouseWithoutServicesHasAnEmptyList(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	d.run(t, "UPDATE services SET mode = 'internal'")
	if res := d.get(t, "/services"); !strings.Contains(res.body, `"services":[]`) {
		t.Error(res.body)
	}
}

func slots(t testing.TB, res answer) (s api.Slots) {
	t.Helper()
	if res.status != 200 {
		t.Fatalf("%d %s", res.status, res.body)
	}
	res.into(t, &s)
	return s
}

func TestSlotsNameEachPractitionerWhoIsFree(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	d.book(t, d.a, request().with("start", "2026-11-24T09:00:00+01:00"))
	res := d.get(t, "/slots?service=1&from=2026-11-24&to=2026-11-25")
	if want := `{"slots":[{"start":"2026-11-24T09:00:00+01:00","end":"2026-11-24T09:20:00+01:00","practitioner":"2","location":"1","seats_left":1},` +
		`{"start":"2026-11-24T09:20:00+01:00","end":"2026-11-24T09:40:00+01:00","practitioner":"1","location":"1","seats_left":1},`; !strings.HasPrefix(res.body, want) {
		t.Errorf("got  %.300s\nwant %s", res.body, want)
	}
	if n := len(slots(t, res).Slots); n != 2*21-1 {
		t.Errorf("%d slots, want 41", n)
	}
	ada := slots(t, d.get(t, "/slots?service=1&practitioner=1&from=2026-11-24&to=2026-11-25"))
	if len(ada.Slots) != 20 || slices.ContainsFunc(ada.Slots, func(s api.Slot) bool { return s.Practitioner != "1" }) {
		t.Errorf("%d slots of Ada, want 20", len(ada.Slots))
	}
	if !strings.HasSuffix(strings.TrimSpace(res.body), `],"next":null}`) {
		t.Errorf("next beside slots: %s", res.body[len(res.body)-60:])
	}
}

func TestEverySlotCanBeBooked(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	offered := slots(t, d.get(t, "/slots?service=1&from=2026-11-24&to=2026-11-25")).Slots
	for i, s := range []api.Slot{offered[0], offered[len(offered)/2], offered[len(offered)-1]} {
		made, _ := d.book(t, d.a, request().with("start", s.Start.Format(time.RFC3339)).with("practitioner", s.Practitioner))
		if !made.Start.Equal(s.Start) || !made.End.Equal(s.End) || made.Practitioner != s.Practitioner || made.Location != s.Location {
			t.Errorf("%d: offered %+v, booked %+v", i, s, made)
		}
	}
}

func TestWhereNothingIsFreeTheNextMomentIsNamed(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	weekend := slots(t, d.get(t, "/slots?service=1&from=2026-11-28&to=2026-11-30"))
	if len(weekend.Slots) != 0 || weekend.Next == nil || weekend.Next.Format(time.RFC3339) != "2026-11-30T09:00:00+01:00" {
		t.Errorf("%+v", weekend)
	}
	for name, path := range map[string]string{
		"beyond the horizon": "from=2027-11-01&to=2027-12-01", "at the end of time": "from=9999-12-01&to=9999-12-31",
	} {
		if res := d.get(t, "/slots?service=1&"+path); !strings.Contains(res.body, `{"slots":[],"next":null}`) {
			t.Errorf("%s: %s", name, res.body)
		}
	}
	for name, path := range map[string]string{"last year": "from=2025-11-01&to=2025-12-01", "at the beginning of time": "from=0001-01-01&to=0001-01-08"} {
		if past := slots(t, d.get(t, "/slots?service=1&"+path)); past.Next == nil || past.Next.Format(time.RFC3339) != "2026-11-23T09:00:00+01:00" {
			t.Errorf("%s: %+v", name, past)
		}
	}
}

func TestInstantsHaveTheOffsetOfThePlaceOnThatDay(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	d.run(t, "UPDATE services SET horizon_days = 300")
	d.In(t, d.b, func(ctx context.Context, s postgres.Scope) error {
		p, err := catalog.GetProfile(ctx, s)
		if err != nil {
			return err
		}
		p.Zone = "Indian/Reunion"
		return catalog.SaveProfile(ctx, s, p)
	})
	for _, c := range []struct {
		one   tenants.Tenant
		day   string
		start string
	}{
		{d.a, "from=2027-03-26&to=2027-03-27", "2027-03-26T09:00:00+01:00"}, {d.a, "from=2027-03-29&to=2027-03-30", "2027-03-29T09:00:00+02:00"},
		{d.b, "from=2026-11-24&to=2026-11-25", "2026-11-24T09:00:00+04:00"},
	} {
		res := d.call(t, c.one, "GET", "/slots?service=1&"+c.day, "")
		if !strings.HasPrefix(res.body, `{"slots":[{"start":"`+c.start+`"`) {
			t.Errorf("%s: %.100s", c.day, res.body)
		}
	}
}

func TestAQuestionThatMakesNoSenseIsRefused(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	for query, want := range map[string][]string{
		"":                               {"from api.missing", "service api.missing", "to api.missing"},
		"service=1&from=24/11/2026&to=":  {"from api.date", "to api.missing"},
		"service=1&from=2026-02-30&to=x": {"from api.date", "to api.date"},
		"service=1&from=2026-11-24%00&to=2026-11-25": {"from api.date"},
		"service=1&from=2026-11-24&to=2026-11-24":    {"to booking.range_order"},
		"service=1&from=2026-11-24&to=2026-11-23":    {"to booking.range_order"},
		"service=1&from=2026-11-24&to=2027-01-26":    {"to booking.range_long"},
	} {
		res := d.get(t, "/slots?"+query)
		if p := res.problem(t); res.status != 422 || !slices.Equal(fields(p), want) {
			t.Errorf("%s: %d %q, want %q", query, res.status, fields(p), want)
		}
	}
	if res := d.get(t, "/slots?service=1&from=2026-11-24&to=2027-01-25"); res.status != 200 {
		t.Errorf("62 days: %d %s", res.status, res.body)
	}
}

func TestWhatDoesNotExistIs404AndSaysNoMore(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	const week = "&from=2026-11-23&to=2026-11-30"
	for path, code := range map[string]string{
		"/slots?service=99" + week: "booking.service_unknown", "/slots?service=3" + week: "booking.service_unknown", "/slots?service=-1" + week: "booking.service_unknown",
		"/slots?service=1'--" + week: "booking.service_unknown", "/slots?service=9223372036854775808" + week: "booking.service_unknown",
		"/slots?service=1&practitioner=99" + week: "booking.practitioner_unknown", "/slots?service=1&practitioner=x" + week: "booking.practitioner_unknown",
		"/slots?service=1&practitioner=0" + week: "booking.practitioner_unknown", "/slots?service=2&practitioner=2" + week: "booking.practitioner_unknown",
		"/appointments/x": "booking.link_unknown", "/appointments/" + strings.Repeat("A", 22): "booking.link_unknown",
		"/appointments/" + strings.Repeat("A", 5000): "booking.link_unknown", "/appointments/%00": "booking.link_unknown", "/appointments/1": "booking.link_unknown",
		"/nothing": "web.not_found", "/appointments": "web.not_found", "/appointments/x/move": "web.not_found", "": "web.not_found", "/openapi": "web.not_found",
	} {
		res := d.get(t, path)
		if p := res.problem(t); res.status != 404 || p.Code != code || len(p.Errors) > 0 {
			t.Errorf("%.60s: %d %s, want %s", path, res.status, res.body, code)
		}
	}
	for _, path := range []string{"/appointments/x/cancel", "/appointments/x", "/services", "/appointments/x/move"} {
		if res := d.post(t, path, ""); res.status != 404 {
			t.Errorf("POST %s: %d %s", path, res.status, res.body)
		}
	}
}

func TestAnAppointmentIsShownAndCancelledByItsToken(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	made, token := d.book(t, d.a, request().with("start", "2026-11-26T10:20:00+01:00"))
	var shown api.Standing
	d.get(t, "/appointments/"+token).into(t, &shown)
	if shown.Appointment != made && shown.ID != made.ID || shown.Status != "booked" || shown.ManageURL != made.ManageURL ||
		shown.CancelUntil == nil || shown.CancelUntil.Format(time.RFC3339) != "2026-11-25T10:20:00+01:00" {
		t.Errorf("%+v", shown)
	}
	res := d.post(t, "/appointments/"+token+"/cancel", "")
	var gone api.Standing
	res.into(t, &gone)
	if res.status != 200 || gone.Status != "cancelled" || gone.CancelUntil != nil || gone.ManageURL != made.ManageURL || gone.ID != made.ID {
		t.Errorf("%d %s", res.status, res.body)
	}
	if again := d.post(t, "/appointments/"+token+"/cancel", ""); again.status != 409 || again.problem(t).Code != "booking.already_cancelled" {
		t.Errorf("%d %s", again.status, again.body)
	}
	if res := d.get(t, "/appointments/"+token); !strings.Contains(res.body, `"status":"cancelled"`) || !strings.Contains(res.body, `"cancel_until":null`) {
		t.Errorf("%s", res.body)
	}
	if _, again := d.book(t, d.a, request().with("start", "2026-11-26T10:20:00+01:00")); again == token {
		t.Error("the time is free again, under a token of its own")
	}
}

func TestAfterTheDeadlineCancellingIsRefused(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	_, token := d.book(t, d.a, request())
	d.Clock.Advance(3 * time.Hour) // less than a day before
	res := d.post(t, "/appointments/"+token+"/cancel", "")
	if p := res.problem(t); res.status != 409 || p.Code != "booking.cancel_too_late_call" || !strings.Contains(p.Detail, "04 78 00 12 34") {
		t.Errorf("%d %s", res.status, res.body)
	}
	if res := d.get(t, "/appointments/"+token); !strings.Contains(res.body, `"status":"booked"`) || !strings.Contains(res.body, `"cancel_until":null`) {
		t.Errorf("%s", res.body)
	}
	d.Clock.Advance(72 * time.Hour)
	if res := d.get(t, "/appointments/"+token); res.status != 404 {
		t.Errorf("long after it: %d %s", res.status, res.body)
	}
}

// Both tenants have rows of the same ids, so what is not bound to its tenant
// would answer.
func TestNothingOfOneTenantIsReachedFromAnother(t *testing.T) {
	t.Parallel()
	d := open(t, web.Limits{})
	only := int64(0)
	d.In(t, d.a, func(ctx context.Context, s postgres.Scope) (err error) {
		if only, err = practitioners.Add(ctx, s, practitioners.Practitioner{Name: "Dr Chloé Roy", ShortName: "Chloé"}); err != nil {
			return err
		}
		return practitioners.Teach(ctx, s, practitioners.Skill{ServiceID: 1, PractitionerID: only})
	})
	_, token := d.book(t, d.a, request())
	d.book(t, d.b, request().with("start", "2026-11-24T15:00:00+01:00"))
	for _, c := range []struct{ method, path string }{
		{"GET", "/appointments/" + token}, {"POST", "/appointments/" + token + "/cancel"},
		{"GET", "/slots?service=1&practitioner=3&from=2026-11-23&to=2026-11-30"},
	} {
		res := d.call(t, d.b, c.method, c.path, "")
		if res.status != 404 || strings.Contains(res.body, "Roussel") || strings.Contains(res.body, "Chloé") {
			t.Errorf("%s %s: %d %s", c.method, c.path, res.status, res.body)
		}
	}
	if res := d.call(t, d.b, "GET", "/services", ""); strings.Contains(res.body, "Chloé") {
		t.Errorf("the other's practitioner: %s", res.body)
	}
	if res := d.call(t, d.b, "POST", "/appointments", request().with("practitioner", "3").String()); res.status != 422 {
		t.Errorf("booked with the other's practitioner: %d %s", res.status, res.body)
	}
	// The same moment is free with the other tenant.
	if res := d.call(t, d.b, "POST", "/appointments", request().String()); res.status != 201 {
		t.Errorf("%d %s", res.status, res.body)
	}
	if res := d.get(t, "/appointments/"+token); res.status != 200 {
		t.Errorf("with its own: %d %s", res.status, res.body)
	}
	if n := d.count(t, d.a, "SELECT count(*) FROM {t}.participations WHERE status = 'booked'"); n != 1 {
		t.Error("the other tenant cancelled it")
	}
}
