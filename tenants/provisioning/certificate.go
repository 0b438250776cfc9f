package provisioning

import (
	"encoding/json"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/configs/platform/secure"
)

// Certificate is what stays of a purged space: proof that it was there and is
// gone, without a person in it.
type Certificate struct {
	Tenant    postgres.Tenant
	IssuedAt  time.Time
	Counts    map[string]int64 // rows by table
	Signature []byte           // ed25519
}

// signed is what the signature is made over; JSON writes maps in order.
func (c Certificate) signed() any {
	return struct {
		Tenant   int64            `json:"tenant"`
		IssuedAt string           `json:"issued_at"`
		Counts   map[string]int64 `json:"counts"`
	}{int64(c.Tenant), c.IssuedAt.UTC().Format(time.RFC3339Nano), c.Counts}
}

// Verify tells whether SmartAgenda's own key signed the certificate as it is.
func (c Certificate) Verify(own secure.Key) bool {
	text, err := json.Marshal(c.signed())
	return err == nil && own.Signed(text, c.Signature)
}
