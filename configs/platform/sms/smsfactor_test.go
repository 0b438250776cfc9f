package sms

import (
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

const taken = `{"status":1,"message":"OK","ticket":"14672468","cost":1,"credits":642,"total":1,"sent":1,"blacklisted":0,"duplicated":0,"invalid":0,"npai":0}`

func TestSMSFactorTakesACampaignOfOne(t *testing.T) {
	t.Parallel()
	k := open(t, map[string]answer{"POST /send": {body: taken}})
	receipt, err := factorAt(t, k.URL).Send(t.Context(), note())
	if err != nil || receipt != (Receipt{ID: "14672468", Parts: 1}) {
		t.Fatalf("receipt %+v, %v", receipt, err)
	}
	q := k.last()
	want := map[string]any{"sms": map[string]any{
		"message":    map[string]any{"text": "Rendez-vous à l'hopital à 9h", "pushtype": "alert", "sender": "Bellecour", "unicode": 0.0},
		"recipients": map[string]any{"gsm": []any{map[string]any{"gsmsmsid": "bellecour:12", "value": "33612345678"}}},
	}}
	if !reflect.DeepEqual(q.Body, want) {
		t.Errorf("campaign %v, want %v", q.Body, want)
	}
	if q.Header.Get("Authorization") != "Bearer t0ken" || q.Header.Get("Content-Type") != "application/json" || q.Header.Get("Accept") != "application/json" {
		t.Errorf("headers %v", q.Header)
	}
}

func TestSMSFactorCountsUnicode(t *testing.T) {
	t.Parallel()
	k := open(t, map[string]answer{"POST /send": {body: taken}})
	m := note()
	m.Sender, m.Text = "", strings.Repeat("🙂", 36)
	receipt, err := factorAt(t, k.URL).Send(t.Context(), m)
	if err != nil || receipt.Parts != 2 {
		t.Fatalf("receipt %+v, %v", receipt, err)
	}
	message := k.last().Body["sms"].(map[string]any)["message"].(map[string]any)
	if _, named := message["sender"]; named || message["unicode"] != 1.0 {
		t.Errorf("message %v", message)
	}
}

func TestSMSFactorRefusalsAreClassed(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Class{
		`{"status":-1,"message":"Authentication error"}`: Temporary,
		`{"status":-3,"message":"Not enough credits"}`:   Temporary,
		`{"status":"-6","message":"JSON error"}`:         Permanent,
		`{"status":-7,"message":"Data error"}`:           Permanent,
		`{"status":-99,"message":"Unknown error"}`:       Uncertain,
		`{"status":1,"sent":0,"invalid":1}`:              Permanent,
		`{"status":1,"sent":0,"flood":1}`:                Temporary,
	} {
		k := open(t, map[string]answer{"POST /send": {body: body}})
		_, err := factorAt(t, k.URL).Send(t.Context(), note())
		if e, ok := errors.AsType[*Error](err); !ok || e.Class != want || e.Code != 200 {
			t.Errorf("%s: %v, want %s", body, err, want)
		}
	}
	k := open(t, map[string]answer{"POST /send": {body: `{"status":-8,"message":"moderation","ticket":"5"}`}})
	if receipt, err := factorAt(t, k.URL).Send(t.Context(), note()); err != nil || receipt.ID != "5" {
		t.Errorf("held for moderation: %+v, %v", receipt, err)
	}
}

func TestSMSFactorTellsTheState(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	for status, want := range map[string]State{
		"DELIVERED": Delivered, "delivered": Delivered, "SENT": Accepted, "WAITING": Accepted, "NOT_SENT": Accepted,
		"NOT_DELIVERED": Failed, "EXPIRED": Failed, "REJECTED": Failed, "SOMETHING": Unknown,
	} {
		k := open(t, map[string]answer{"GET /messages": {body: `{"status":1,"messages":[
			{"campaign_id":1,"client_message_id":"other","status":"DELIVERED"},
			{"campaign_id":123,"client_message_id":"bellecour:12","status":"` + status + `"}]}`}})
		f := factorAt(t, k.URL)
		for _, s := range []Sent{{Ref: "bellecour:12", To: "+33612345678", At: at}, {ID: "123", To: "+33612345678", At: at}} {
			if got, err := f.Status(t.Context(), s); err != nil || got != want {
				t.Errorf("%s: %s, %v, want %s", status, got, err, want)
			}
		}
		asked, err := url.Parse(k.last().URL)
		if err != nil {
			t.Fatal(err)
		}
		q := asked.Query()
		if q.Get("destination") != "33612345678" || q.Get("date_start") != "2026-11-23 10:00:00" || q.Get("date_end") != "2026-11-28 10:00:00" {
			t.Errorf("asked %v", q)
		}
		if got, err := f.Status(t.Context(), Sent{Ref: "bellecour:99", To: "+33612345678", At: at}); err != nil || got != Unknown {
			t.Errorf("a message it does not know: %s, %v", got, err)
		}
		if got, err := f.Status(t.Context(), Sent{To: "+33612345678", At: at}); err != nil || got != Unknown {
			t.Errorf("nothing to find it by: %s, %v", got, err)
		}
	}
}

func TestSMSFactorQuestionThatFailsMaySimplyBeAskedAgain(t *testing.T) {
	t.Parallel()
	for _, a := range []answer{{status: 500}, {cut: true}, {body: "<html>"}, {body: `{"status":-1}`}} {
		k := open(t, map[string]answer{"GET /messages": a})
		state, err := factorAt(t, k.URL).Status(t.Context(), Sent{Ref: "bellecour:12", To: "+33612345678"})
		if err == nil || ClassOf(err) != Temporary || state != Unknown {
			t.Errorf("state %s, %v", state, err)
		}
	}
}
