package secure

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMasterIsReadInHexadecimalAndBase64(t *testing.T) {
	t.Parallel()
	raw := bytes.Repeat([]byte{0xfb, 7}, 16)
	first, err := ParseMaster(hex.EncodeToString(raw))
	if err != nil {
		t.Fatal(err)
	}
	_, wrapped := first.NewKey(7)
	for _, s := range []string{
		strings.ToUpper(hex.EncodeToString(raw)),
		base64.StdEncoding.EncodeToString(raw),
		base64.RawURLEncoding.EncodeToString(raw),
	} {
		m, err := ParseMaster(s)
		if err != nil {
			t.Errorf("ParseMaster(%q): %v", s, err)
			continue
		}
		if _, err := m.Unwrap(wrapped, 7); err != nil {
			t.Errorf("%q is another master key: %v", s, err)
		}
	}
	for _, s := range []string{"", "secret", hex.EncodeToString(raw[:31]), base64.StdEncoding.EncodeToString(append(raw, 1))} {
		if _, err := ParseMaster(s); !errors.Is(err, ErrMaster) {
			t.Errorf("ParseMaster(%q) = %v", s, err)
		}
	}
}

func TestKeyIsUnwrappedForItsTenantAlone(t *testing.T) {
	t.Parallel()
	m := master(t)
	k, wrapped := m.NewKey(12)
	again, err := m.Unwrap(wrapped, 12)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open(k.Seal([]byte("x"), "a.b"), "a.b"); err != nil || string(plain) != "x" {
		t.Errorf("the unwrapped key opens %q, %v", plain, err)
	}
	if again.Token("a", "1", 1) != k.Token("a", "1", 1) {
		t.Error("the unwrapped key derives other tokens")
	}
	if _, err := m.Unwrap(wrapped, 13); !errors.Is(err, ErrOpen) {
		t.Errorf("another tenant's key was unwrapped: %v", err)
	}
	other, err := ParseMaster(strings.Repeat("ab", 32))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Unwrap(wrapped, 12); !errors.Is(err, ErrOpen) {
		t.Errorf("another master unwrapped it: %v", err)
	}
	if _, err := m.Unwrap(k.Seal([]byte("short"), "key 12"), 12); !errors.Is(err, ErrOpen) {
		t.Errorf("a text passed for a key: %v", err)
	}
}

func TestRewrappedKeyIsTheSameUnderAnotherMaster(t *testing.T) {
	t.Parallel()
	old := master(t)
	next, err := ParseMaster(strings.Repeat("ab", 32))
	if err != nil {
		t.Fatal(err)
	}
	k, wrapped := old.NewKey(1)
	moved, err := old.Rewrap(wrapped, 1, next)
	if err != nil {
		t.Fatal(err)
	}
	again, err := next.Unwrap(moved, 1)
	if err != nil || again.Token("a", "1", 1) != k.Token("a", "1", 1) {
		t.Errorf("another key after rewrapping, %v", err)
	}
	if _, err := old.Unwrap(moved, 1); !errors.Is(err, ErrOpen) {
		t.Errorf("the old master still opens it: %v", err)
	}
	if _, err := next.Rewrap(wrapped, 1, old); !errors.Is(err, ErrOpen) {
		t.Errorf("the wrong master rewrapped it: %v", err)
	}
}

