// Package members holds the logins of the Agenda and what each may do. It must
// not know how a password is typed nor what a session is.
package members

import (
	"context"
	"strconv"
	"strings"
	"time"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
)

// Member is one login.
type Member struct {
	ID              int64 `bun:",pk,autoincrement"`
	Email           string
	Name            string
	Role            Role
	PractitionerID  int64 `bun:",nullzero"`
	PasswordHash    string
	ResetGeneration int
	ResetHash       []byte    `bun:",nullzero"`
	ResetUntil      time.Time `bun:",nullzero"`
	CreatedAt       time.Time
	SeenAt          time.Time `bun:",nullzero"`
	DisabledAt      time.Time `bun:",nullzero"`
}

// Role is what a member is in the house.
type Role string

const (
	Owner        Role = "owner"
	Manager      Role = "manager"
	Practitioner Role = "practitioner"
	Assistant    Role = "assistant"
	Reader       Role = "reader"
)

// Roles lists them all, the most powerful first.
func Roles() []Role { return []Role{Owner, Manager, Practitioner, Assistant, Reader} }

// CanWrite tells whether the role may create, change and cancel appointments.
func (r Role) CanWrite() bool { return r != Reader }

const (
	// ResetFor is how long a link to choose a new password works.
	ResetFor = time.Hour
	// WelcomeFor is how long the first such link works.
	WelcomeFor = 7 * 24 * time.Hour

	resetKind = "member.reset"
)

// AddOwner gives the house its owner, with a link to choose a password; it
// changes nothing where that login exists already.
func AddOwner(ctx context.Context, s postgres.Scope, email, name string) (id int64, added bool, err error) {
	id, err = insert(ctx, s, Member{Email: strings.ToLower(email), Name: name, Role: Owner})
	if err != nil || id == 0 {
		return 0, false, err
	}
	return id, true, offer(ctx, s, id, WelcomeFor)
}

// Add keeps a new login without a password. It returns an Invalid fault when
// the address is taken.
func Add(ctx context.Context, s postgres.Scope, m Member) (int64, error) {
	m.Email = strings.ToLower(m.Email)
	id, err := insert(ctx, s, m)
	if err == nil && id == 0 {
		return 0, fault.Wrong(fault.On("email", "members.email_taken"))
	}
	return id, err
}

// BeginReset prepares a link for the login, if there is one: false says that
// there is none, which the person who asks must not learn.
func BeginReset(ctx context.Context, s postgres.Scope, email string) (id int64, ok bool, err error) {
	m, err := ByEmail(ctx, s, email)
	if fault.Is(err, fault.NotFound) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	return m.ID, true, offer(ctx, s, m.ID, ResetFor)
}

// offer raises the generation, so that older links die, and stores the hash of
// the new one.
func offer(ctx context.Context, s postgres.Scope, id int64, ttl time.Duration) error {
	generation, err := raise(ctx, s, id)
	if err != nil {
		return err
	}
	key, err := s.Key(ctx)
	if err != nil {
		return err
	}
	token := key.Token(resetKind, strconv.FormatInt(id, 10), generation)
	return setReset(ctx, s, id, secure.HashToken(token), s.Now().Add(ttl))
}

// ResetToken is the text of the member's current link, for the mail that
// carries it; "" when the link was used or has expired.
func ResetToken(ctx context.Context, s postgres.Scope, m Member) (string, error) {
	if len(m.ResetHash) == 0 || !m.ResetUntil.After(s.Now()) {
		return "", nil
	}
	key, err := s.Key(ctx)
	if err != nil {
		return "", err
	}
	return secure.TokenString(key.Token(resetKind, strconv.FormatInt(m.ID, 10), m.ResetGeneration)), nil
}

// ByReset finds whose link this is. It returns a NotFound fault for a link
// that is unknown, used or expired.
func ByReset(ctx context.Context, s postgres.Scope, token string) (Member, error) {
	raw, err := secure.ParseToken(token)
	if err != nil {
		return Member{}, fault.New(fault.NotFound, "members.link_dead")
	}
	return byReset(ctx, s, secure.HashToken(raw))
}

// Reset uses the link up and stores the new password's hash. Of two uses at
// once one gets a NotFound fault.
func Reset(ctx context.Context, s postgres.Scope, token, passwordHash string) (id int64, err error) {
	raw, err := secure.ParseToken(token)
	if err != nil {
		return 0, fault.New(fault.NotFound, "members.link_dead")
	}
	return useReset(ctx, s, secure.HashToken(raw), passwordHash)
}
