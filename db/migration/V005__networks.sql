-- The subnets that devices live in and what BOOTP replies tell about them.
CREATE TABLE network (
  name           VARCHAR(64) NOT NULL PRIMARY KEY,
  subnet         VARCHAR(49) NOT NULL UNIQUE,
  content        TEXT        NOT NULL,
  revision       BIGINT      NOT NULL
);
CREATE INDEX network_revision ON network (revision);
