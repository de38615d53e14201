-- migrate:up
CREATE TABLE audit (
  tenant_id BINARY(16) NOT NULL,
  seq BIGINT NOT NULL,
  recorded_at_us BIGINT NOT NULL,
  actor VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  method VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  resource VARCHAR(512) NOT NULL,
  decision TINYINT NOT NULL,
  reason VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_id BINARY(16) NOT NULL,
  call_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  trace_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reply_digest VARBINARY(32) NOT NULL,
  notes VARBINARY(8192) NOT NULL,
  prev_hash BINARY(32) NOT NULL,
  entry_hash BINARY(32) NOT NULL,
  PRIMARY KEY (tenant_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE audit;
