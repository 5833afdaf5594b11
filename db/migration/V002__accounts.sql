-- People and device logins, what they may store, and what they store.
CREATE TABLE account (
  id              UUID         NOT NULL PRIMARY KEY,
  registration_id VARCHAR(64)  NOT NULL UNIQUE,
  username        VARCHAR(32)  NOT NULL UNIQUE,
  email           VARCHAR(254),
  display_name    VARCHAR(100) NOT NULL,
  status          VARCHAR(16)  NOT NULL,
  status_reason   VARCHAR(500),
  roles           VARCHAR(64)  NOT NULL,
  quota_bytes     BIGINT,
  quota_files     BIGINT,
  max_sessions    INTEGER,
  on_conflict     VARCHAR(16)  NOT NULL,
  expires_at      TIMESTAMP WITH TIME ZONE,
  permissions     VARCHAR(200) NOT NULL,
  language        VARCHAR(10),
  password_hash   VARCHAR(300) NOT NULL,
  password_generation INTEGER  NOT NULL,
  created_at      TIMESTAMP WITH TIME ZONE NOT NULL,
  revision        BIGINT       NOT NULL
);
CREATE INDEX account_revision ON account (revision);
CREATE INDEX account_status ON account (status);

CREATE TABLE quota_usage (
  account_id UUID   NOT NULL PRIMARY KEY,
  used_bytes BIGINT NOT NULL,
  used_files BIGINT NOT NULL
);

-- What a running instance has set aside for an account. A row that outlives its instance says: count again.
CREATE TABLE quota_claim (
  account_id    UUID        NOT NULL,
  instance_id   VARCHAR(36) NOT NULL,
  claimed_bytes BIGINT      NOT NULL,
  claimed_files BIGINT      NOT NULL,
  PRIMARY KEY (account_id, instance_id)
);
