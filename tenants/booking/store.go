package booking

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/calendar"
	"smartagenda/tenants/messages"
)

func rulesVersion(ctx context.Context, s postgres.Scope) (version int64, err error) {
	err = s.DB().QueryRowContext(ctx, "SELECT version FROM rules").Scan(&version)
	return version, err
}

// busyRows gives the version of the rules as its first row, then what is
// taken. The join makes PostgreSQL look up each resource in the index of the
// constraint; what was forced is few and has an index of its own.
const busyRows = `
	SELECT version AS a, NULL::timestamptz AS b, NULL::timestamptz AS c FROM rules
	UNION ALL SELECT resource_id, lower(during), upper(during) FROM unnest(?0::bigint[]) AS r(id)
		JOIN appointment_resources ON resource_id = r.id WHERE active AND during && tstzrange(?1, ?2)
	UNION ALL SELECT resource_id, lower(during), upper(during) FROM unnest(?0::bigint[]) AS r(id)
		JOIN appointment_resources ON resource_id = r.id WHERE forced AND during && tstzrange(?1, ?2)`

func readBusy(ctx context.Context, s postgres.Scope, w window) (version int64, busy []availability.Busy, err error) {
	version, busy, _, err = readForReserve(ctx, s, w, "")
	return version, busy, err
}

// answer is what a request with an idempotency key was told.
type answer struct {
	participation int64
	bodyHash      []byte
	status        Status
}

// readForReserve reads version, busy rows and an earlier answer at once. The
// version comes first; a row of the answer is told by its start being NULL.
func readForReserve(ctx context.Context, s postgres.Scope, w window, key string) (version int64, busy []availability.Busy, prior *answer, err error) {
	query := busyRows
	if key != "" {
		query += ` UNION ALL SELECT participation_id, NULL, created_at FROM idempotency WHERE key = ?3`
	}
	rows, err := s.DB().QueryContext(ctx, query, pgdialect.Array(w.resources), w.span.Start, w.span.End, key)
	if err != nil {
		return 0, nil, nil, err
	}
	defer rows.Close()
	answered := false
	for rows.Next() {
		var id int64
		var from, to *time.Time
		if err := rows.Scan(&id, &from, &to); err != nil {
			return 0, nil, nil, err
		}
		switch {
		case from != nil:
			busy = append(busy, availability.Busy{Resource: id, Span: calendar.Span{Start: *from, End: *to}})
		case to != nil:
			answered = true
		default:
			version = id
		}
	}
	if err := rows.Err(); err != nil {
		return 0, nil, nil, err
	}
	if answered {
		prior, err = findAnswer(ctx, s, key)
	}
	return version, busy, prior, err
}

// findAnswer gives nil for a key that was never answered.
func findAnswer(ctx context.Context, s postgres.Scope, key string) (*answer, error) {
	var a answer
	var told []byte
	err := s.DB().QueryRowContext(ctx, "SELECT participation_id, body_hash, answer FROM idempotency WHERE key = ?", key).
		Scan(&a.participation, &a.bodyHash, &told)
	if postgres.NoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var body struct{ Status Status }
	err = json.Unmarshal(told, &body)
	a.status = body.Status
	return &a, err
}

// row is one booking to write.
type row struct {
	*draft
	a        *Appointment
	takes    []availability.Take
	plan     []messages.Planned
	linkHash []byte
}

