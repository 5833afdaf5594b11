-- What an account may do, from where and when; groups that say it for many; folders that are shared.
ALTER TABLE account ADD COLUMN member_of VARCHAR(2000) DEFAULT '' NOT NULL;
ALTER TABLE account ADD COLUMN policy TEXT;
UPDATE account SET policy = '{}' WHERE permissions = 'DELETE,LIST,MAKE_FOLDER,OVERWRITE,READ,RENAME,WRITE';
UPDATE account SET policy = '{"permissions":[]}' WHERE permissions = '';
UPDATE account SET policy = '{"permissions":["' || REPLACE(permissions, ',', '","') || '"]}' WHERE policy IS NULL;
ALTER TABLE account ALTER COLUMN policy SET NOT NULL;
ALTER TABLE account DROP COLUMN permissions;

CREATE TABLE account_group (
  name     VARCHAR(64) NOT NULL PRIMARY KEY,
  content  TEXT        NOT NULL,
  revision BIGINT      NOT NULL
);
CREATE INDEX account_group_revision ON account_group (revision);

CREATE TABLE shared_folder (
  name     VARCHAR(64) NOT NULL PRIMARY KEY,
  owner_id UUID        NOT NULL,
  content  TEXT        NOT NULL,
  revision BIGINT      NOT NULL
);
CREATE INDEX shared_folder_revision ON shared_folder (revision);
CREATE INDEX shared_folder_owner ON shared_folder (owner_id);

INSERT INTO topic_revision (topic, revision) VALUES ('GROUPS', 0);
INSERT INTO topic_revision (topic, revision) VALUES ('SHARED_FOLDERS', 0);
