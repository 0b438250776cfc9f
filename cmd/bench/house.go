package main

import (
	"context"
	"fmt"
	"time"

	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/catalog"
	"smartagenda/tenants/practitioners"
	"smartagenda/tenants/provisioning"
)

// A house is open every day from 8 to 20, in slots of 20 minutes.
const (
	staff   = 40  // practitioners
	known   = 10  // of them have a past and a full diary
	horizon = 720 // days ahead that can be booked
	perDay  = 36  // slots
	history = known * 365 * 24
)

// house is one tenant as the rows need it.
type house struct {
	tenant tenants.Tenant
	first  time.Time // 8:00 of the first day that a measurement books
}

func (h house) host() string { return string(h.tenant.Slug) + "." + domain }

func (w *world) furnish(ctx context.Context) (err error) {
	if w.busy, err = w.house(ctx, "busy", staff); err != nil {
		return err
	}
	if w.new, err = w.house(ctx, "new", staff); err != nil {
		return err
	}
	for i := range *many {
		h, err := w.house(ctx, fmt.Sprintf("crowd-%d", i), 1)
		if err != nil {
			return err
		}
		w.crowd = append(w.crowd, h)
	}
	return w.fillDiaries(ctx)
}

func (w *world) house(ctx context.Context, slug string, people int) (h house, err error) {
	h.tenant, err = w.desk.Create(ctx, provisioning.Application{Slug: slug, Name: slug, OwnerEmail: "o@" + slug + ".test",
		Limits: tenants.Limits{Agendas: people, Members: 1, SMS: 1}})
	if err != nil {
		return h, err
	}
	zone, err := calendar.LoadZone("Europe/Paris")
	if err != nil {
		return h, err
	}
	h.first = calendar.DateOf(w.control.Clock().Now(), zone).AddDays(70).At(calendar.HourMinute(8, 0), zone)
	return h, w.control.Scope(ctx, h.tenant.ID, func(ctx context.Context, s postgres.Scope) error {
		place, err := catalog.AddLocation(ctx, s, catalog.Location{Name: "Ici", Street: "1 rue du Test", Postcode: "69002", City: "Lyon"})
		if err != nil {
			return err
		}
		service, err := catalog.AddService(ctx, s, catalog.Service{Name: "Consultation", Mode: catalog.Online, Reason: catalog.OptionalReason,
			Minutes: 20, GridMinutes: 20, HorizonDays: horizon, Capacity: 1, Hue: 1})
		if err != nil {
			return err
		}
		for i := range people {
			if err := practitioner(ctx, s, i, place, service); err != nil {
				return err
			}
		}
		return nil
	})
}

func practitioner(ctx context.Context, s postgres.Scope, n int, place, service int64) error {
	id, err := practitioners.Add(ctx, s, practitioners.Practitioner{Name: fmt.Sprint("P", n), ShortName: fmt.Sprint("P", n)})
	if err != nil {
		return err
	}
	for day := 1; day <= 7; day++ {
		err := practitioners.AddOpening(ctx, s, practitioners.Opening{PractitionerID: id, LocationID: place, Weekday: day,
			Opens: calendar.HourMinute(8, 0), Closes: calendar.HourMinute(20, 0)})
		if err != nil {
			return err
		}
	}
	return practitioners.Teach(ctx, s, practitioners.Skill{ServiceID: service, PractitionerID: id})
}

// diary writes appointments from one day to another, 24 a day for each of the
// first practitioners, as the superuser and without the program.
const diary = `
SET search_path TO %[1]s, extensions;
INSERT INTO patients (last_name, first_name, find_key, email, policy_version, created_at)
SELECT 'Nom' || n, 'Prenom', 'nom' || n || ' prenom', 'p' || n || '@exemple.fr', 1, %[2]s::timestamptz FROM generate_series(1, 5000) n
WHERE NOT EXISTS (SELECT FROM patients);
INSERT INTO appointments (id, service_id, practitioner_id, location_id, starts_at, ends_at, source, created_at)
SELECT nextval('appointments_id_seq'), 1, p, 1, at, at + interval '20 min', 'site', at - interval '9 days'
FROM generate_series(1, %[5]d) p, generate_series(%[3]d, %[4]d) d, generate_series(0, 35) n,
	LATERAL (SELECT %[2]s::timestamptz + d * interval '1 day' + n * interval '20 min' AS at) t WHERE (n + d + p + 3000) %% 3 > 0;
INSERT INTO appointment_resources (appointment_id, resource_id, during, active)
SELECT id, practitioner_id, tstzrange(starts_at, ends_at), true FROM appointments a WHERE NOT EXISTS (SELECT FROM appointment_resources r WHERE r.appointment_id = a.id);
INSERT INTO participations (ref, appointment_id, patient_id, status, link_hash, policy_version, created_at)
SELECT gen_random_uuid(), id, 1 + id %% 5000, 'booked', decode(md5(id::text) || md5('x' || id), 'hex'), 1, created_at FROM appointments a
WHERE NOT EXISTS (SELECT FROM participations p WHERE p.appointment_id = a.id);`

// fillDiaries gives both big houses 60 full days ahead, and one of them a year
// behind; the crowd's get their days ahead alone.
func (w *world) fillDiaries(ctx context.Context) error {
	m, err := postgres.OpenMigrator(ctx, postgres.Pool{URL: w.address, Size: 1, Name: "bench"})
	if err != nil {
		return err
	}
	defer m.Close()
	write := func(h house, from, to, people int) error {
		midnight := quote(h.first.AddDate(0, 0, -70).UTC().Format(time.RFC3339))
		_, err := m.DB().ExecContext(ctx, fmt.Sprintf(diary, h.tenant.ID.Schema(), midnight, from, to, people))
		return err
	}
	if err := write(w.busy, -365, 60, known); err != nil {
		return err
	}
	if err := write(w.new, 1, 60, known); err != nil {
		return err
	}
	for _, h := range w.crowd {
		if err := write(h, 1, 60, 1); err != nil {
			return err
		}
	}
	_, err = m.DB().ExecContext(ctx, "VACUUM ANALYZE")
	return err
}