// reserve is one statement, because round trips decide how many bookings a
// second there are. The time is taken first: where another appointment holds
// it, nothing else is written and no row comes back. A person who gives the
// name and the contacts of a file is that file's; nobody's file is changed.
const reserve = `
WITH number AS (SELECT nextval('appointments_id_seq') AS id),
taken AS (
	INSERT INTO appointment_resources (appointment_id, resource_id, during, active)
	SELECT number.id, r.id, tstzrange(r.a, r.b, '[)'), true
	FROM number, unnest(?0::bigint[], ?1::timestamptz[], ?2::timestamptz[]) AS r(id, a, b)
	WHERE NOT EXISTS (SELECT FROM appointment_resources f WHERE f.forced AND f.resource_id = r.id AND f.during && tstzrange(r.a, r.b))
	ORDER BY r.id
	ON CONFLICT ON CONSTRAINT appointments_no_overlap DO NOTHING RETURNING 1),
ok AS (SELECT id FROM number WHERE (SELECT count(*) FROM taken) = cardinality(?0::bigint[])),
known AS (
	SELECT id FROM patients WHERE id = ?3 OR (?3 = 0 AND find_key = ?4 AND erased_at IS NULL AND restricted_at IS NULL
		AND ?5 IN ('', email) AND ?6 IN ('', mobile) AND ?7 IN ('', phone)) ORDER BY id LIMIT 1),
fresh AS (
	INSERT INTO patients (title, last_name, first_name, email, mobile, phone, company, street, postcode, city, lang, find_key, policy_version, created_at)
	SELECT ?8, ?9, ?10, ?5, ?6, ?7, ?11, ?12, ?13, ?14, ?15, ?4, ?16, ?17 FROM ok WHERE NOT EXISTS (SELECT FROM known) RETURNING id),
who AS (SELECT id FROM known UNION ALL SELECT id FROM fresh),
appointment AS (
	INSERT INTO appointments (id, service_id, practitioner_id, location_id, starts_at, ends_at, price_cents, source, created_at)
	SELECT id, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?17 FROM ok),
part AS (
	INSERT INTO participations (ref, appointment_id, patient_id, status, reason, link_hash, policy_version, created_at)
	SELECT ?25, ok.id, who.id, ?26, ?27, ?28, ?16, ?17 FROM ok, who RETURNING id, patient_id),
said AS (
	INSERT INTO messages (kind, channel, participation_id, due_at, created_at)
	SELECT m.kind, m.channel, part.id, m.due, ?17 FROM part, unnest(?29::text[], ?30::text[], ?31::timestamptz[]) AS m(kind, channel, due)
	RETURNING id, due_at),
jobs AS (SELECT platform.put_job('messages.send', id, due_at) AS id FROM said),
logged AS (
	INSERT INTO audit (at, actor, actor_id, act, subject_id) SELECT ?17, ?32, nullif(?33, 0), 'appointment.book', part.id FROM part),
told AS (
	INSERT INTO idempotency (key, body_hash, participation_id, answer, created_at)
	SELECT ?34, ?35, part.id, jsonb_build_object('Status', ?26), ?17 FROM part WHERE ?34 <> '')
SELECT ok.id, part.id, part.patient_id, (SELECT count(id) FROM jobs) FROM ok, part`

// insert writes the booking and numbers it; false when the time is taken.
func insert(ctx context.Context, s postgres.Scope, r row) (bool, error) {
	resources, from, to := columns(r.takes)
	kinds, channels, due := planColumns(r.plan)
	p := r.person
	var jobs int
	err := s.DB().QueryRowContext(ctx, reserve,
		pgdialect.Array(resources), pgdialect.Array(from), pgdialect.Array(to), p.ID, p.FindKey, p.Email, p.Mobile, p.Phone,
		p.Title, p.LastName, p.FirstName, p.Company, p.Street, p.Postcode, p.City, p.Lang, p.PolicyVersion, s.Now(),
		r.a.Service.ID, r.a.Practitioner.ID, r.a.Location.ID, r.a.Start, r.a.End, r.a.PriceCents, r.Source,
		r.a.Ref, r.a.Status, r.a.Reason, r.linkHash,
		pgdialect.Array(kinds), pgdialect.Array(channels), pgdialect.Array(due),
		r.Actor.Kind, r.Actor.ID, r.Key, r.hash,
	).Scan(&r.a.ID, &r.a.Participation, &r.a.Patient.ID, &jobs)
	switch {
	case err == nil:
		return true, nil
	case postgres.NoRows(err):
		return false, nil
	}
	switch postgres.Constraint(err) {
	case "idempotency_pkey":
		return false, postgres.ErrRetry
	case "appointment_resources_appointment_id_fkey": // some of its resources were free, not all
		return false, taken()
	}
	return false, err
}

func columns(takes []availability.Take) (ids []int64, from, to []string) {
	for _, t := range takes {
		ids = append(ids, t.Resource)
		from = append(from, t.Span.Start.UTC().Format(time.RFC3339))
		to = append(to, t.Span.End.UTC().Format(time.RFC3339))
	}
	return ids, from, to
}

func planColumns(plan []messages.Planned) (kinds, channels, due []string) {
	for _, m := range plan {
		kinds = append(kinds, string(m.Kind))
		channels = append(channels, string(m.Channel))
		due = append(due, m.Due.UTC().Format(time.RFC3339Nano))
	}
	return kinds, channels, due
}

