-- History of transfers: one file in one direction, by any protocol.
CREATE TABLE transfer (
  id         UUID        NOT NULL PRIMARY KEY,
  protocol   VARCHAR(10) NOT NULL,
  direction  VARCHAR(4)  NOT NULL,
  account    VARCHAR(32),
  device     VARCHAR(60),
  peer       VARCHAR(64) NOT NULL,
  path       VARCHAR(1100) NOT NULL,
  bytes      BIGINT      NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ended_at   TIMESTAMP WITH TIME ZONE NOT NULL,
  outcome    VARCHAR(10) NOT NULL,
  reason     VARCHAR(300),
  sha256     VARCHAR(64)
);
CREATE INDEX transfer_ended ON transfer (ended_at);
CREATE INDEX transfer_account ON transfer (account, ended_at);
