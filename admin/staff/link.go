package staff

import (
	"context"
	"strconv"
	"time"

	"smartagenda/configs/platform/jobstore"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
)

// KindLink is the job that mails a person their link; its Ref is theirs. The
// console cannot write the link itself: its process has no key, so that who
// takes it over cannot make links for others.
const KindLink = "staff.link"

const linkKind = "staff.link"

// Offer kills older links and promises a new one, which works once Link wrote
// it, for so long from now.
func Offer(ctx context.Context, c *postgres.Control, id int64, ttl time.Duration) error {
	return offer(ctx, c, id, c.Clock().Now().Add(ttl))
}

// Send has the promised link mailed.
func Send(ctx context.Context, c *postgres.Control, id int64) error {
	return jobstore.PutFor(ctx, c, jobstore.Job{Kind: KindLink, Ref: id}, c.Clock().Now())
}

// Link writes the link that was promised: the same text however often it is
// asked, "" when it was used, has expired, or the login is out of use. key is
// SmartAgenda's own.
func Link(ctx context.Context, c *postgres.Control, key secure.Key, id int64) (Person, string, error) {
	p, err := Get(ctx, c, id)
	if err != nil {
		return p, "", err
	}
	if p.Disabled() || !p.ResetUntil.After(c.Clock().Now()) {
		return p, "", nil
	}
	token := key.Token(linkKind, strconv.FormatInt(id, 10), p.generation)
	ok, err := setReset(ctx, c, p, secure.HashToken(token))
	if err != nil || !ok {
		return p, "", err
	}
	return p, secure.TokenString(token), nil
}
