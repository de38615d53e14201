-- migrate:up
CREATE TABLE statements (
  tenant_id BINARY(16) NOT NULL,
  uid BINARY(16) NOT NULL,
  run_uid BINARY(16) NOT NULL,
  member_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month_day BIGINT NOT NULL,
  period_version BIGINT NOT NULL,
  totals BLOB NOT NULL,
  content MEDIUMBLOB NOT NULL,
  digest BINARY(32) NOT NULL,
  locked_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, uid),
  UNIQUE KEY statements_by_run (tenant_id, run_uid, member_id),
  KEY statements_by_member (tenant_id, member_id, uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE statements;
