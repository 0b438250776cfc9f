package secure

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
)

// Sealed is sensitive text as it lies in a bytea column: bytes that only a Key
// can open, and only for the column they were sealed for. However it is
// printed, logged or encoded it says "[sealed]". The zero value is no text,
// and NULL.
type Sealed struct{ ciphertext string }

const redacted = "[sealed]"

// SealText seals text for one column, aad ("room.column"). No text stays NULL,
// so an empty answer can be told without a key.
func (k Key) SealText(text, aad string) Sealed {
	if text == "" {
		return Sealed{}
	}
	return Sealed{string(k.Seal([]byte(text), aad))}
}

// Open gives the text back, or ErrOpen.
func (s Sealed) Open(k Key, aad string) (string, error) {
	if s.IsZero() {
		return "", nil
	}
	plain, err := k.Open([]byte(s.ciphertext), aad)
	return string(plain), err
}

// IsZero tells that there is no text.
func (s Sealed) IsZero() bool { return s.ciphertext == "" }

// Value gives the column its bytes.
func (s Sealed) Value() (driver.Value, error) {
	if s.IsZero() {
		return nil, nil
	}
	return []byte(s.ciphertext), nil
}

// Scan takes the bytes of the column; the driver's slice is copied.
func (s *Sealed) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*s = Sealed{}
	case []byte:
		*s = Sealed{string(v)}
	default:
		return fmt.Errorf("secure: a sealed column gave %T instead of bytes", src)
	}
	return nil
}

// Format answers every verb of fmt.
func (Sealed) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }
func (Sealed) String() string             { return redacted }
func (Sealed) GoString() string           { return redacted }

// LogValue is what slog writes.
func (Sealed) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText is what JSON and XML write.
func (Sealed) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// UnmarshalText refuses: sealed text never comes from outside.
func (*Sealed) UnmarshalText([]byte) error {
	return errors.New("secure: sealed text cannot be read in")
}
