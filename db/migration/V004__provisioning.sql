-- Devices, versioned manifests, runs of devices through a manifest, and what happened in them.
CREATE TABLE device (
  hardware_address VARCHAR(60)  NOT NULL PRIMARY KEY,
  name             VARCHAR(100) NOT NULL,
  address          VARCHAR(45)  UNIQUE,
  manifest         VARCHAR(64),
  boot_file        VARCHAR(512),
  enabled          BOOLEAN      NOT NULL,
  variables        VARCHAR(20000) NOT NULL,
  options          VARCHAR(20000) NOT NULL,
  revision         BIGINT       NOT NULL
);
CREATE INDEX device_revision ON device (revision);
CREATE INDEX device_manifest ON device (manifest);

CREATE TABLE manifest (
  name     VARCHAR(64) NOT NULL PRIMARY KEY,
  version  INTEGER     NOT NULL,
  revision BIGINT      NOT NULL
);
CREATE INDEX manifest_revision ON manifest (revision);

-- A version is never changed after it was made: a run is pinned to one. Kept when the manifest is deleted.
CREATE TABLE manifest_version (
  name        VARCHAR(64)  NOT NULL,
  version     INTEGER      NOT NULL,
  account_id  UUID,
  content     TEXT         NOT NULL,
  created_at  TIMESTAMP WITH TIME ZONE NOT NULL,
  created_by  VARCHAR(200) NOT NULL,
  PRIMARY KEY (name, version)
);

CREATE TABLE device_run (
  id               UUID        NOT NULL PRIMARY KEY,
  hardware_address VARCHAR(60) NOT NULL,
  manifest         VARCHAR(64) NOT NULL,
  version          INTEGER     NOT NULL,
  delivered_steps  INTEGER     NOT NULL,
  state            VARCHAR(16) NOT NULL,
  end_reason       VARCHAR(40),
  started_at       TIMESTAMP WITH TIME ZONE NOT NULL,
  last_seen        TIMESTAMP WITH TIME ZONE NOT NULL,
  ended_at         TIMESTAMP WITH TIME ZONE
);
CREATE INDEX device_run_device ON device_run (hardware_address, started_at);
CREATE INDEX device_run_state ON device_run (state);

CREATE TABLE run_event (
  id               UUID        NOT NULL PRIMARY KEY,
  run_id           UUID,
  hardware_address VARCHAR(60) NOT NULL,
  at               TIMESTAMP WITH TIME ZONE NOT NULL,
  last_at          TIMESTAMP WITH TIME ZONE NOT NULL,
  protocol         VARCHAR(10) NOT NULL,
  kind             VARCHAR(30) NOT NULL,
  path             VARCHAR(1100),
  bytes            BIGINT,
  repeats          BIGINT      NOT NULL,
  reason           VARCHAR(300)
);
CREATE INDEX run_event_run ON run_event (run_id);
CREATE INDEX run_event_device ON run_event (hardware_address, last_at);

CREATE TABLE unknown_device (
  hardware_address VARCHAR(60) NOT NULL PRIMARY KEY,
  first_seen       TIMESTAMP WITH TIME ZONE NOT NULL,
  last_seen        TIMESTAMP WITH TIME ZONE NOT NULL,
  requests         BIGINT      NOT NULL,
  seen_from        VARCHAR(64) NOT NULL
);
CREATE INDEX unknown_device_last_seen ON unknown_device (last_seen);
