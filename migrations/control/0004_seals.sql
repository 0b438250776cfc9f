-- The chain over the staff's own acts, and the heads of all chains (tenant 0
-- is the staff's), kept where those who write the audits do not.
CREATE TABLE control.audit_seals (
  up_to bigint PRIMARY KEY,
  entries bigint NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL
);
CREATE TABLE control.audit_heads (
  tenant bigint PRIMARY KEY,
  up_to bigint NOT NULL,
  entries bigint NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON control.audit_seals TO smartagenda_platform;
GRANT SELECT, INSERT, UPDATE, DELETE ON control.audit_heads TO smartagenda_platform;
GRANT SELECT ON control.audit_seals, control.audit_heads TO smartagenda_console;
