-- migrate:up
CREATE TABLE ledger_heads (
  tenant_id BINARY(16) NOT NULL,
  entry_count BIGINT NOT NULL,
  lock_count BIGINT NOT NULL,
  version BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE ledger_heads;