const selectAppointment = `
SELECT a.id, p.id, p.ref, p.status, a.starts_at, a.ends_at, a.sequence, a.source, p.created_at, a.price_cents, p.link_generation,
	v.id, v.name, v.instructions, v.cancel_minutes, v.move_minutes, v.hue, r.id, r.name, r.short_name,
	l.id, l.name, concat_ws(', ', nullif(l.street, ''), nullif(concat_ws(' ', nullif(l.postcode, ''), nullif(l.city, '')), '')), l.directions, l.zone, h.zone,
	w.id, w.title, w.first_name, w.last_name, w.email, w.mobile, w.phone, w.lang, w.born_on, w.created_at,
	p.reason, p.note, coalesce(p.cancelled_by, ''), p.cancelled_at
FROM participations p
JOIN appointments a ON a.id = p.appointment_id
JOIN services v ON v.id = a.service_id
JOIN practitioners r ON r.id = a.practitioner_id
JOIN locations l ON l.id = a.location_id
JOIN patients w ON w.id = p.patient_id
CROSS JOIN profile h WHERE `

func list(ctx context.Context, s postgres.Scope, where string, args ...any) ([]Appointment, error) {
	rows, err := s.DB().QueryContext(ctx, selectAppointment+where+" ORDER BY a.starts_at, p.id", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Appointment
	for rows.Next() {
		var a Appointment
		var own *string
		var house string
		var cancelled *time.Time
		if err := rows.Scan(&a.ID, &a.Participation, &a.Ref, &a.Status, &a.Start, &a.End, &a.Sequence, &a.Source, &a.CreatedAt, &a.PriceCents, &a.generation,
			&a.Service.ID, &a.Service.Name, &a.Service.Instructions, &a.Service.CancelMinutes, &a.Service.MoveMinutes, &a.Service.Hue,
			&a.Practitioner.ID, &a.Practitioner.Name, &a.Practitioner.ShortName,
			&a.Location.ID, &a.Location.Name, &a.Location.Address, &a.Location.Details, &own, &house,
			&a.Patient.ID, &a.Patient.Title, &a.Patient.FirstName, &a.Patient.LastName, &a.Patient.Email, &a.Patient.Mobile, &a.Patient.Phone,
			&a.Patient.Lang, &a.Patient.BornOn, &a.Patient.CreatedAt, &a.Reason, &a.Note, &a.CancelledBy, &cancelled); err != nil {
			return nil, err
		}
		if cancelled != nil {
			a.CancelledAt = *cancelled
		}
		a.Location.Zone = zone(own, house)
		a.Start, a.End = a.Start.In(a.Location.Zone), a.End.In(a.Location.Zone)
		all = append(all, a)
	}
	return all, rows.Err()
}

func find(ctx context.Context, s postgres.Scope, where string, arg any) (Appointment, error) {
	all, err := list(ctx, s, where, arg)
	if err != nil {
		return Appointment{}, err
	}
	if len(all) == 0 {
		return Appointment{}, fault.New(fault.NotFound, "booking.unknown")
	}
	return all[0], nil
}

// cancel changes the status by compare-and-swap; the appointment itself ends,
// and frees its time, with its last participant.
func cancel(ctx context.Context, s postgres.Scope, a Appointment, by string) (bool, error) {
	var left int
	err := s.DB().QueryRowContext(ctx, `
		WITH gone AS (
			UPDATE participations SET status = 'cancelled', cancelled_by = ?, cancelled_at = ?
			WHERE id = ? AND status = ? RETURNING appointment_id)
		UPDATE appointments a SET booked = a.booked - 1, sequence = a.sequence + 1,
			status = CASE WHEN a.booked = 1 THEN 'cancelled' ELSE a.status END
		FROM gone WHERE a.id = gone.appointment_id RETURNING a.booked`,
		by, s.Now(), a.Participation, a.Status).Scan(&left)
	if postgres.NoRows(err) {
		return false, nil
	}
	if err != nil || left > 0 {
		return err == nil, err
	}
	_, err = s.DB().ExecContext(ctx, "UPDATE appointment_resources SET active = false, forced = false WHERE appointment_id = ?", a.ID)
	return err == nil, err
}

// answersKept is how long a client may repeat a request and get its answer.
const answersKept = 48 * time.Hour

// Sweep forgets the answers that nobody will ask for again.
func Sweep(ctx context.Context, s postgres.Scope) error {
	_, err := s.DB().ExecContext(ctx, "DELETE FROM idempotency WHERE created_at < ?", s.Now().Add(-answersKept))
	return err
}
