package secure

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"testing"
)

func TestTokenIsReadBackFromItsText(t *testing.T) {
	t.Parallel()
	token := NewToken()
	s := TokenString(token)
	if len(s) != 22 {
		t.Errorf("%q has %d characters", s, len(s))
	}
	if got, err := ParseToken(s); err != nil || got != token {
		t.Errorf("read %x, %v, want %x", got, err, token)
	}
	if token == NewToken() {
		t.Error("two random tokens are the same")
	}
}

func TestOnlyOneTextIsAToken(t *testing.T) {
	t.Parallel()
	good := TokenString([16]byte{})
	for _, s := range []string{
		"", good[:21], good + "A", good + "==", good[:21] + "B", // the last two: spare bits set
		good[:20] + "\nA", " " + good[:21], good[:21] + "+", good[:21] + "/", good[:21] + "é",
	} {
		if _, err := ParseToken(s); !errors.Is(err, ErrToken) {
			t.Errorf("ParseToken(%q) = %v", s, err)
		}
	}
}

func FuzzParseTokenHasOneTextAToken(f *testing.F) {
	f.Add("AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("AAAAAAAAAAAAAAAAAAAAAB")
	f.Fuzz(func(t *testing.T, s string) {
		token, err := ParseToken(s)
		if err == nil && TokenString(token) != s {
			t.Errorf("%q reads as %x, which is written %q", s, token, TokenString(token))
		}
	})
}

func TestStoredHashIsSHA256(t *testing.T) {
	t.Parallel()
	token := [16]byte{1, 2, 3}
	want := sha256.Sum256(token[:])
	if got := HashToken(token); !bytes.Equal(got, want[:]) {
		t.Errorf("hash %x, want %x", got, want)
	}
}
