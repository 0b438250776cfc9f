package postgres

import (
	"fmt"
	"strconv"
)

// Tenant numbers one tenant. Its schema and its role carry the same name,
// made of the number alone: nothing a person typed becomes an identifier.
type Tenant int64

// maxTenant keeps names within the pattern that platform functions accept.
const maxTenant = 999_999_999

// Valid tells whether the number can name a schema; 0 is SmartAgenda itself
// and has none.
func (t Tenant) Valid() bool { return t > 0 && t <= maxTenant }

// Schema is the name of the tenant's schema and of its role: t_000123.
// It panics on an invalid number, which no path from outside can produce.
func (t Tenant) Schema() string {
	if !t.Valid() {
		panic("postgres: tenant out of range: " + strconv.FormatInt(int64(t), 10))
	}
	return fmt.Sprintf("t_%06d", int64(t))
}

func (t Tenant) String() string { return strconv.FormatInt(int64(t), 10) }
