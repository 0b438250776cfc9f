package sms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

// timeout is enough for a provider that works; longer would hold a worker.
const timeout = 20 * time.Second

// line is a connection to one provider.
type line struct {
	provider string
	client   *http.Client
}

// newLine never follows a redirect: a POST repeated elsewhere is a message sent
// twice.
func newLine(provider string, base *http.Client) line {
	client := http.Client{}
	if base != nil {
		client = *base
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if client.Timeout == 0 {
		client.Timeout = timeout
	}
	return line{provider, &client}
}

// do gives the body of a 2xx answer. An error is Uncertain as soon as the
// request began to leave.
func (l line) do(ctx context.Context, req *http.Request) ([]byte, error) {
	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { left.Store(true) }})
	fail := func(err error) *Error {
		e := &Error{Provider: l.provider, Reason: "connection", cause: withoutURL(err)}
		if left.Load() {
			e.Class, e.Reason = Uncertain, "no answer"
		}
		return e
	}
	resp, err := l.client.Do(req.WithContext(ctx))
	if err != nil {
		return nil, fail(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if resp.StatusCode/100 != 2 {
		return nil, &Error{Class: classify(resp.StatusCode), Provider: l.provider, Code: resp.StatusCode, Reason: fmt.Sprint("status ", resp.StatusCode)}
	}
	if err != nil {
		return nil, fail(err)
	}
	return body, nil
}

// exchange reads the body of a 2xx answer into answer.
func (l line) exchange(ctx context.Context, req *http.Request, answer any) error {
	content, err := l.do(ctx, req)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, answer); err != nil {
		return l.unreadable()
	}
	return nil
}

// unreadable is an answer of 2xx that says nothing we know. The decoder's error
// is dropped: it may quote the answer.
func (l line) unreadable() *Error {
	return &Error{Class: Uncertain, Provider: l.provider, Code: http.StatusOK, Reason: "unreadable answer"}
}

// question makes an error of Status: nothing was sent, so asking again is right.
func question(err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		e.Class = Temporary
	}
	return err
}

// classify reads an HTTP status as an answer to a send. What is about our
// account (credentials, credit, rate) is Temporary: the message is not to
// blame. After a server error nobody knows how far it came, unless it says that
// it did not begin.
func classify(status int) Class {
	switch status {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusNotFound,
		http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return Temporary
	}
	switch status / 100 {
	case 4:
		return Permanent
	case 5:
		return Uncertain
	}
	return Temporary // a redirect: our address is wrong
}

// withoutURL drops the address from an error, for it may hold a number.
func withoutURL(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