func TestSealedBytesOpenOnlyAsTheyWereSealed(t *testing.T) {
	t.Parallel()
	mine, theirs := key(t, 1), key(t, 2)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		aad := rapid.StringMatching(`[a-z]+\.[a-z]+`).Draw(t, "aad")
		sealed := mine.Seal(plain, aad)
		if got, err := mine.Open(sealed, aad); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opened %q, %v", got, err)
		}
		if sealed[0] != format {
			t.Fatalf("format byte %d", sealed[0])
		}
		if bytes.Equal(sealed, mine.Seal(plain, aad)) {
			t.Fatal("sealed the same twice")
		}
		if _, err := theirs.Open(sealed, aad); !errors.Is(err, ErrOpen) {
			t.Fatalf("another key: %v", err)
		}
		if _, err := mine.Open(sealed, aad+"x"); !errors.Is(err, ErrOpen) {
			t.Fatalf("another column: %v", err)
		}
		bit := rapid.IntRange(0, len(sealed)*8-1).Draw(t, "bit")
		flipped := bytes.Clone(sealed)
		flipped[bit/8] ^= 1 << (bit % 8)
		if _, err := mine.Open(flipped, aad); !errors.Is(err, ErrOpen) {
			t.Fatalf("bit %d flipped: %v", bit, err)
		}
		cut := rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")
		if _, err := mine.Open(sealed[:cut], aad); !errors.Is(err, ErrOpen) {
			t.Fatalf("cut to %d bytes: %v", cut, err)
		}
	})
}

func FuzzOpenRefusesWhatWasNotSealed(f *testing.F) {
	m, err := ParseMaster(strings.Repeat("00", 32))
	if err != nil {
		f.Fatal(err)
	}
	k, _ := m.NewKey(1)
	f.Add([]byte{format}, "a.b")
	f.Add(make([]byte, 41), "")
	f.Fuzz(func(t *testing.T, sealed []byte, aad string) {
		if _, err := k.Open(sealed, aad); !errors.Is(err, ErrOpen) {
			t.Errorf("opened %x: %v", sealed, err)
		}
	})
}

func TestTokensDifferWhereAnythingDiffers(t *testing.T) {
	t.Parallel()
	k := key(t, 1)
	token, code := k.Token("manage", "12", 1), k.Code("login", "12", 1)
	if k.Token("manage", "12", 1) != token || k.Code("login", "12", 1) != code {
		t.Error("the same question has two answers")
	}
	seen := map[[16]byte]string{}
	for _, q := range []struct {
		kind, id   string
		generation int
	}{
		{"manage", "12", 1}, {"manage", "12", 2}, {"manage", "12", -1}, {"manage", "121", 1}, {"manage1", "2", 1},
		{"manage", "1", 21}, {"invite", "12", 1}, {"", "manage12", 1}, {"manage12", "", 1}, {"manage", "12\x01", 0},
	} {
		token := k.Token(q.kind, q.id, q.generation)
		if other, twice := seen[token]; twice {
			t.Errorf("%v has the token of %s", q, other)
		}
		seen[token] = fmt.Sprint(q)
	}
	if key(t, 2).Token("manage", "12", 1) == k.Token("manage", "12", 1) {
		t.Error("two keys give the same token")
	}
}

func TestCodeIsSixDigitsSpreadEvenly(t *testing.T) {
	t.Parallel()
	k := key(t, 1)
	var low int
	for i := range 2000 {
		code := k.Code("login", fmt.Sprint(i), 1)
		if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
			t.Fatalf("code %q", code)
		}
		if code < "500000" {
			low++
		}
	}
	if low < 850 || low > 1150 { // six standard deviations
		t.Errorf("%d of 2000 codes are below 500000", low)
	}
}

func decimal(b []byte) string { return strings.Trim(fmt.Sprintf("%d", b), "[]") }

func TestKeysAreNeverPrinted(t *testing.T) {
	t.Parallel()
	m := master(t)
	k := key(t, 1)
	raw, err := hex.DecodeString(masterHex)
	if err != nil {
		t.Fatal(err)
	}
	secrets := [][]byte{k.hidden().link, subKey(raw, "smartagenda master")}
	holder := struct {
		key    Key
		master Master
	}{k, m}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, thing := range []any{k, &k, m, &m, holder, &holder} {
			printed := fmt.Sprintf(verb, thing)
			for _, b := range secrets {
				for _, form := range []string{string(b), fmt.Sprintf("%x", b), fmt.Sprintf("%q", b), decimal(b)} {
					if strings.Contains(printed, form) {
						t.Errorf("%s of %T shows a key", verb, thing)
					}
				}
			}
		}
	}
	if got := fmt.Sprint(k, m); got != "[key] [key]" {
		t.Errorf("printed %q", got)
	}
}
