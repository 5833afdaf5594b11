-- A second factor and API tokens of accounts. Secrets are sealed, codes and tokens are hashed.
INSERT INTO topic_revision (topic, revision) VALUES ('SECOND_FACTORS', 0);
INSERT INTO topic_revision (topic, revision) VALUES ('TOKENS', 0);

-- last_step: the newest time step whose code was used; none up to it is taken again.
CREATE TABLE second_factor (
  account_id    UUID         NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  sealed_secret VARCHAR(300) NOT NULL,
  active        BOOLEAN      NOT NULL,
  last_step     BIGINT       NOT NULL,
  since         TIMESTAMP WITH TIME ZONE NOT NULL,
  revision      BIGINT       NOT NULL
);

CREATE TABLE recovery_code (
  account_id UUID        NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  code_hash  VARCHAR(64) NOT NULL,
  PRIMARY KEY (account_id, code_hash)
);

-- password_generation: the token ends when the account gets another password, unless it is carried over.
CREATE TABLE api_token (
  id                  UUID         NOT NULL PRIMARY KEY,
  account_id          UUID         NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name                VARCHAR(100) NOT NULL,
  scopes              VARCHAR(400) NOT NULL,
  token_hash          VARCHAR(64)  NOT NULL UNIQUE,
  password_generation INTEGER      NOT NULL,
  created_at          TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at          TIMESTAMP WITH TIME ZONE NOT NULL,
  last_used_at        TIMESTAMP WITH TIME ZONE,
  last_used_address   VARCHAR(64),
  revision            BIGINT       NOT NULL
);
CREATE INDEX api_token_account ON api_token (account_id);
CREATE INDEX api_token_revision ON api_token (revision);
