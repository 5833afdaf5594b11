-- From which addresses an account signed in lately: they go first and come in while others are slowed down.
CREATE TABLE known_source (
  account_id UUID        NOT NULL,
  source     VARCHAR(64) NOT NULL,
  seen_at    TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (account_id, source)
);
CREATE INDEX known_source_seen_at ON known_source (seen_at);
