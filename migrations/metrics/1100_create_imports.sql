-- A file on its way to becoming facts. mapping is the contract's message; the counts are canonical
-- bytes, the sums over the import's blocks.
-- migrate:up
CREATE TABLE imports (
  tenant_id BINARY(16) NOT NULL,
  id BINARY(16) NOT NULL,
  file_name VARCHAR(256) NOT NULL,
  preset VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mapping MEDIUMBLOB NOT NULL,
  policy TINYINT NOT NULL,
  size_bytes BIGINT NOT NULL,
  content_sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state TINYINT NOT NULL,
  uploaded_bytes BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  validated_rows BIGINT NOT NULL,
  committed_rows BIGINT NOT NULL,
  undone_rows BIGINT NOT NULL,
  validated VARBINARY(128) NOT NULL,
  committed VARBINARY(128) NOT NULL,
  undone VARBINARY(128) NOT NULL,
  findings_left_out BIGINT NOT NULL,
  version BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE imports;
