-- migrate:up
CREATE TABLE stage_evaluations (
  tenant_id BINARY(16) NOT NULL,
  id BINARY(16) NOT NULL,
  cut_day BIGINT NOT NULL,
  inputs MEDIUMBLOB NOT NULL,
  evidence MEDIUMBLOB NOT NULL,
  evidence_digest BINARY(32) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE stage_evaluations;
