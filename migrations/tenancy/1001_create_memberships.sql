-- migrate:up
CREATE TABLE memberships (
  tenant_id BINARY(16) NOT NULL,
  id BINARY(16) NOT NULL,
  principal VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  access_role VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NULL,
  version BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE KEY memberships_by_principal (tenant_id, principal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE memberships;
