package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
)

// Whatever a link asks for, reading it gives something that leads back to
// itself.
func FuzzAWishLeadsBackToItself(f *testing.F) {
	for _, q := range []string{"", "avec=1", "avec=-1&debut=2026-11-24T09:20:00Z", "avec=x&debut=2026-11-24T10:20:00%2B01:00", "avec=1e30&debut=%00",
		"debut=0000-01-01T00:00:00Z", "debut=9999-12-31T23:59:59-23:59", "avec=9223372036854775807", "avec=+1&avec=2", "avec[]=1", "debut=1e30"} {
		f.Add(q)
	}
	read := func(t *testing.T, query string) (w wish) {
		app := fiber.New()
		app.Get("/rdv/:service", func(c *fiber.Ctx) (err error) {
			w, err = readWish(c)
			return err
		})
		r := httptest.NewRequest(http.MethodGet, "/rdv/7", nil)
		r.URL.RawQuery = query
		res, err := app.Test(r, -1)
		if err != nil || res.StatusCode != fiber.StatusOK {
			t.Skip("not a request")
		}
		return w
	}
	f.Fuzz(func(t *testing.T, query string) {
		if strings.ContainsAny(query, "\r\n #") {
			t.Skip("not a query")
		}
		w := read(t, query)
		if w.service != 7 || w.practitioner < nobody {
			t.Fatalf("got %+v", w)
		}
		u, err := url.Parse(w.path(pathSlots))
		if err != nil {
			t.Fatal(err)
		}
		again := read(t, u.RawQuery)
		if y := w.start.Year(); y >= 0 && y <= 9999 && !again.start.Equal(w.start.Truncate(time.Second)) {
			t.Errorf("the start %v became %v", w.start, again.start)
		}
		if again.practitioner != w.practitioner {
			t.Errorf("%d became %d", w.practitioner, again.practitioner)
		}
	})
}

func TestFactsAreThoseOfTheQuickestAndTheCheapest(t *testing.T) {
	t.Parallel()
	text := french(t)
	n := func(n int) *int { return &n }
	for name, one := range map[string]struct {
		price  *int
		skills []practitioners.Skill
		want   string
	}{
		"nobody's":          {n(3000), nil, "20 min, 30,00 €"},
		"no price":          {nil, []practitioners.Skill{{ServiceID: 7}}, "20 min"},
		"the service's":     {n(3000), []practitioners.Skill{{ServiceID: 7}, {ServiceID: 7}}, "20 min, 30,00 €"},
		"one's own":         {n(3000), []practitioners.Skill{{ServiceID: 7, Minutes: n(30), PriceCents: n(4500)}}, "30 min, 45,00 €"},
		"different prices":  {n(3000), []practitioners.Skill{{ServiceID: 7, PriceCents: n(4500)}, {ServiceID: 7}}, "20 min, à partir de 30,00 €"},
		"the later cheaper": {n(3000), []practitioners.Skill{{ServiceID: 7}, {ServiceID: 7, PriceCents: n(1000)}}, "20 min, à partir de 10,00 €"},
		"different paces":   {n(3000), []practitioners.Skill{{ServiceID: 7, Minutes: n(40)}, {ServiceID: 7, Minutes: n(25)}}, "25 min, 30,00 €"},
		"one with a price":  {nil, []practitioners.Skill{{ServiceID: 7}, {ServiceID: 7, PriceCents: n(1000)}}, "20 min, 10,00 €"},
		"another service's": {n(3000), []practitioners.Skill{{ServiceID: 8, PriceCents: n(1)}}, "20 min, 30,00 €"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(facts(text, catalog.Service{ID: 7, Minutes: 20, PriceCents: one.price}, one.skills), ", ")
			if got = strings.ReplaceAll(got, "\u00a0", " "); got != one.want {
				t.Errorf("got %q, want %q", got, one.want)
			}
		})
	}
}
