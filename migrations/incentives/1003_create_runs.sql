-- migrate:up
CREATE TABLE runs (
  tenant_id BINARY(16) NOT NULL,
  uid BINARY(16) NOT NULL,
  month_day BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  state BIGINT NOT NULL,
  as_of BIGINT NOT NULL,
  knowledge_seq BIGINT NOT NULL,
  event_cut BIGINT NOT NULL,
  time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  roster_digest BINARY(32) NOT NULL,
  ledger_version BIGINT NOT NULL,
  period_version BIGINT NOT NULL,
  digest BINARY(32) NOT NULL,
  payee_count BIGINT NOT NULL,
  line_count BIGINT NOT NULL,
  credit_count BIGINT NOT NULL,
  summary MEDIUMBLOB NOT NULL,
  created_at BIGINT NOT NULL,
  approved_at BIGINT NULL,
  locked_at BIGINT NULL,
  version BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, uid),
  KEY runs_by_month (tenant_id, state, month_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE runs;
