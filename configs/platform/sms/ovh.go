package sms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"

	"github.com/ovh/go-ovh/ovh"
)

// OVHConfig is an account of OVHcloud (https://api.ovh.com/console/#/sms).
type OVHConfig struct {
	BaseURL                        string // empty: the European API
	AppKey, AppSecret, ConsumerKey string
	Service                        string       // "sms-xx11111-1"
	HTTP                           *http.Client // nil: a plain one
}

// OVH sends through OVHcloud, whose servers stand in France. Our reference is
// the tag of its jobs.
type OVH struct {
	line
	service string

	// The library writes to its own fields while it signs a request, so one
	// request is signed at a time; they travel by our client together.
	signing sync.Mutex
	signer  ovh.Client
}

// NewOVH does not connect.
func NewOVH(c OVHConfig) (*OVH, error) {
	if c.AppKey == "" || c.AppSecret == "" || c.ConsumerKey == "" || c.Service == "" {
		return nil, errors.New("sms: OVH needs an application key, its secret, a consumer key and a service")
	}
	if c.BaseURL == "" {
		c.BaseURL = ovh.OvhEU
	}
	o := &OVH{line: newLine("OVH", c.HTTP), service: "/sms/" + url.PathEscape(c.Service)}
	own := *o.client
	o.signer.AppKey, o.signer.AppSecret, o.signer.ConsumerKey = c.AppKey, c.AppSecret, c.ConsumerKey
	o.signer.Client, o.signer.Timeout = &own, own.Timeout
	if err := o.signer.SetEndpoint(c.BaseURL); err != nil {
		return nil, fmt.Errorf("sms: %w", err)
	}
	return o, nil
}

// ovhJob is the body of POST /sms/{service}/jobs. Without the STOP clause a
// message may also leave at night: ours are asked for, not advertising.
type ovhJob struct {
	Message           string   `json:"message"`
	Receivers         []string `json:"receivers"`
	Sender            string   `json:"sender,omitempty"`
	SenderForResponse bool     `json:"senderForResponse"`
	NoStopClause      bool     `json:"noStopClause"`
	Tag               string   `json:"tag"`
	Charset           string   `json:"charset"`
	Coding            string   `json:"coding"`
	Class             string   `json:"class"`
	Priority          string   `json:"priority"`
}

type ovhReport struct {
	IDs              []json.Number `json:"ids"`
	InvalidReceivers []string      `json:"invalidReceivers"`
}

// Send posts one job for one receiver.
func (o *OVH) Send(ctx context.Context, m Message) (Receipt, error) {
	text, parts, ucs2, err := prepare(o.provider, m)
	if err != nil {
		return Receipt{}, err
	}
	job := ovhJob{
		Message: text, Receivers: []string{m.To}, Sender: m.Sender, SenderForResponse: m.Sender == "",
		NoStopClause: true, Tag: m.Ref, Charset: "UTF-8", Coding: "7bit", Class: "phoneDisplay", Priority: "high",
	}
	if ucs2 {
		job.Coding = "8bit"
	}
	req, err := o.sign(http.MethodPost, "/jobs", job)
	if err != nil {
		return Receipt{}, err
	}
	var report ovhReport
	if err := o.exchange(ctx, req, &report); err != nil {
		return Receipt{}, err
	}
	if len(report.IDs) == 0 {
		if len(report.InvalidReceivers) == 0 {
			return Receipt{}, o.unreadable()
		}
		return Receipt{}, &Error{Class: Permanent, Provider: o.provider, Code: http.StatusOK, Reason: "number"}
	}
	return Receipt{ID: report.IDs[0].String(), Parts: parts}, nil
}

// Status looks in what has left, then in what is about to. Only the first can
// be searched by our reference.
func (o *OVH) Status(ctx context.Context, s Sent) (State, error) {
	id := s.ID
	if id == "" {
		var ids []json.Number
		if err := o.ask(ctx, "/outgoing?tag="+url.QueryEscape(s.Ref), &ids); err != nil {
			return Unknown, question(err)
		}
		if len(ids) == 0 {
			return Unknown, nil
		}
		id = ids[0].String()
	}
	var outgoing struct {
		DeliveryReceipt int `json:"deliveryReceipt"`
	}
	err := o.ask(ctx, "/outgoing/"+url.PathEscape(id), &outgoing)
	if isNotFound(err) {
		err = o.ask(ctx, "/jobs/"+url.PathEscape(id), &struct{}{})
		if isNotFound(err) {
			return Unknown, nil
		}
	}
	if err != nil {
		return Unknown, question(err)
	}
	switch outgoing.DeliveryReceipt {
	case 1:
		return Delivered, nil
	case 2, 16: // refused by the phone, refused by the network
		return Failed, nil
	}
	return Accepted, nil
}

func isNotFound(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Code == http.StatusNotFound
}

// ask puts one question.
func (o *OVH) ask(ctx context.Context, path string, answer any) error {
	req, err := o.sign(http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	return o.exchange(ctx, req, answer)
}

// sign asks for the server's time at first, and can fail at that.
func (o *OVH) sign(method, path string, body any) (*http.Request, error) {
	o.signing.Lock()
	defer o.signing.Unlock()
	req, err := o.signer.NewRequest(method, o.service+path, body, true)
	if err != nil {
		return nil, &Error{Provider: o.provider, Reason: "connection", cause: withoutURL(err)}
	}
	return req, nil
}
