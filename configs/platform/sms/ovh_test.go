package sms

import (
	"crypto/sha1" // what OVH's signature is made of
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
)

const (
	sent    = `{"totalCreditsRemoved":1,"invalidReceivers":[],"ids":[27814656],"validReceivers":["+33612345678"]}`
	invalid = `{"totalCreditsRemoved":0,"invalidReceivers":["+33612345678"],"ids":[],"validReceivers":[]}`
)

func TestOVHTakesAJob(t *testing.T) {
	t.Parallel()
	k := open(t, map[string]answer{"POST /1.0/sms/sms-ab1-1/jobs": {body: sent}})
	o := ovhAt(t, k.URL)
	receipt, err := o.Send(t.Context(), note())
	if err != nil || receipt != (Receipt{ID: "27814656", Parts: 1}) {
		t.Fatalf("receipt %+v, %v", receipt, err)
	}
	q := k.last()
	want := map[string]any{
		"message": "Rendez-vous à l'hopital à 9h", "receivers": []any{"+33612345678"}, "sender": "Bellecour", "senderForResponse": false,
		"noStopClause": true, "tag": "bellecour:12", "charset": "UTF-8", "coding": "7bit", "class": "phoneDisplay", "priority": "high",
	}
	if !reflect.DeepEqual(q.Body, want) {
		t.Errorf("job %v, want %v", q.Body, want)
	}
	body := `{"message":"Rendez-vous à l'hopital à 9h","receivers":["+33612345678"],"sender":"Bellecour","senderForResponse":false,"noStopClause":true,"tag":"bellecour:12","charset":"UTF-8","coding":"7bit","class":"phoneDisplay","priority":"high"}`
	signed := strings.Join([]string{"as", "ck", "POST", k.URL + q.URL, body, q.Header.Get("X-Ovh-Timestamp")}, "+")
	if got, want := q.Header.Get("X-Ovh-Signature"), fmt.Sprintf("$1$%x", sha1.Sum([]byte(signed))); got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
	if q.Header.Get("X-Ovh-Application") != "ak" || q.Header.Get("X-Ovh-Consumer") != "ck" {
		t.Errorf("headers %v", q.Header)
	}
}

func TestOVHSendsFromItsNumberWhereThereIsNoSender(t *testing.T) {
	t.Parallel()
	k := open(t, map[string]answer{"POST /1.0/sms/sms-ab1-1/jobs": {body: sent}})
	m := note()
	m.Sender, m.Text = "", strings.Repeat("я", 71)
	receipt, err := ovhAt(t, k.URL).Send(t.Context(), m)
	if err != nil || receipt.Parts != 2 {
		t.Fatalf("receipt %+v, %v", receipt, err)
	}
	job := k.last().Body
	if _, named := job["sender"]; named || job["senderForResponse"] != true || job["coding"] != "8bit" {
		t.Errorf("job %v", job)
	}
}

func TestOVHRefusesANumberForGood(t *testing.T) {
	t.Parallel()
	k := open(t, map[string]answer{"POST /1.0/sms/sms-ab1-1/jobs": {body: invalid}})
	if _, err := ovhAt(t, k.URL).Send(t.Context(), note()); ClassOf(err) != Permanent {
		t.Errorf("error %v", err)
	}
}

func TestOVHTellsTheState(t *testing.T) {
	t.Parallel()
	const base = "GET /1.0/sms/sms-ab1-1"
	for _, c := range []struct {
		name    string
		answers map[string]answer
		asked   Sent
		want    State
	}{
		{"delivered", map[string]answer{base + "/outgoing/7": {body: `{"id":7,"deliveryReceipt":1,"ptt":4}`}}, Sent{ID: "7"}, Delivered},
		{"refused by the phone", map[string]answer{base + "/outgoing/7": {body: `{"deliveryReceipt":2}`}}, Sent{ID: "7"}, Failed},
		{"refused by the network", map[string]answer{base + "/outgoing/7": {body: `{"deliveryReceipt":16}`}}, Sent{ID: "7"}, Failed},
		{"on its way", map[string]answer{base + "/outgoing/7": {body: `{"deliveryReceipt":8}`}}, Sent{ID: "7"}, Accepted},
		{"no receipt yet", map[string]answer{base + "/outgoing/7": {body: `{"deliveryReceipt":null}`}}, Sent{ID: "7"}, Accepted},
		{"waiting", map[string]answer{base + "/jobs/7": {body: `{"id":7}`}}, Sent{ID: "7"}, Accepted},
		{"gone", nil, Sent{ID: "7"}, Unknown},
		{"found by reference", map[string]answer{base + "/outgoing": {body: `[7]`}, base + "/outgoing/7": {body: `{"deliveryReceipt":1}`}}, Sent{Ref: "bellecour:12"}, Delivered},
		{"no such reference", map[string]answer{base + "/outgoing": {body: `[]`}}, Sent{Ref: "bellecour:12"}, Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			k := open(t, c.answers)
			if got, err := ovhAt(t, k.URL).Status(t.Context(), c.asked); err != nil || got != c.want {
				t.Errorf("state %s, %v, want %s", got, err, c.want)
			}
			if c.asked.Ref != "" && k.asked[0].URL != "/1.0/sms/sms-ab1-1/outgoing?tag=bellecour%3A12" {
				t.Errorf("asked %s", k.asked[0].URL)
			}
		})
	}
}

func TestOVHQuestionThatFailsMaySimplyBeAskedAgain(t *testing.T) {
	t.Parallel()
	for _, a := range []answer{{status: 500}, {cut: true}, {body: "<html>"}} {
		k := open(t, map[string]answer{"GET /1.0/sms/sms-ab1-1/outgoing/7": a})
		if state, err := ovhAt(t, k.URL).Status(t.Context(), Sent{ID: "7"}); err == nil || ClassOf(err) != Temporary || state != Unknown {
			t.Errorf("state %s, %v", state, err)
		}
	}
}

func TestOVHSendsFromManyWorkersAtOnce(t *testing.T) {
	t.Parallel()
	k := open(t, map[string]answer{"POST /1.0/sms/sms-ab1-1/jobs": {body: sent}})
	o := ovhAt(t, k.URL)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if _, err := o.Send(t.Context(), note()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if len(k.asked) != 8 {
		t.Errorf("%d jobs", len(k.asked))
	}
}
