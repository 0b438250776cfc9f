package limit

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// options reach the Redis of these tests.
var options *redis.Options

// TestMain starts a private Redis, unless the environment names one.
func TestMain(m *testing.M) {
	code, err := withRedis(m.Run)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func withRedis(run func() int) (code int, err error) {
	if url := os.Getenv("SMARTAGENDA_REDIS_URL"); url != "" {
		if options, err = redis.ParseURL(url); err != nil {
			return 0, err
		}
		return run(), nil
	}
	dir, err := os.MkdirTemp("", "redis")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	socket := filepath.Join(dir, "s")
	server := exec.Command("redis-server", "--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", dir)
	if err := server.Start(); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, server.Process.Kill(), ignoreSignal(server.Wait())) }()
	options = &redis.Options{Network: "unix", Addr: socket}
	if err := awake(options); err != nil {
		return 0, err
	}
	return run(), nil
}

func ignoreSignal(err error) error {
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil
	}
	return err
}

func awake(o *redis.Options) error {
	client := redis.NewClient(o)
	defer func() { _ = client.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for {
		err := client.Ping(ctx).Err()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("redis-server does not start: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// connect is a client of its own and a prefix that no other test has, whose
// keys go when the test ends.
func connect(t *testing.T, change func(*redis.Options)) (client *redis.Client, prefix string) {
	t.Helper()
	o := *options
	if change != nil {
		change(&o)
	}
	client = redis.NewClient(&o)
	prefix = "test:" + t.Name() + ":" + rand.Text() + ":"
	t.Cleanup(func() {
		_ = client.Close()
		if err := sweep(prefix); err != nil {
			t.Error(err)
		}
	})
	return client, prefix
}

func sweep(prefix string) error {
	client := redis.NewClient(options)
	defer func() { _ = client.Close() }()
	ctx := context.Background()
	keys, err := client.Keys(ctx, prefix+"*").Result()
	if err != nil || len(keys) == 0 {
		return err
	}
	return client.Del(ctx, keys...).Err()
}
