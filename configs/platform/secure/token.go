package secure

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// ErrToken is a text that is no token.
var ErrToken = errors.New("secure: not a token")

// strict refuses the spare bits that would let several texts be one token.
var strict = base64.RawURLEncoding.Strict()

// NewToken is 128 random bits, for what nothing needs to derive again.
func NewToken() [16]byte { return [16]byte(Random(16)) }

// TokenString writes a token in 22 characters that are safe in a URL.
func TokenString(token [16]byte) string { return strict.EncodeToString(token[:]) }

// ParseToken reads what TokenString wrote, and nothing else; else ErrToken.
func ParseToken(s string) ([16]byte, error) {
	if len(s) != 22 { // also keeps out the line breaks that the decoder would skip
		return [16]byte{}, ErrToken
	}
	b, err := strict.DecodeString(s)
	if err != nil || len(b) != 16 {
		return [16]byte{}, ErrToken
	}
	return [16]byte(b), nil
}

// HashToken is what is stored instead of a token: SHA-256, 32 bytes. A token is
// random already, so nothing slower is needed.
func HashToken(token [16]byte) []byte {
	sum := sha256.Sum256(token[:])
	return sum[:]
}
