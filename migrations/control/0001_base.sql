-- SmartAgenda's own rows: who subscribes, under which address, and which
-- version of the privacy policy is in force.
REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA control;
GRANT USAGE ON SCHEMA control TO smartagenda_platform;

CREATE TABLE control.tenants (
  id bigint PRIMARY KEY,                    -- the number of a schema made ahead, see platform.tenants
  slug text NOT NULL CONSTRAINT tenants_slug UNIQUE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  status text NOT NULL CONSTRAINT tenants_status
    CHECK (status IN ('setup', 'trial', 'active', 'past_due', 'suspended', 'terminated', 'purged')),
  max_agendas integer NOT NULL CHECK (max_agendas > 0),
  max_members integer NOT NULL CHECK (max_members > 0),
  max_sms integer NOT NULL CHECK (max_sms >= 0),   -- a month
  owner_name text NOT NULL,
  owner_email text NOT NULL,
  phone text NOT NULL DEFAULT '',           -- shown on the pause page, where the tenant's schema is not opened
  created_at timestamptz NOT NULL,
  status_at timestamptz NOT NULL            -- since when it has this status
);

-- An address once given is never given to anyone else.
CREATE TABLE control.slugs (
  slug text CONSTRAINT slugs_taken PRIMARY KEY CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{1,38}[a-z0-9])$'),
  tenant bigint NOT NULL,
  taken_at timestamptz NOT NULL
);

CREATE TABLE control.domains (
  host text CONSTRAINT domains_taken PRIMARY KEY,
  tenant bigint NOT NULL REFERENCES control.tenants,
  verified_at timestamptz NOT NULL
);

CREATE TABLE control.policies (
  version integer PRIMARY KEY CHECK (version > 0),
  body text NOT NULL CHECK (body <> ''),    -- Markdown
  published_at timestamptz NOT NULL
);

-- A published version is what people read when they gave their data.
CREATE FUNCTION control.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published policy cannot be changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER policies_immutable BEFORE UPDATE OR DELETE ON control.policies
  FOR EACH ROW EXECUTE FUNCTION control.refuse_change();

GRANT SELECT, INSERT, UPDATE ON control.tenants, control.domains TO smartagenda_platform;
GRANT SELECT, INSERT ON control.slugs, control.policies TO smartagenda_platform;

-- Wrapped tenant keys live apart, so that they can be backed up apart and for
-- 35 days at most: without its key a purged tenant's sealed text is noise.
CREATE SCHEMA vault;
GRANT USAGE ON SCHEMA vault TO smartagenda_platform;
CREATE TABLE vault.keys (
  tenant bigint PRIMARY KEY,
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON vault.keys TO smartagenda_platform;
