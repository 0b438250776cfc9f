package catcher

import (
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// serveSMS speaks as much of OVH's API as its real client needs to send and to
// ask. Signatures are accepted unread.
func (b *Box) serveSMS(listener net.Listener) {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /1.0/auth/time", func(w http.ResponseWriter, _ *http.Request) { reply(w, http.StatusOK, b.clock.Now().Unix()) })
	routes.HandleFunc("POST /1.0/sms/{service}/jobs", b.takeJob)
	routes.HandleFunc("GET /1.0/sms/{service}/outgoing", b.findOutgoing)
	routes.HandleFunc("GET /1.0/sms/{service}/outgoing/{id}", b.showOutgoing)
	routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { complain(w, http.StatusNotFound, "no such thing") })
	server := &http.Server{Handler: routes, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	b.smsURL = "http://" + listener.Addr().String() + "/1.0"
	b.serve(listener, server.Serve, server.Close)
}

// job is what the client posts.
type job struct {
	Message   string   `json:"message"`
	Receivers []string `json:"receivers"`
	Sender    string   `json:"sender"`
	Tag       string   `json:"tag"`
}

type report struct {
	IDs       []int64  `json:"ids"`
	Valid     []string `json:"validReceivers"`
	Invalid   []string `json:"invalidReceivers"`
	Withdrawn int      `json:"totalCreditsRemoved"`
}

func (b *Box) takeJob(w http.ResponseWriter, r *http.Request) {
	var j job
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&j); err != nil || j.Message == "" || len(j.Receivers) == 0 {
		complain(w, http.StatusBadRequest, "message and receivers are needed")
		return
	}
	done, lose := report{IDs: []int64{}, Valid: []string{}, Invalid: []string{}}, false
	for _, to := range j.Receivers {
		switch b.decide(to) {
		case Refuse:
			done.Invalid = append(done.Invalid, to)
			continue
		case Later:
			complain(w, http.StatusServiceUnavailable, "come back later")
			return
		case Lose:
			lose = true
		}
		id, err := b.keep(entry{Message: Message{Tenant: j.tenant(), Channel: "sms", To: to, Text: j.Message}, Tag: j.Tag})
		if err != nil {
			complain(w, http.StatusInternalServerError, "not kept")
			return
		}
		done.IDs, done.Valid, done.Withdrawn = append(done.IDs, id), append(done.Valid, to), done.Withdrawn+1
	}
	if lose {
		panic(http.ErrAbortHandler)
	}
	reply(w, http.StatusOK, done)
}

// tenant is what stands before the colon of the tag ("12:m-7"), else the
// sender.
func (j job) tenant() string {
	if before, _, found := strings.Cut(j.Tag, ":"); found {
		return before
	}
	return j.Sender
}

func (b *Box) findOutgoing(w http.ResponseWriter, r *http.Request) {
	tag := r.URL.Query().Get("tag")
	ids := []json.Number{}
	b.mu.Lock()
	for _, e := range b.entries {
		if e.Channel == "sms" && (tag == "" || e.Tag == tag) {
			ids = append(ids, json.Number(e.ID))
		}
	}
	b.mu.Unlock()
	reply(w, http.StatusOK, ids)
}

// showOutgoing tells of every message that it was delivered: 1 is the receipt
// of the phone, 4 its technical code.
func (b *Box) showOutgoing(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.entries {
		if e.Channel == "sms" && e.ID == r.PathValue("id") {
			reply(w, http.StatusOK, map[string]any{
				"id": json.Number(e.ID), "tag": e.Tag, "receiver": e.To, "message": e.Text, "creationDatetime": e.CreatedAt,
				"deliveryReceipt": 1, "ptt": 4,
			})
			return
		}
	}
	complain(w, http.StatusNotFound, "no message "+strconv.Quote(r.PathValue("id")))
}

func complain(w http.ResponseWriter, status int, message string) {
	reply(w, status, map[string]string{"message": message})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that left misses nothing
}
