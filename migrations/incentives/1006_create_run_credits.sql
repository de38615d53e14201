-- migrate:up
CREATE TABLE run_credits (
  tenant_id BINARY(16) NOT NULL,
  run_uid BINARY(16) NOT NULL,
  line_no BIGINT NOT NULL,
  chunk_no BIGINT NOT NULL,
  credit_count BIGINT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, run_uid, line_no, chunk_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE run_credits;
