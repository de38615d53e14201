-- migrate:up
CREATE TABLE run_inputs (
  tenant_id BINARY(16) NOT NULL,
  run_uid BINARY(16) NOT NULL,
  chunk_no BIGINT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, run_uid, chunk_no)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE run_inputs;
