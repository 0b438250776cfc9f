package catcher_test

import (
	"net/http"
	"strings"
	"testing"

	"smartagenda/configs/platform/catcher"
	"smartagenda/configs/platform/sms"
)

func TestSMSIsCaughtFromTheRealClient(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	o := phone(t, b)
	receipt, err := o.Send(t.Context(), note("12:m-7"))
	if err != nil || receipt.ID != "1" {
		t.Fatalf("receipt %+v, %v", receipt, err)
	}
	for _, to := range []string{"+33612345678", " 33612345678", "33612345678"} {
		got := b.List(to)
		if len(got) != 1 {
			t.Fatalf("List(%q) has %d", to, len(got))
		}
		want := catcher.Message{ID: "1", Tenant: "12", Channel: "sms", To: "+33612345678", Text: "Rendez-vous demain à 9h", CreatedAt: noon}
		if m := got[0]; len(m.Attachments) != 0 || m.Attachments == nil || m.ID != want.ID || m.Tenant != want.Tenant || m.Channel != want.Channel ||
			m.To != want.To || m.Text != want.Text || m.Subject != "" || m.HTML != "" || !m.CreatedAt.Equal(want.CreatedAt) {
			t.Errorf("caught %+v", m)
		}
	}
	if _, err := o.Send(t.Context(), note("alone")); err != nil || b.List("")[0].Tenant != "Bellecour" {
		t.Errorf("without a prefix the tenant is %q, %v", b.List("")[0].Tenant, err)
	}
}

func TestSMSIsFoundAgain(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	o := phone(t, b)
	receipt, err := o.Send(t.Context(), note("12:m-7"))
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[sms.Sent]sms.State{
		{ID: receipt.ID}:  sms.Delivered,
		{Ref: "12:m-7"}:   sms.Delivered,
		{Ref: "12:other"}: sms.Unknown,
		{ID: "99"}:        sms.Unknown,
	} {
		if got, err := o.Status(t.Context(), asked); err != nil || got != want {
			t.Errorf("%+v is %s, %v", asked, got, err)
		}
	}
}

func TestSMSIsRefusedAsTold(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	o := phone(t, b)
	for answer, want := range map[catcher.Answer]sms.Class{catcher.Refuse: sms.Permanent, catcher.Later: sms.Temporary} {
		b.AnswerWith(func(string) catcher.Answer { return answer })
		if _, err := o.Send(t.Context(), note("12:refused")); err == nil || sms.ClassOf(err) != want {
			t.Errorf("answer %d: %v", answer, err)
		}
	}
	if kept := b.List(""); len(kept) != 0 {
		t.Errorf("kept %+v", kept)
	}
	b.AnswerWith(func(string) catcher.Answer { return catcher.Lose })
	if _, err := o.Send(t.Context(), note("12:lost")); sms.ClassOf(err) != sms.Uncertain {
		t.Errorf("a lost answer: %v", err)
	}
	if state, err := o.Status(t.Context(), sms.Sent{Ref: "12:lost"}); err != nil || state != sms.Delivered {
		t.Errorf("what was lost is %s, %v", state, err)
	}
	b.AnswerWith(nil)
	b.FailNext(1)
	if _, err := o.Send(t.Context(), note("12:next")); err == nil {
		t.Error("the next delivery did not fail")
	}
	if _, err := o.Send(t.Context(), note("12:next")); err != nil {
		t.Errorf("the one after: %v", err)
	}
}

func TestSMSServerRefusesWhatIsNoJob(t *testing.T) {
	t.Parallel()
	b := open(t, "")
	for _, body := range []string{"", "{}", `{"message":"x"}`, `{"receivers":["+33612345678"]}`} {
		resp, err := http.Post(b.SMSURL()+"/sms/s/jobs", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: %s", body, resp.Status)
		}
	}
}
