SELECT version AS id, 'version' AS starts, NULL AS ends FROM rules
UNION ALL SELECT {resource}, array_agg(date_part('epoch', lower(during)))::text, array_agg(date_part('epoch', upper(during)))::text FROM appointment_resources WHERE active AND resource_id = {resource}::bigint AND during && tstzrange(?0, ?1)
UNION ALL SELECT {resource}, array_agg(date_part('epoch', lower(during)))::text, array_agg(date_part('epoch', upper(during)))::text FROM appointment_resources WHERE forced AND resource_id = {resource}::bigint AND during && tstzrange(?0, ?1)
