// Package secure hashes passwords, seals sensitive text, derives the tokens
// that messages carry, and gives random bytes. It must not know what is
// secret or why, nor keep anything.
package secure

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"
)

// ErrHash is a stored password hash that cannot be read.
var ErrHash = errors.New("secure: not an argon2id hash")

// cost is what one argon2id computation takes (RFC 9106).
type cost struct {
	memory  uint32 // KiB
	time    uint32 // passes
	threads uint8
}

// current is the OWASP minimum; stronger settings would fill two cores with a
// handful of logins.
var current = cost{memory: 19 * 1024, time: 2, threads: 1}

const (
	saltSize = 16
	hashSize = 32
)

// ceiling keeps a damaged row from taking all memory.
var ceiling = cost{memory: 256 * 1024, time: 16, threads: 8}

// running is process-wide because what it protects, the machine, is.
var running = semaphore.NewWeighted(2)

// nobody is checked against when a login is unknown.
var nobody = make([]byte, saltSize)

// Hash makes the PHC string to store. Two computations run at once; the others
// wait until ctx ends.
func Hash(ctx context.Context, password string) (string, error) {
	salt := Random(saltSize)
	sum, err := derive(ctx, current, salt, password)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, current.memory, current.time, current.threads, encode(salt), encode(sum)), nil
}

// Verify tells whether password is the one hashed. Its errors are those of ctx
// and ErrHash.
func Verify(ctx context.Context, phc, password string) (bool, error) {
	c, salt, want, err := parsePHC(phc)
	if err != nil {
		return false, err
	}
	got, err := derive(ctx, c, salt, password)
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}

// VerifyNobody costs what Verify costs, so that the time of an answer does not
// tell whether a login exists.
func VerifyNobody(ctx context.Context, password string) error {
	_, err := derive(ctx, current, nobody, password)
	return err
}

// NeedsRehash tells whether a hash was made with other settings than today's.
func NeedsRehash(phc string) bool {
	c, salt, sum, err := parsePHC(phc)
	return err != nil || c != current || len(salt) != saltSize || len(sum) != hashSize
}

// derive normalises first: the same keys pressed on two machines may give an
// accent in one rune or in two (NIST SP 800-63B, 5.1.1.2).
func derive(ctx context.Context, c cost, salt []byte, password string) ([]byte, error) {
	if err := running.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer running.Release(1)
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, c.time, c.memory, c.threads, hashSize), nil
}

func parsePHC(phc string) (c cost, salt, sum []byte, err error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil, ErrHash
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.threads); n != 3 || err != nil {
		return cost{}, nil, nil, ErrHash
	}
	if parts[3] != fmt.Sprintf("m=%d,t=%d,p=%d", c.memory, c.time, c.threads) || !c.sane() {
		return cost{}, nil, nil, ErrHash
	}
	decode := base64.RawStdEncoding.Strict().DecodeString
	salt, saltErr := decode(parts[4])
	sum, sumErr := decode(parts[5])
	if saltErr != nil || sumErr != nil || len(salt) < 8 || len(sum) != hashSize {
		return cost{}, nil, nil, ErrHash
	}
	return c, salt, sum, nil
}

func (c cost) sane() bool {
	return c.memory >= 8*uint32(c.threads) && c.memory <= ceiling.memory &&
		c.time >= 1 && c.time <= ceiling.time && c.threads >= 1 && c.threads <= ceiling.threads
}

// Random is n unpredictable bytes.
func Random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}
