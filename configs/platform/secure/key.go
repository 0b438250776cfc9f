package secure

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"golang.org/x/crypto/chacha20poly1305"
)

var (
	// ErrOpen is a sealed value that this key, for this purpose, cannot open:
	// another key, another place, or damage. It never says which.
	ErrOpen = errors.New("secure: cannot open")
	// ErrMaster is a master key that is not 32 bytes.
	ErrMaster = errors.New("secure: the master key must be 32 bytes in hexadecimal or base64")
)

// format is the first byte of everything sealed, so that a later cipher can be
// told from this one: XChaCha20-Poly1305, a random nonce of 24 bytes, then the
// ciphertext with its tag.
const format = 1

// Master wraps the keys of tenants. It is given by the environment and stored
// nowhere. What is secret here stands behind a function, because fmt prints an
// unexported field, and all that it points to, without asking its type how.
type Master struct{ hidden func() cipher.AEAD }

// ParseMaster reads 32 bytes written in hexadecimal or base64.
func ParseMaster(s string) (Master, error) {
	for _, decode := range []func(string) ([]byte, error){
		hex.DecodeString,
		base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString,
		base64.URLEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	} {
		if b, err := decode(s); err == nil && len(b) == chacha20poly1305.KeySize {
			aead := subAEAD(b, "smartagenda master")
			return Master{func() cipher.AEAD { return aead }}, nil
		}
	}
	return Master{}, ErrMaster
}

// NewKey makes one tenant's data key and its wrapped form, the only one to
// store.
func (m Master) NewKey(tenant int64) (Key, []byte) {
	data := Random(chacha20poly1305.KeySize)
	return newKey(data), seal(m.hidden(), data, wrapping(tenant))
}

// Unwrap gives back the data key of that tenant, or ErrOpen.
func (m Master) Unwrap(wrapped []byte, tenant int64) (Key, error) {
	data, err := open(m.hidden(), wrapped, wrapping(tenant))
	if err != nil || len(data) != chacha20poly1305.KeySize {
		return Key{}, ErrOpen
	}
	return newKey(data), nil
}

// Rewrap seals the same data key under another master key.
func (m Master) Rewrap(wrapped []byte, tenant int64, to Master) ([]byte, error) {
	data, err := open(m.hidden(), wrapped, wrapping(tenant))
	if err != nil {
		return nil, ErrOpen
	}
	return seal(to.hidden(), data, wrapping(tenant)), nil
}

func (Master) String() string   { return "[key]" }
func (Master) GoString() string { return "[key]" }

func wrapping(tenant int64) string { return "key " + strconv.FormatInt(tenant, 10) }

// Key is one tenant's: it seals that tenant's text and derives its tokens with
// two keys that do not tell of each other. The zero Key must not be used.
type Key struct{ hidden func() secrets }

type secrets struct {
	aead cipher.AEAD
	link []byte
}

func newKey(data []byte) Key {
	s := secrets{aead: subAEAD(data, "smartagenda seal"), link: subKey(data, "smartagenda link")}
	return Key{func() secrets { return s }}
}

func (Key) String() string   { return "[key]" }
func (Key) GoString() string { return "[key]" }

// Seal encrypts plain for one place, aad ("room.column"): it opens with the
// same aad only.
func (k Key) Seal(plain []byte, aad string) []byte { return seal(k.hidden().aead, plain, aad) }

// Open is the reverse of Seal; it fails with ErrOpen.
func (k Key) Open(sealed []byte, aad string) ([]byte, error) {
	return open(k.hidden().aead, sealed, aad)
}

func seal(aead cipher.AEAD, plain []byte, aad string) []byte {
	out := make([]byte, 1+chacha20poly1305.NonceSizeX, 1+chacha20poly1305.NonceSizeX+len(plain)+aead.Overhead())
	out[0] = format
	copy(out[1:], Random(chacha20poly1305.NonceSizeX))
	return aead.Seal(out, out[1:], plain, bound(aad))
}

func open(aead cipher.AEAD, sealed []byte, aad string) ([]byte, error) {
	if len(sealed) < 1+chacha20poly1305.NonceSizeX+aead.Overhead() || sealed[0] != format {
		return nil, ErrOpen
	}
	nonce, ciphertext := sealed[1:1+chacha20poly1305.NonceSizeX], sealed[1+chacha20poly1305.NonceSizeX:]
	plain, err := aead.Open(nil, nonce, ciphertext, bound(aad))
	if err != nil {
		return nil, ErrOpen
	}
	return plain, nil
}

// bound authenticates the format byte too.
func bound(aad string) []byte { return append([]byte{format}, aad...) }

func subAEAD(secret []byte, purpose string) cipher.AEAD {
	aead, err := chacha20poly1305.NewX(subKey(secret, purpose))
	if err != nil {
		panic(err) // subKey gives the right size
	}
	return aead
}

// subKey derives one key for one purpose (HKDF, RFC 5869). The secret is
// random already, so no salt is needed.
func subKey(secret []byte, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, purpose, chacha20poly1305.KeySize)
	if err != nil {
		panic(err) // 32 bytes are always within HKDF's limit
	}
	return key
}

// derive is the MAC behind Token and Code. Lengths stand before the texts, so
// that no two questions are the same bytes.
func (k Key) derive(kind, id string, generation int) []byte {
	mac := hmac.New(sha256.New, k.hidden().link)
	var b []byte
	for _, s := range []string{kind, id} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	mac.Write(binary.AppendVarint(b, int64(generation)))
	return mac.Sum(nil)
}

// Token is the link of one row: the same kind, id and generation always give
// the same 128 bits, and raising the generation revokes them.
func (k Key) Token(kind, id string, generation int) [16]byte {
	return [16]byte(k.derive(kind, id, generation)[:16])
}

// Code is six decimal digits of the same derivation, from bytes that the token
// does not show.
func (k Key) Code(kind, id string, generation int) string {
	n := binary.BigEndian.Uint64(k.derive(kind, id, generation)[24:])
	return fmt.Sprintf("%06d", n%1_000_000)
}
