package booking

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun/dialect/pgdialect"

	"smartagenda/configs/platform/fault"
	"smartagenda/configs/platform/postgres"
	"smartagenda/tenants/availability"
	"smartagenda/tenants/messages"
)

func rulesVersion(ctx context.Context, s postgres.Scope) (version int64, err error) {
	err = s.DB().QueryRowContext(ctx, "SELECT version FROM rules").Scan(&version)
	return version, err
}

// busyOfOne gives the version of the rules, then what is taken of one resource,
// as two lists of seconds since 1970: reading a row for each span would take
// longer than finding it. A resource that is a constant of its own type makes
// PostgreSQL use both columns of the constraint's index; what was forced is few
// and has an index of its own.
//
//go:embed busy.sql
var busyOfOne string

// busyRows is busyOfOne for each resource, in one statement.
func busyRows(resources []int64) string {
	version, one, _ := strings.Cut(busyOfOne, "\n")
	query := version
	for _, id := range resources {
		query += "\n" + strings.ReplaceAll(one, "{resource}", strconv.FormatInt(id, 10))
	}
	return query
}

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

// readForReserve reads version, busy spans and an earlier answer at once.
func readForReserve(ctx context.Context, s postgres.Scope, w window, key string) (version int64, busy []availability.Busy, prior *answer, err error) {
	query := busyRows(w.resources)
	if key != "" {
		query += ` UNION ALL SELECT participation_id, 'told', NULL FROM idempotency WHERE key = ?2`
	}
	rows, err := s.DB().QueryContext(ctx, query, w.span.Start, w.span.End, key)
	if err != nil {
		return 0, nil, nil, err
	}
	defer rows.Close()
	answered := false
	for rows.Next() {
		var id int64
		var starts, ends sql.RawBytes
		if err := rows.Scan(&id, &starts, &ends); err != nil {
			return 0, nil, nil, err
		}
		switch string(starts) {
		case "version":
			version = id
		case "told":
			answered = true
		default:
			if busy, err = spans(busy, id, starts, ends); err != nil {
				return 0, nil, nil, err
			}
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
//
//go:embed reserve.sql
var reserve string

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
		r.Actor.Kind, r.Actor.ID, r.Key, r.hash, r.a.Note,
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
	w.id, w.title, w.first_name, w.last_name, w.email, w.mobile, w.phone, w.lang, w.born_on, w.created_at, w.restricted_at, w.erased_at,
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
		var cancelled, restricted, erased *time.Time
		if err := rows.Scan(&a.ID, &a.Participation, &a.Ref, &a.Status, &a.Start, &a.End, &a.Sequence, &a.Source, &a.CreatedAt, &a.PriceCents, &a.generation,
			&a.Service.ID, &a.Service.Name, &a.Service.Instructions, &a.Service.CancelMinutes, &a.Service.MoveMinutes, &a.Service.Hue,
			&a.Practitioner.ID, &a.Practitioner.Name, &a.Practitioner.ShortName,
			&a.Location.ID, &a.Location.Name, &a.Location.Address, &a.Location.Details, &own, &house,
			&a.Patient.ID, &a.Patient.Title, &a.Patient.FirstName, &a.Patient.LastName, &a.Patient.Email, &a.Patient.Mobile, &a.Patient.Phone,
			&a.Patient.Lang, &a.Patient.BornOn, &a.Patient.CreatedAt, &restricted, &erased, &a.Reason, &a.Note, &a.CancelledBy, &cancelled); err != nil {
			return nil, err
		}
		a.CancelledAt, a.Patient.RestrictedAt, a.Patient.ErasedAt = instant(cancelled), instant(restricted), instant(erased)
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

// counts tells how many appointments the patient has, and how many are not over and still take place.
func counts(ctx context.Context, s postgres.Scope, patient int64) (all, ahead int, err error) {
	err = s.DB().QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE p.status IN ('pending', 'booked', 'arrived') AND a.ends_at > ?)
		FROM participations p JOIN appointments a ON a.id = p.appointment_id WHERE p.patient_id = ?`, s.Now(), patient).Scan(&all, &ahead)
	return all, ahead, err
}

// eraseTexts removes what was written about the appointments, and the hashes of the forms sent for them.
func eraseTexts(ctx context.Context, s postgres.Scope, patient int64) (n int, err error) {
	err = s.DB().QueryRowContext(ctx, `WITH its AS (SELECT id FROM participations WHERE patient_id = ?), texts AS (
			UPDATE participations SET reason = NULL, note = NULL WHERE id IN (SELECT id FROM its) AND (reason IS NOT NULL OR note IS NOT NULL) RETURNING 1),
		forms AS (DELETE FROM idempotency WHERE participation_id IN (SELECT id FROM its) RETURNING 1)
		SELECT (SELECT count(*) FROM texts) + (SELECT count(*) FROM forms)`, patient).Scan(&n)
	return n, err
}

func reassign(ctx context.Context, s postgres.Scope, from, into int64) (n int, err error) {
	err = s.DB().QueryRowContext(ctx, `WITH moved AS (UPDATE participations SET patient_id = ? WHERE patient_id = ? RETURNING 1)
		SELECT count(*) FROM moved`, into, from).Scan(&n)
	return n, err
}

// instant is a column's, zero for NULL.
func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// Requests counts the requests for a time to come that the Professional has
// still to answer, and gives the participation of the nearest, 0 for none.
func Requests(ctx context.Context, s postgres.Scope) (n int, nearest int64, err error) {
	err = s.DB().QueryRowContext(ctx, `SELECT count(*), coalesce((array_agg(p.id ORDER BY a.starts_at, p.id))[1], 0)
		FROM participations p JOIN appointments a ON a.id = p.appointment_id
		WHERE p.status = 'pending' AND a.starts_at > ?`, s.Now()).Scan(&n, &nearest)
	return n, nearest, err
}

// Weekdays tells on which days of the week of the house's zone anything stands
// in the Agenda from an instant on, so that no view leaves such a day out.
func Weekdays(ctx context.Context, s postgres.Scope, from time.Time) (days []time.Weekday, err error) {
	rows, err := s.DB().QueryContext(ctx, `SELECT DISTINCT extract(dow FROM a.starts_at AT TIME ZONE h.zone)::int
		FROM appointments a CROSS JOIN profile h WHERE a.status = 'open' AND a.starts_at >= ?`, from)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d time.Weekday
		if err := rows.Scan(&d); err != nil {
			return nil, err
		}
		days = append(days, d)
	}
	return days, rows.Err()
}
