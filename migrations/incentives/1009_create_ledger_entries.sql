-- migrate:up
CREATE TABLE ledger_entries (
  tenant_id BINARY(16) NOT NULL,
  seq BIGINT NOT NULL,
  lock_no BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  member_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  debit_bucket BIGINT NOT NULL,
  credit_bucket BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  run_uid BINARY(16) NOT NULL,
  statement_uid BINARY(16) NOT NULL,
  line_no BIGINT NOT NULL,
  plan_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  component_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  posting_day BIGINT NOT NULL,
  origin_day BIGINT NOT NULL,
  period_version BIGINT NOT NULL,
  idempotency_key BINARY(32) NOT NULL,
  posted_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, seq),
  UNIQUE KEY ledger_entries_once (tenant_id, idempotency_key),
  KEY ledger_entries_by_member (tenant_id, member_id, seq),
  KEY ledger_entries_by_origin (tenant_id, origin_day, lock_no),
  KEY ledger_entries_by_statement (tenant_id, statement_uid, line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE ledger_entries;
