-- The latest batch of each tenant: its row lock is what puts batches in order.
-- migrate:up
CREATE TABLE fact_head (
  tenant_id BINARY(16) NOT NULL,
  knowledge_seq BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE fact_head;
