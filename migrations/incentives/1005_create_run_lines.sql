-- migrate:up
CREATE TABLE run_lines (
  tenant_id BINARY(16) NOT NULL,
  run_uid BINARY(16) NOT NULL,
  line_no BIGINT NOT NULL,
  member_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_line_no BIGINT NOT NULL,
  plan_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_version_uid BINARY(16) NOT NULL,
  content_hash BINARY(32) NOT NULL,
  component_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_day BIGINT NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  base_minor BIGINT NOT NULL,
  earned_minor BIGINT NOT NULL,
  posted_minor BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL,
  credit_count BIGINT NOT NULL,
  credits_digest BINARY(32) NOT NULL,
  PRIMARY KEY (tenant_id, run_uid, line_no),
  UNIQUE KEY run_lines_by_payee (tenant_id, run_uid, member_id, payee_line_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE run_lines;
