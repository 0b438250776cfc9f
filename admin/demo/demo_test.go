package demo_test

import (
	"testing"

	"smartagenda/admin/demo"
	"smartagenda/admin/staff"
	"smartagenda/configs/platform/secure"
	"smartagenda/tenants/tenantstest"
)

func TestTheDemosStaffCanSignInAndAreWrittenOnce(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	const password = "demo-smartagenda-2026"
	for range 2 {
		if err := demo.Seed(t.Context(), w.Control, password); err != nil {
			t.Fatal(err)
		}
	}
	list, err := staff.List(t.Context(), w.Control)
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	admins := 0
	for _, p := range list {
		if p.Role == staff.Admin {
			admins++
		}
		if ok, err := secure.Verify(t.Context(), p.PasswordHash, password); err != nil || !ok {
			t.Errorf("%s cannot sign in: %v", p.Email, err)
		}
	}
	if p, err := staff.ByEmail(t.Context(), w.Control, "staff@smartagenda.test"); err != nil || p.Name != "Nour Belkacem" || admins != 2 {
		t.Errorf("%+v, %v; %d administrators, want two: some acts take two", p, err, admins)
	}
}
