-- Settings saved on the console, the revision counters that snapshots follow, and the heartbeat of each instance.
CREATE TABLE setting (
  name  VARCHAR(100) NOT NULL PRIMARY KEY,
  text_value VARCHAR(2000) NOT NULL
);

CREATE TABLE topic_revision (
  topic    VARCHAR(20) NOT NULL PRIMARY KEY,
  revision BIGINT      NOT NULL
);
INSERT INTO topic_revision (topic, revision) VALUES ('ACCOUNTS', 0);
INSERT INTO topic_revision (topic, revision) VALUES ('DEVICES', 0);
INSERT INTO topic_revision (topic, revision) VALUES ('MANIFESTS', 0);
INSERT INTO topic_revision (topic, revision) VALUES ('NETWORKS', 0);

-- Rows that were deleted, so that a snapshot that reads only what is newer than its revision learns of it.
CREATE TABLE deleted_row (
  topic    VARCHAR(20)  NOT NULL,
  row_key  VARCHAR(200) NOT NULL,
  revision BIGINT       NOT NULL,
  PRIMARY KEY (topic, row_key)
);
CREATE INDEX deleted_row_revision ON deleted_row (topic, revision);

CREATE TABLE instance (
  id       VARCHAR(36) NOT NULL PRIMARY KEY,
  alive_at TIMESTAMP WITH TIME ZONE NOT NULL
);
