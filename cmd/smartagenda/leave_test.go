package main

import (
	"archive/zip"
	"path/filepath"
	"testing"

	"smartagenda/configs/platform/postgres/postgrestest"
	"smartagenda/tenants/tenantstest"
)

func TestAnOperatorSeesAHouseOut(t *testing.T) {
	t.Parallel()
	w := tenantstest.New(t)
	in := install(t, w.Address)
	db := postgrestest.Super(t, w.Address)
	one := w.Tenant(t, "maison")
	in.says(0, "staff create nour@smartagenda.test --name=Nour --role=admin")
	in.says(0, "staff create paul@smartagenda.test --name=Paul --role=privacy")
	in.says(0, "staff create lou@smartagenda.test --name=Lou --role=billing")

	file := filepath.Join(t.TempDir(), "maison.zip")
	in.says(0, "tenant export maison --to="+file)
	z, err := zip.OpenReader(file)
	if err != nil || len(z.File) < 20 {
		t.Fatalf("the export: %v", err)
	}
	_ = z.Close()
	in.says(1, "tenant export maison --to="+file, "file exists")

	in.says(1, "tenant purge maison", "This contract has not ended.")
	in.says(0, "tenant terminate maison --reason=convenu", "once two of the staff have approved")
	in.says(1, "tenant terminate maison --reason=convenu", "The contract has ended.")
	in.says(0, "tenant purge maison --dry-run", "1  members")
	in.says(1, "tenant purge maison", "can be erased from")
	if _, err := db.Exec("UPDATE control.offboardings SET purge_at = asked_at - interval '2 days'"); err != nil {
		t.Fatal(err)
	}
	in.says(1, "doctor", "bad  no space is kept beyond its day", "0 of 2 have approved", "ok   the audits are as they were sealed")
	in.says(1, "tenant purge maison --approved-by=lou@smartagenda.test", "may not approve")
	in.says(1, "tenant purge maison --approved-by=nobody@smartagenda.test")
	in.says(1, "tenant purge maison --approved-by=nour@smartagenda.test", "two people must approve")
	in.says(0, "tenant purge maison --approved-by=paul@smartagenda.test", "erased")
	in.says(0, "tenant show maison", "status  purged")
	in.says(0, "doctor", "ok   no space is kept beyond its day")
	var left int
	if err := db.QueryRow("SELECT count(*) FROM pg_namespace WHERE nspname = $1", one.ID.Schema()).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d schemas are left, %v", left, err)
	}
}
