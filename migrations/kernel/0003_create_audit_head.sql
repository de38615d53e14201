-- migrate:up
CREATE TABLE audit_head (
  tenant_id BINARY(16) NOT NULL,
  seq BIGINT NOT NULL,
  entry_hash BINARY(32) NOT NULL,
  PRIMARY KEY (tenant_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE audit_head;
