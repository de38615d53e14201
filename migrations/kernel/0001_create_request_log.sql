-- migrate:up
CREATE TABLE request_log (
  tenant_id BINARY(16) NOT NULL,
  principal VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  method VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_id BINARY(16) NOT NULL,
  payload_hash BINARY(32) NOT NULL,
  reply_state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reply MEDIUMBLOB NULL,
  created_at_us BIGINT NOT NULL,
  expires_at_us BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, principal, method, request_id),
  KEY request_log_expiry (tenant_id, expires_at_us)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE request_log;
