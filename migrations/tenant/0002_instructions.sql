-- The house's own record of what it ordered SmartAgenda to do; the ids are
-- those of platform.instructions.
CREATE TABLE instructions (
  id bigint PRIMARY KEY,
  scope text NOT NULL CHECK (scope IN ('read', 'write')),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 400),
  given_by bigint NOT NULL REFERENCES members,
  given_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz                      -- by the owner, before its time
);

-- The audit's hash chain: each row seals those of the audit up to an id. The
-- last one is copied outside the schema, so that a cut is found too.
CREATE TABLE audit_seals (
  up_to bigint PRIMARY KEY,
  entries bigint NOT NULL,                  -- sealed so far
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON instructions TO {role};
GRANT SELECT, INSERT ON audit_seals TO {role};
