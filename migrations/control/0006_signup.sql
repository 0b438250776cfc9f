-- What a Professional gave and accepted at sign-up. form_hash is of the form
-- that was sent: sent twice, it opens one house.
CREATE TABLE control.signups (
  tenant bigint PRIMARY KEY REFERENCES control.tenants,
  form_hash bytea NOT NULL CONSTRAINT signups_once UNIQUE,
  trade text NOT NULL CHECK (length(trade) <= 40),
  street text NOT NULL CHECK (length(street) <= 200),
  postcode text NOT NULL CHECK (postcode ~ '^[0-9]{5}$'),
  city text NOT NULL CHECK (length(city) <= 120),
  policy_version integer NOT NULL REFERENCES control.policies,
  terms_version integer NOT NULL,
  accepted_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON control.signups TO smartagenda_platform;
