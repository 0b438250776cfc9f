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
	INSERT INTO participations (ref, appointment_id, patient_id, status, reason, note, link_hash, policy_version, created_at)
	SELECT ?25, ok.id, who.id, ?26, ?27, ?36, ?28, ?16, ?17 FROM ok, who RETURNING id, patient_id),
said AS (
	INSERT INTO messages (kind, channel, participation_id, due_at, created_at)
	SELECT m.kind, m.channel, part.id, m.due, ?17 FROM part, unnest(?29::text[], ?30::text[], ?31::timestamptz[]) AS m(kind, channel, due)
	RETURNING id, due_at),
jobs AS (SELECT platform.put_jobs('messages.send', array_agg(id ORDER BY id), array_agg(due_at ORDER BY id)) AS put FROM said HAVING count(*) > 0),
logged AS (
	INSERT INTO audit (at, actor, actor_id, act, subject_id) SELECT ?17, ?32, nullif(?33, 0), 'appointment.book', part.id FROM part),
told AS (
	INSERT INTO idempotency (key, body_hash, participation_id, answer, created_at)
	SELECT ?34, ?35, part.id, jsonb_build_object('Status', ?26), ?17 FROM part WHERE ?34 <> '')
SELECT ok.id, part.id, part.patient_id, coalesce((SELECT put FROM jobs), 0) FROM ok, part
