-- migrate:up
CREATE TABLE signing_keys (
  kid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public_jwk VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sealed_jwk VARBINARY(1024) NOT NULL,
  activated_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (kid),
  UNIQUE KEY signing_keys_by_activation (activated_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE signing_keys;
