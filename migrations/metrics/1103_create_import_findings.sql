-- What was found in the rows of a file.
-- migrate:up
CREATE TABLE import_findings (
  tenant_id BINARY(16) NOT NULL,
  import_id BINARY(16) NOT NULL,
  row_index BIGINT NOT NULL,
  kind TINYINT NOT NULL,
  ordinal BIGINT NOT NULL,
  line BIGINT NOT NULL,
  column_name VARCHAR(256) NOT NULL,
  cell VARCHAR(200) NOT NULL,
  reason VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message VARCHAR(400) NOT NULL,
  PRIMARY KEY (tenant_id, import_id, row_index, kind, ordinal),
  CONSTRAINT import_findings_import FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE import_findings;
