-- Every revision of every fact. Questions read a kind over a range of occurrence, so that is the
-- order of the rows; an identity is looked up by facts_by_id, which also keeps a revision unique.
-- occurred_at is UTC microseconds, midnight UTC of the civil date for SPEND (1) and TRAFFIC (2).
-- payload holds the canonical bytes of what the kind says; a tombstone has kind 0.
-- migrate:up
CREATE TABLE facts (
  tenant_id BINARY(16) NOT NULL,
  kind TINYINT NOT NULL,
  occurred_at BIGINT NOT NULL,
  id BINARY(16) NOT NULL,
  revision BIGINT NOT NULL,
  batch_id BINARY(16) NOT NULL,
  source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_event_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  capture TINYINT NOT NULL,
  import_id BINARY(16) NULL,
  channel_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  campaign_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  acting_role TINYINT NOT NULL,
  team_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload_hash BINARY(32) NOT NULL,
  payload VARBINARY(4096) NOT NULL,
  PRIMARY KEY (tenant_id, kind, occurred_at, id, revision),
  UNIQUE KEY facts_by_id (tenant_id, id, revision)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE facts;
