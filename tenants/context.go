package tenants

import "context"

type contextKey struct{}

// With says whose request this is, once its host has told.
func With(ctx context.Context, t Tenant) context.Context {
	return context.WithValue(ctx, contextKey{}, t)
}

// From is the tenant of the request; the zero Tenant outside one, which no
// Scope accepts.
func From(ctx context.Context) Tenant {
	t, _ := ctx.Value(contextKey{}).(Tenant)
	return t
}
