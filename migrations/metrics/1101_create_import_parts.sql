-- The bytes of a file, as they were uploaded; kept, because undoing reads the rows again.
-- migrate:up
CREATE TABLE import_parts (
  tenant_id BINARY(16) NOT NULL,
  import_id BINARY(16) NOT NULL,
  byte_offset BIGINT NOT NULL,
  size_bytes BIGINT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, import_id, byte_offset),
  CONSTRAINT import_parts_import FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE import_parts;
