package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"smartagenda/configs/platform/clock"
)

// figure is what one measurement gave.
type figure struct {
	rate     float64
	p50, p99 time.Duration
}

func summarise(all []time.Duration, took time.Duration) figure {
	if len(all) == 0 {
		return figure{}
	}
	slices.Sort(all)
	return figure{rate: float64(len(all)) / took.Seconds(), p50: all[len(all)/2], p99: all[len(all)*99/100]}
}

// ask fills the n-th request; want is the status it must get.
type ask func(n int64, req *fasthttp.Request)

// warmUp comes before each measurement and is not counted.
const warmUp = 2 * time.Second

// load has the clients ask addr for the length of a row. Another status than
// want ends the measurement with an error.
func load(ctx context.Context, addr string, want int, fill ask) (figure, error) {
	client := &fasthttp.HostClient{Addr: addr, MaxConns: *clients, Dial: func(string) (net.Conn, error) { return net.Dial("tcp", addr) }}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var n atomic.Int64
	lists := make([][]time.Duration, *clients)
	start := clock.Stamp()
	var wg sync.WaitGroup
	for i := range lists {
		wg.Go(func() {
			for clock.Since(start) < warmUp+*length && ctx.Err() == nil {
				began := clock.Stamp()
				if err := once(client, want, func(r *fasthttp.Request) { fill(n.Add(1), r) }); err != nil {
					cancel(err)
					return
				}
				if clock.Since(start) > warmUp {
					lists[i] = append(lists[i], clock.Since(began))
				}
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return figure{}, err
	}
	return summarise(slices.Concat(lists...), clock.Since(start)-warmUp), nil
}

func once(client *fasthttp.HostClient, want int, fill func(*fasthttp.Request)) error {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	fill(req)
	if err := client.Do(req, res); err != nil {
		return err
	}
	if res.StatusCode() != want {
		return fmt.Errorf("status %d: %.200s", res.StatusCode(), res.Body())
	}
	return nil
}

// bare is a server that does nothing but answer with the bytes of a file: what
// Fiber alone can do here.
func bare(addr string) {
	body := []byte(strings.Repeat("x", bareBytes))
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/", func(c *fiber.Ctx) error { return c.Send(body) })
	if err := app.Listen(addr); err != nil && !errors.Is(err, net.ErrClosed) {
		panic(err)
	}
}

// bareBytes is about what the slots of a week weigh.
const bareBytes = 16 << 10

func contains(s, part string) bool { return strings.Contains(s, part) }
