package audit

import (
	"context"

	"smartagenda/configs/platform/postgres"
)

// Write adds the entry to the tenant's audit. The tenant's role may add and
// read entries, not change them.
func Write(ctx context.Context, s postgres.Scope, e Entry) error {
	_, err := s.DB().ExecContext(ctx, `INSERT INTO audit (at, actor, actor_id, act, subject_id, facts)
		VALUES (?, ?, nullif(?, 0), ?, nullif(?, 0), ?)`, s.Now(), e.Actor, e.ActorID, e.Act, e.Subject, e.Facts)
	return err
}
