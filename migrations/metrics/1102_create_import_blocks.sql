-- Where each thousand rows of a file begins and what has been done with them, so that a step reads
-- its own rows alone and a repeated one answers what it answered.
-- migrate:up
CREATE TABLE import_blocks (
  tenant_id BINARY(16) NOT NULL,
  import_id BINARY(16) NOT NULL,
  first_row BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  line BIGINT NOT NULL,
  byte_offset BIGINT NOT NULL,
  validated VARBINARY(128) NOT NULL,
  committed VARBINARY(128) NOT NULL,
  undone VARBINARY(128) NOT NULL,
  findings_left_out BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, import_id, first_row),
  CONSTRAINT import_blocks_import FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE import_blocks;
