package limit

import (
	"testing"

	"github.com/redis/go-redis/v9"

	"smartagenda/configs/platform/queue/redistest"
)

// connect is a client on a database of the test's own.
func connect(t *testing.T, change func(*redis.Options)) (client *redis.Client, prefix string) {
	t.Helper()
	o, err := redis.ParseURL(redistest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(o)
	}
	client = redis.NewClient(o)
	t.Cleanup(func() { _ = client.Close() })
	return client, "test:"
}
