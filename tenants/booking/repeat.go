package booking

import (
	"bytes"
	"context"
	"crypto/sha256"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
)

// Repeat gives the answer that this request's key has had, for an edge that
// would now refuse what it once took; false when it has had none.
func Repeat(ctx context.Context, s postgres.Scope, r Request) (Appointment, bool, error) {
	prior, err := findAnswer(ctx, s, r.Key)
	if err != nil || prior == nil {
		return Appointment{}, false, err
	}
	d := &draft{Request: r, hash: r.hash()}
	a, err := d.again(ctx, s, prior)
	return a, err == nil, err
}

// again gives the answer that this key has had.
func (d *draft) again(ctx context.Context, s postgres.Scope, prior *answer) (Appointment, error) {
	if !bytes.Equal(prior.bodyHash, d.hash) {
		return Appointment{}, fault.Wrong(fault.On("idempotency_key", "booking.key_reused"))
	}
	a, err := Show(ctx, s, prior.participation)
	if err != nil {
		return Appointment{}, err
	}
	key, err := s.Key(ctx)
	if err != nil {
		return Appointment{}, err
	}
	a.Status = prior.status // as it was answered then
	a.Token = secure.TokenString(key.Token(linkKind, a.Ref.String(), a.generation))
	return a, nil
}

func (r Request) hash() []byte {
	h := sha256.Sum256(r.Body)
	return h[:]
}
