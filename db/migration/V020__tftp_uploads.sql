-- Files that came by TFTP into the TFTP area, which count under a quota of their own; its owner is no account.
CREATE TABLE tftp_upload (
  path  VARCHAR(1024) NOT NULL PRIMARY KEY,
  bytes BIGINT        NOT NULL
);

INSERT INTO quota_usage (account_id, used_bytes, used_files)
  VALUES ('00000000-0000-0000-0000-000000000000', 0, 0);
