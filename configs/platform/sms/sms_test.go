package sms

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// kiosk is a provider's server: it keeps what it was asked and answers as told.
type kiosk struct {
	*httptest.Server
	mu      sync.Mutex
	asked   []request
	answers map[string]answer // by "METHOD /path"
}

type request struct {
	Method, URL string
	Header      http.Header
	Body        map[string]any
}

type answer struct {
	status int
	body   string
	hang   chan struct{} // not nil: tell that the request came, and wait
	cut    bool          // close the connection instead of answering
}

func open(t *testing.T, answers map[string]answer) *kiosk {
	t.Helper()
	k := &kiosk{answers: answers}
	k.Server = httptest.NewServer(k)
	t.Cleanup(k.Close)
	return k
}

func (k *kiosk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/1.0/auth/time" {
		_, _ = io.WriteString(w, "1795000000")
		return
	}
	q := request{Method: r.Method, URL: r.URL.String(), Header: r.Header}
	if content, err := io.ReadAll(r.Body); err == nil && len(content) > 0 {
		_ = json.Unmarshal(content, &q.Body)
	}
	k.mu.Lock()
	k.asked = append(k.asked, q)
	k.mu.Unlock()
	a, known := k.answers[r.Method+" "+r.URL.Path]
	if !known {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"message":"no +33612345678 here"}`)
		return
	}
	if a.hang != nil {
		a.hang <- struct{}{}
		<-a.hang
	}
	if a.cut {
		panic(http.ErrAbortHandler)
	}
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	_, _ = io.WriteString(w, a.body)
}

func (k *kiosk) last() request {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.asked[len(k.asked)-1]
}

func note() Message {
	return Message{To: "+33612345678", Text: "Rendez-vous à l’hôpital à 9h", Sender: "Bellecour", Ref: "bellecour:12"}
}

// providers are both, on a server that answers a send with a.
func providers(t *testing.T, a answer) map[string]Provider {
	t.Helper()
	return map[string]Provider{
		"OVH":       ovhAt(t, open(t, map[string]answer{"POST /1.0/sms/sms-ab1-1/jobs": a}).URL),
		"SMSFactor": factorAt(t, open(t, map[string]answer{"POST /send": a}).URL),
	}
}

func ovhAt(t *testing.T, url string) *OVH {
	t.Helper()
	o, err := NewOVH(OVHConfig{BaseURL: url + "/1.0", AppKey: "ak", AppSecret: "as", ConsumerKey: "ck", Service: "sms-ab1-1"})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func factorAt(t *testing.T, url string) *SMSFactor {
	t.Helper()
	f, err := NewSMSFactor(SMSFactorConfig{BaseURL: url + "/", Token: "t0ken"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestStatusesAreClassed(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]Class{
		301: Temporary, 400: Permanent, 401: Temporary, 402: Temporary, 403: Temporary, 404: Temporary, 409: Permanent,
		422: Permanent, 429: Temporary, 500: Uncertain, 502: Uncertain, 503: Temporary, 504: Uncertain,
	} {
		for name, p := range providers(t, answer{status: status, body: `{"message":"bad +33612345678"}`}) {
			_, err := p.Send(t.Context(), note())
			e, ok := errors.AsType[*Error](err)
			if !ok || e.Class != want || ClassOf(err) != want || e.Code != status {
				t.Errorf("%s %d: %v, want %s", name, status, err, want)
			}
			if strings.Contains(err.Error(), "336") {
				t.Errorf("the error shows a number: %s", err)
			}
		}
	}
}

func TestLostAnswerIsUncertain(t *testing.T) {
	t.Parallel()
	for name, p := range providers(t, answer{cut: true}) {
		if _, err := p.Send(t.Context(), note()); ClassOf(err) != Uncertain {
			t.Errorf("%s, connection cut: %v", name, err)
		}
	}
	for name, p := range providers(t, answer{body: `{"ids":`}) {
		if _, err := p.Send(t.Context(), note()); ClassOf(err) != Uncertain {
			t.Errorf("%s, half an answer: %v", name, err)
		}
	}
	for name, p := range providers(t, answer{body: `{}`}) {
		if _, err := p.Send(t.Context(), note()); ClassOf(err) != Uncertain {
			t.Errorf("%s, an answer that says nothing: %v", name, err)
		}
	}
}

func TestContextThatEndsAfterTheRequestLeftIsUncertain(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	for name, p := range providers(t, answer{hang: hang}) {
		ctx, cancel := context.WithCancel(t.Context())
		answered := make(chan error)
		go func() { _, err := p.Send(ctx, note()); answered <- err }()
		<-hang
		cancel()
		err := <-answered
		hang <- struct{}{}
		if ClassOf(err) != Uncertain || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(err.Error(), "336") {
			t.Errorf("the error shows a number: %s", err)
		}
	}
}

func TestContextThatEndsBeforeTheRequestLeavesIsATemporaryFailure(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, p := range providers(t, answer{}) {
		if _, err := p.Send(ctx, note()); ClassOf(err) != Temporary || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestProviderThatIsAwayIsATemporaryFailure(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String()
	_ = listener.Close()
	for name, p := range map[string]Provider{"OVH": ovhAt(t, url), "SMSFactor": factorAt(t, url)} {
		if _, err := p.Send(t.Context(), note()); err == nil || ClassOf(err) != Temporary {
			t.Errorf("%s send: %v", name, err)
		}
		state, err := p.Status(t.Context(), Sent{Ref: "bellecour:12", To: "+33612345678"})
		if err == nil || ClassOf(err) != Temporary || state != Unknown || strings.Contains(err.Error(), "336") {
			t.Errorf("%s status: %s, %v", name, state, err)
		}
	}
}

func TestUnsendableMessageIsRefusedBeforeItLeaves(t *testing.T) {
	t.Parallel()
	for reason, spoil := range map[string]func(*Message){
		"number":       func(m *Message) { m.To = "06 12 34 56 78" },
		"sender":       func(m *Message) { m.Sender = "CabinetBellecour" },
		"empty text":   func(m *Message) { m.Text = "" },
		"no reference": func(m *Message) { m.Ref = "" },
	} {
		m := note()
		spoil(&m)
		for name, p := range providers(t, answer{status: http.StatusOK}) {
			_, err := p.Send(t.Context(), m)
			if e, ok := errors.AsType[*Error](err); !ok || e.Class != Permanent || e.Reason != reason || e.Code != 0 {
				t.Errorf("%s, %s: %v", name, reason, err)
			}
		}
	}
	m := note()
	m.Sender = "Dr Zoé"
	if _, err := ovhAt(t, "http://127.0.0.1:1").Send(t.Context(), m); ClassOf(err) != Permanent {
		t.Errorf("a sender with a space: %v", err)
	}
}

func TestAccountsAreNeeded(t *testing.T) {
	t.Parallel()
	if _, err := NewOVH(OVHConfig{AppKey: "a", AppSecret: "b", ConsumerKey: "c"}); err == nil {
		t.Error("OVH without a service")
	}
	if _, err := NewOVH(OVHConfig{AppKey: "a", AppSecret: "b", ConsumerKey: "c", Service: "d", BaseURL: "http://x/"}); err == nil {
		t.Error("OVH at an address that ends in a slash")
	}
	if _, err := NewSMSFactor(SMSFactorConfig{}); err == nil {
		t.Error("SMSFactor without a token")
	}
	if ClassOf(errors.New("x")) != Temporary {
		t.Error("an unclassed error is not temporary")
	}
}
