// Package staff holds the logins of SmartAgenda's own people and what each may
// do in the console. It must not know how a password is typed, what a session
// is, nor anything of a tenant.
package staff

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/phone"
	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
)

// Person is one login.
type Person struct {
	ID           int64
	Email        string
	Name         string
	Role         Role
	PasswordHash string    // "": none chosen yet
	ResetUntil   time.Time // how long the link to choose one works; zero when there is none
	CreatedAt    time.Time
	SeenAt       time.Time // zero: never signed in
	DisabledAt   time.Time // zero: in use

	generation int
}

// Disabled tells that this login opens nothing any more.
func (p Person) Disabled() bool { return !p.DisabledAt.IsZero() }

const (
	// LinkFor is how long a link to choose a new password works.
	LinkFor = time.Hour
	// WelcomeFor is how long the first such link works.
	WelcomeFor = 7 * 24 * time.Hour

	longestName = 120
)

// Add keeps a new login without a password and prepares a link to choose one.
// It returns an Invalid fault that names the fields that are wrong.
func Add(ctx context.Context, c *postgres.Control, p Person) (id int64, err error) {
	var bad []fault.Field
	if p.Email, err = phone.ParseMail(p.Email); err != nil {
		bad = append(bad, fault.On("email", err.Error()))
	}
	p.Email = strings.ToLower(p.Email)
	p.Name = strings.Join(strings.Fields(p.Name), " ")
	if n := utf8.RuneCountInString(p.Name); n < 1 || n > longestName || !utf8.ValidString(p.Name) || strings.ContainsRune(p.Name, 0) {
		bad = append(bad, fault.On("name", "staff.name"))
	}
	if !p.Role.known() {
		bad = append(bad, fault.On("role", "staff.role"))
	}
	if err := fault.Wrong(bad...); err != nil {
		return 0, err
	}
	err = c.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		if id, err = insert(ctx, c, p); err != nil {
			return err
		}
		if id == 0 {
			return fault.Wrong(fault.On("email", "staff.email_taken"))
		}
		return Offer(ctx, c, id, WelcomeFor)
	})
	return id, err
}

// SetRole gives a login another role. It returns a Conflict fault for the last
// administrator.
func SetRole(ctx context.Context, c *postgres.Control, id int64, role Role) error {
	if !role.known() {
		return fault.Wrong(fault.On("role", "staff.role"))
	}
	return c.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		if role != Admin {
			if err := notTheLast(ctx, c, id); err != nil {
				return err
			}
		}
		return setRole(ctx, c, id, role)
	})
}

// Disable takes a login out of use; its links die with it. The caller ends its
// sessions. It returns a Conflict fault for the last administrator.
func Disable(ctx context.Context, c *postgres.Control, id int64) error {
	return c.InTx(ctx, func(ctx context.Context, c *postgres.Control) error {
		if err := notTheLast(ctx, c, id); err != nil {
			return err
		}
		return setDisabled(ctx, c, id, c.Clock().Now())
	})
}

// Enable puts a login into use again.
func Enable(ctx context.Context, c *postgres.Control, id int64) error {
	return setDisabled(ctx, c, id, time.Time{})
}

// notTheLast refuses to lose the only administrator: nobody could let another
// in. The rows stay locked, so that two who demote each other do not both win.
func notTheLast(ctx context.Context, c *postgres.Control, id int64) error {
	admins, err := lockAdmins(ctx, c)
	if err != nil {
		return err
	}
	if len(admins) == 1 && admins[0] == id {
		return fault.New(fault.Conflict, "staff.last_admin")
	}
	return nil
}

// Reset uses a link up and stores the new password's hash. Of two uses at once
// one gets a NotFound fault.
func Reset(ctx context.Context, c *postgres.Control, token, passwordHash string) (id int64, err error) {
	raw, err := secure.ParseToken(token)
	if err != nil {
		return 0, dead()
	}
	return useReset(ctx, c, secure.HashToken(raw), passwordHash)
}

// ByReset finds whose link this is. It returns a NotFound fault for a link that
// is unknown, used or expired.
func ByReset(ctx context.Context, c *postgres.Control, token string) (Person, error) {
	raw, err := secure.ParseToken(token)
	if err != nil {
		return Person{}, dead()
	}
	return byReset(ctx, c, secure.HashToken(raw))
}

func dead() error { return fault.New(fault.NotFound, "staff.link_dead") }
