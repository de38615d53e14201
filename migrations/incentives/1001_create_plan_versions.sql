-- migrate:up
CREATE TABLE plan_versions (
  tenant_id BINARY(16) NOT NULL,
  uid BINARY(16) NOT NULL,
  plan_uid BINARY(16) NOT NULL,
  ordinal BIGINT NOT NULL,
  state BIGINT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  content_hash BINARY(32) NOT NULL,
  starts_day BIGINT NULL,
  ends_day BIGINT NULL,
  created_at BIGINT NOT NULL,
  published_at BIGINT NULL,
  version BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, uid),
  UNIQUE KEY plan_versions_by_ordinal (tenant_id, plan_uid, ordinal),
  KEY plan_versions_by_state (tenant_id, state, starts_day),
  CONSTRAINT plan_versions_plan FOREIGN KEY (tenant_id, plan_uid) REFERENCES plans (tenant_id, uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE plan_versions;
