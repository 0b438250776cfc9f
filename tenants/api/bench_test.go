package api_test

import (
	"log/slog"
	"testing"

	"github.com/valyala/fasthttp"

	"smartagenda/configs/platform/web"
	"smartagenda/tenants/api"
)

// BenchmarkSlotsOfAWeek is the answer that a booking page asks for most, with
// every middleware but no network.
func BenchmarkSlotsOfAWeek(b *testing.B) {
	d := open(b, web.Limits{})
	d.book(b, d.a, request())
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	b.Cleanup(func() { slog.SetDefault(before) })
	handle := d.app.Handler()
	b.ReportAllocs()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		var c fasthttp.RequestCtx
		for pb.Next() {
			c.Request.Reset()
			c.Response.Reset()
			c.Request.SetRequestURI(api.Prefix + week)
			c.Request.Header.SetHost(string(d.a.Slug) + "." + domain)
			handle(&c)
			if c.Response.StatusCode() != 200 {
				b.Errorf("%d %s", c.Response.StatusCode(), c.Response.Body())
			}
		}
	})
}
