// Package policies holds the versions of the privacy policy. A published one
// never changes, because people gave their data under it. It must not know who
// they are.
package policies

import (
	"context"
	_ "embed"
	"time"

	"smartagenda/configs/platform/postgres"
)

// Policy is one published version; Body is Markdown.
type Policy struct {
	Version     int
	Body        string
	PublishedAt time.Time
}

// first is the version that SmartAgenda opened with.
//
//go:embed v1.md
var first string

// Begin publishes the first version in a database that has none.
func Begin(ctx context.Context, c *postgres.Control) error {
	return c.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		return insertFirst(ctx, c, first)
	})
}

// Get reads one version; version 0 is the one in force. It returns a NotFound
// fault for a version that was never published.
func Get(ctx context.Context, c *postgres.Control, version int) (Policy, error) {
	return find(ctx, c, version)
}
