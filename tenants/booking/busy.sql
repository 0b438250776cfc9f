SELECT version AS a, NULL::timestamptz AS b, NULL::timestamptz AS c FROM rules
UNION ALL SELECT resource_id, lower(during), upper(during) FROM appointment_resources WHERE active AND resource_id = {resource}::bigint AND during && tstzrange(?0, ?1)
UNION ALL SELECT resource_id, lower(during), upper(during) FROM appointment_resources WHERE forced AND resource_id = {resource}::bigint AND during && tstzrange(?0, ?1)
