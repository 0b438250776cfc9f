package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"smartagenda/configs/platform/fault"
)

func TestEachKindOfFaultHasItsStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{errors.New("driver: bad connection"), 500, "fault.internal"},
		{fault.Wrong(fault.On("name", "test.wrong")), 422, "fault.invalid"},
		{fault.New(fault.NotFound, "test.wrong"), 404, "test.wrong"},
		{fault.New(fault.Conflict, "test.taken"), 409, "test.taken"},
		{fault.New(fault.SignedOut, "test.wrong"), 401, "test.wrong"},
		{fault.New(fault.Denied, "web.cross_site"), 403, "web.cross_site"},
		{fault.New(fault.TooMany, "web.too_many", "Seconds", 3), 429, "web.too_many"},
		{fault.New(fault.TooLarge, "web.too_large"), 413, "web.too_large"},
		{fault.New(fault.Unavailable, "fault.unavailable"), 503, "fault.unavailable"},
		{fmt.Errorf("somewhere: %w", fault.New(fault.Conflict, "test.taken")), 409, "test.taken"},
		{fmt.Errorf("query: %w", context.DeadlineExceeded), 503, "fault.unavailable"},
		{fault.New(fault.Conflict, "test.taken").Because(context.DeadlineExceeded), 409, "test.taken"},
		{fiber.ErrNotFound, 404, "web.not_found"},
		{fiber.ErrMethodNotAllowed, 404, "web.not_found"},
		{fiber.ErrRequestEntityTooLarge, 413, "web.too_large"},
		{fiber.ErrBadRequest, 422, "web.bad_request"},
		{fiber.ErrInternalServerError, 500, "fault.internal"},
	} {
		app := speaking(plain(t), func(*fiber.Ctx) error { return c.err })
		res, body := ask(t, app, "GET", "/", "Host", "cabinet.smartagenda.fr")
		var p Problem
		if err := json.Unmarshal([]byte(body), &p); err != nil {
			t.Fatal(err)
		}
		if res.status != c.status || p.Status != c.status || p.Code != c.code || p.Type != "about:blank" || p.Title == "" || p.Detail == "" {
			t.Errorf("%v: %d %+v, want %d %s", c.err, res.status, p, c.status, c.code)
		}
		if ct := res.Header.Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("%v: type %q", c.err, ct)
		}
		if strings.Contains(body, "driver") {
			t.Errorf("the cause is shown: %s", body)
		}
	}
}

func TestAProblemNamesEachFieldInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), func(*fiber.Ctx) error {
		return fault.Wrong(fault.On("name", "test.wrong"), fault.On("start", "test.taken"))
	})
	_, body := ask(t, app, "GET", "/", "Host", "cabinet.smartagenda.fr", "Accept-Language", "en")
	var p Problem
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatal(err)
	}
	want := []ProblemField{{"name", "test.wrong", "Correct this field."}, {"start", "test.taken", "It is taken."}}
	if !reflect.DeepEqual(p.Errors, want) || p.Title != "Unprocessable" || p.Detail != "Some answers need correcting." {
		t.Errorf("%+v", p)
	}
}

func TestWhoIsSentAwayLearnsWhenToComeBack(t *testing.T) {
	t.Parallel()
	app := speaking(plain(t), func(*fiber.Ctx) error {
		e := fault.New(fault.Unavailable, "fault.unavailable")
		e.After = 1200 * time.Millisecond
		return e
	})
	res, _ := ask(t, app, "GET", "/", "Host", "cabinet.smartagenda.fr")
	if res.status != 503 || res.Header.Get("Retry-After") != "2" {
		t.Errorf("%d, Retry-After %q", res.status, res.Header.Get("Retry-After"))
	}
}

func TestAnErrorPageIsDrawnWithItsStatus(t *testing.T) {
	t.Parallel()
	cfg := plain(t)
	app := Audience(cfg, "test", ErrorPage(func(_ *fiber.Ctx, status int, sentence string) templ.Component {
		return templ.Raw(fmt.Sprintf("<p>%d %s</p>", status, sentence))
	}))
	app.Get("/", func(*fiber.Ctx) error { return fault.New(fault.NotFound, "web.not_found") })
	res, body := ask(t, app, "GET", "/")
	if res.status != 404 || body != "<p>404 Cette page n’existe pas.</p>" || res.Header.Get("Content-Type") != "text/html; charset=utf-8" ||
		res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %s %v", res.status, body, res.Header)
	}
}

func TestAFormComesBackWithWhatWasTypedAndWhatIsWrong(t *testing.T) {
	t.Parallel()
	post := func(err error) (status int, answer string) {
		app := speaking(plain(t), func(c *fiber.Ctx) error {
			c.Request().Header.SetContentType("application/x-www-form-urlencoded")
			c.Request().SetBodyString("name=Zo%C3%A9&password=secret&day=1&day=2")
			form, err := Mark(c, Typed(c, "password"), err)
			if err != nil {
				return err
			}
			return c.SendString(fmt.Sprint(form.Value("name", ""), form.Value("password", ""), form.Values["day"], form.Error("name"), form.Message))
		})
		res, body := ask(t, app, "POST", "/", "Host", "cabinet.smartagenda.fr")
		return res.status, body
	}
	for _, c := range []struct {
		err    error
		status int
		answer string
	}{
		{fault.Wrong(fault.On("name", "test.wrong")), 422, "Zoé[1 2]Corrigez ce champ."},
		{fault.New(fault.Conflict, "test.taken"), 409, "Zoé[1 2]C’est pris."},
	} {
		if status, answer := post(c.err); status != c.status || strings.ReplaceAll(answer, " ", "") != strings.ReplaceAll(c.answer, " ", "") {
			t.Errorf("%v: %d %q, want %d %q", c.err, status, answer, c.status, c.answer)
		}
	}
	if status, answer := post(fault.New(fault.NotFound, "test.wrong")); status != 404 || !strings.Contains(answer, "test.wrong") {
		t.Errorf("an error for the error page: %d %s", status, answer)
	}
}
