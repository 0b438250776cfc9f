package sms

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// SMSFactorConfig is an account of SMSFactor (https://dev.smsfactor.com).
type SMSFactorConfig struct {
	BaseURL string // empty: https://api.smsfactor.com
	Token   string
	HTTP    *http.Client // nil: a plain one
}

// SMSFactor sends through SMSFactor. Our reference is its gsmsmsid.
type SMSFactor struct {
	line
	base, token string
}

// NewSMSFactor does not connect.
func NewSMSFactor(c SMSFactorConfig) (*SMSFactor, error) {
	if c.Token == "" {
		return nil, errors.New("sms: SMSFactor needs a token")
	}
	if c.BaseURL == "" {
		c.BaseURL = "https://api.smsfactor.com"
	}
	return &SMSFactor{newLine("SMSFactor", c.HTTP), strings.TrimSuffix(c.BaseURL, "/"), c.Token}, nil
}

type (
	factorSend struct {
		SMS struct {
			Message    factorMessage `json:"message"`
			Recipients struct {
				GSM []factorRecipient `json:"gsm"`
			} `json:"recipients"`
		} `json:"sms"`
	}
	factorMessage struct {
		Text     string `json:"text"`
		PushType string `json:"pushtype"` // "alert": not advertising, no STOP
		Sender   string `json:"sender,omitempty"`
		Unicode  int    `json:"unicode"`
	}
	factorRecipient struct {
		Ref   string `json:"gsmsmsid"`
		Value string `json:"value"`
	}
	// factorReport has numbers that older accounts get as strings.
	factorReport struct {
		Status json.Number `json:"status"`
		Ticket json.Number `json:"ticket"`
		Sent   json.Number `json:"sent"`
		Flood  json.Number `json:"flood"`
	}
	factorHistory struct {
		Status   json.Number `json:"status"`
		Messages []struct {
			Campaign json.Number `json:"campaign_id"`
			Ref      string      `json:"client_message_id"`
			Status   string      `json:"status"`
		} `json:"messages"`
	}
)

// Send posts a campaign of one message.
func (f *SMSFactor) Send(ctx context.Context, m Message) (Receipt, error) {
	text, parts, ucs2, err := prepare(f.provider, m)
	if err != nil {
		return Receipt{}, err
	}
	var body factorSend
	body.SMS.Message = factorMessage{Text: text, PushType: "alert", Sender: m.Sender}
	if ucs2 {
		body.SMS.Message.Unicode = 1
	}
	body.SMS.Recipients.GSM = []factorRecipient{{m.Ref, strings.TrimPrefix(m.To, "+")}}
	req, err := f.request(http.MethodPost, "/send", body)
	if err != nil {
		return Receipt{}, err
	}
	var report factorReport
	if err := f.exchange(ctx, req, &report); err != nil {
		return Receipt{}, err
	}
	refuse := func(class Class, reason string) error {
		return &Error{Class: class, Provider: f.provider, Code: http.StatusOK, Reason: reason}
	}
	switch status := report.Status.String(); status {
	case "1", "-8": // -8: held for moderation, it leaves by itself
	case "-1", "-3": // credentials, credit
		return Receipt{}, refuse(Temporary, "status "+status)
	case "-2", "-4", "-5", "-6", "-7": // the request
		return Receipt{}, refuse(Permanent, "status "+status)
	default:
		return Receipt{}, f.unreadable()
	}
	if report.Sent == "0" && report.Status == "1" {
		if report.Flood != "" && report.Flood != "0" {
			return Receipt{}, refuse(Temporary, "flood")
		}
		return Receipt{}, refuse(Permanent, "number")
	}
	return Receipt{ID: report.Ticket.String(), Parts: parts}, nil
}

// Status searches the history of the number around the instant of sending: the
// API has no question by reference. Its dates are those of Paris; a day on
// either side makes the zone indifferent.
func (f *SMSFactor) Status(ctx context.Context, s Sent) (State, error) {
	query := url.Values{
		"date_start": {s.At.UTC().Add(-24 * time.Hour).Format(time.DateTime)}, "date_end": {s.At.UTC().Add(4 * 24 * time.Hour).Format(time.DateTime)},
		"destination": {strings.TrimPrefix(s.To, "+")}, "type": {"messages-out"}, "length": {"1000"},
	}
	req, err := f.request(http.MethodGet, "/messages?"+query.Encode(), nil)
	if err != nil {
		return Unknown, err
	}
	var history factorHistory
	if err := f.exchange(ctx, req, &history); err != nil {
		return Unknown, question(err)
	}
	if history.Status != "1" {
		return Unknown, &Error{Provider: f.provider, Code: http.StatusOK, Reason: "status " + history.Status.String()}
	}
	for _, m := range history.Messages {
		if m.Ref == s.Ref && s.Ref != "" || m.Campaign.String() == s.ID && s.ID != "" {
			return factorState(m.Status), nil
		}
	}
	return Unknown, nil
}

func factorState(status string) State {
	switch strings.ToUpper(status) {
	case "DELIVERED":
		return Delivered
	case "SENT", "WAITING", "MODERATION", "NOT_SENT": // NOT_SENT: not yet
		return Accepted
	case "NOT_DELIVERED", "UNDELIVERED", "NOT_ALLOWED", "DENIED", "INVALID_DESTINATION", "INVALID_SENDER",
		"ROUTE_NOT_AVAILABLE", "REJECTED", "NETWORK_ERROR", "EXPIRED":
		return Failed
	}
	return Unknown
}

func (f *SMSFactor) request(method, path string, body any) (*http.Request, error) {
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return nil, fmt.Errorf("sms: %w", err)
		}
	}
	req, err := http.NewRequest(method, f.base+path, bytes.NewReader(content))
	if err != nil {
		return nil, &Error{Provider: f.provider, Reason: "address", cause: withoutURL(err)}
	}
	req.Header.Set("Authorization", "Bearer "+f.token)
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}
