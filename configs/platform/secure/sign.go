package secure

import (
	"crypto/ed25519"
)

// Sign signs a text with a key derived for that alone (Ed25519, RFC 8032).
func (k Key) Sign(text []byte) []byte { return ed25519.Sign(k.signer(), text) }

// Signed tells whether Sign made that signature of that text.
func (k Key) Signed(text, signature []byte) bool {
	return ed25519.Verify(k.Public(), text, signature)
}

// Public is what others check signatures with.
func (k Key) Public() ed25519.PublicKey { return k.signer().Public().(ed25519.PublicKey) }

func (k Key) signer() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(subKey(k.hidden().link, "smartagenda sign"))
}
