-- How far each batch took each source: the last occurrence of a kind, or (kind 0) the instant the
-- source declared itself complete through.
-- migrate:up
CREATE TABLE source_progress (
  tenant_id BINARY(16) NOT NULL,
  source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind TINYINT NOT NULL,
  batch_id BINARY(16) NOT NULL,
  reached BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, source, kind, batch_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE source_progress;
