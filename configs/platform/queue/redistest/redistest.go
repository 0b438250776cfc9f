// Package redistest gives each test a Redis database of its own on the server
// that the test command started. It must not know what is kept in it.
package redistest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
)

// first is the lowest number given out: the low ones are people's.
const first = 8

// URL claims an empty database until the test ends and gives its address.
func URL(t testing.TB) string {
	t.Helper()
	address := os.Getenv("SMARTAGENDA_TEST_REDIS_URL")
	if address == "" {
		t.Fatal("SMARTAGENDA_TEST_REDIS_URL is not set: run the tests with `make test`")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + strconv.Itoa(claim(t, address))
	return u.String()
}

// Open is a client on a database of the test's own.
func Open(t testing.TB) *redis.Client {
	t.Helper()
	return client(t, URL(t))
}

func client(t testing.TB, address string) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(options)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// claim notes the owner of each number in database 0, where a test that was
// killed loses its claim after a while.
func claim(t testing.TB, address string) int {
	t.Helper()
	ctx := context.Background()
	shared := client(t, address)
	got, err := shared.ConfigGet(ctx, "databases").Result()
	if err != nil {
		t.Fatal(err)
	}
	count, _ := strconv.Atoi(got["databases"])
	me := uuid.NewString()
	for range 600 {
		for n := first; n < count; n++ {
			key := fmt.Sprintf("redistest:%d", n)
			if ok, err := shared.SetNX(ctx, key, me, 10*time.Minute).Result(); err != nil {
				t.Fatal(err)
			} else if !ok {
				continue
			}
			pipe := shared.Pipeline()
			pipe.Do(ctx, "SELECT", n)
			pipe.FlushDB(ctx)
			pipe.Do(ctx, "SELECT", 0)
			if _, err := pipe.Exec(ctx); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { shared.Del(ctx, key) })
			return n
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("redistest: all databases are taken")
	return 0
}
