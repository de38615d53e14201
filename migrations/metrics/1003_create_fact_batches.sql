-- A batch's place in the order of knowledge. It stands apart from the facts so that they can be
-- written before the head is locked; a fact without its batch cannot be seen.
-- migrate:up
CREATE TABLE fact_batches (
  tenant_id BINARY(16) NOT NULL,
  id BINARY(16) NOT NULL,
  knowledge_seq BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE KEY fact_batches_by_seq (tenant_id, knowledge_seq),
  UNIQUE KEY fact_batches_by_time (tenant_id, recorded_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE fact_batches;
