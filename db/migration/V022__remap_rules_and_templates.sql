-- Rules that say which file a client gets for the name that it asks for, in their order; and the boot files that
-- are rendered for each device. A mark that was taken away stays as a row: paths are longer than the keys of
-- deleted_row.
CREATE TABLE remap_rule (
  name          VARCHAR(64)   NOT NULL PRIMARY KEY,
  place         INTEGER       NOT NULL,
  pattern       VARCHAR(300)  NOT NULL,
  network       VARCHAR(64),
  device        VARCHAR(50),
  architecture  INTEGER,
  rule_action   VARCHAR(10)   NOT NULL,
  target        VARCHAR(1100) NOT NULL,
  proceed       BOOLEAN       NOT NULL,
  unless_exists BOOLEAN       NOT NULL,
  enabled       BOOLEAN       NOT NULL,
  revision      BIGINT        NOT NULL
);
CREATE INDEX remap_rule_revision ON remap_rule (revision);

CREATE TABLE boot_template (
  path     VARCHAR(1100) NOT NULL PRIMARY KEY,
  marked   BOOLEAN       NOT NULL,
  revision BIGINT        NOT NULL
);
CREATE INDEX boot_template_revision ON boot_template (revision);

INSERT INTO topic_revision (topic, revision) VALUES ('REMAP_RULES', 0);
INSERT INTO topic_revision (topic, revision) VALUES ('TEMPLATES', 0);
