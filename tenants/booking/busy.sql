SELECT version AS a, NULL::timestamptz AS b, NULL::timestamptz AS c FROM rules
UNION ALL SELECT resource_id, lower(during), upper(during) FROM unnest(?0::bigint[]) AS r(id)
	JOIN appointment_resources ON resource_id = r.id WHERE active AND during && tstzrange(?1, ?2)
UNION ALL SELECT resource_id, lower(during), upper(during) FROM unnest(?0::bigint[]) AS r(id)
	JOIN appointment_resources ON resource_id = r.id WHERE forced AND during && tstzrange(?1, ?2)
