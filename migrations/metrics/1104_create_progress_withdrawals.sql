-- Batches whose progress no longer counts, because the import that sent them was undone, and the batch
-- of the undo: before it, the progress still counts.
-- migrate:up
CREATE TABLE progress_withdrawals (
  tenant_id BINARY(16) NOT NULL,
  batch_id BINARY(16) NOT NULL,
  withdrawn_by BINARY(16) NOT NULL,
  PRIMARY KEY (tenant_id, batch_id, withdrawn_by)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE progress_withdrawals;
