-- Bytes that an account has moved, in both directions over every channel, by day of UTC.
CREATE TABLE traffic (
  account_id UUID   NOT NULL,
  on_day     DATE   NOT NULL,
  bytes      BIGINT NOT NULL,
  PRIMARY KEY (account_id, on_day)
);
CREATE INDEX traffic_day ON traffic (on_day);
