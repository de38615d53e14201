-- migrate:up
CREATE TABLE token_lookup (
  token_id BINARY(16) NOT NULL,
  tenant_id BINARY(16) NOT NULL,
  membership_id BINARY(16) NOT NULL,
  digest BINARY(32) NOT NULL,
  PRIMARY KEY (token_id),
  KEY token_lookup_by_membership (tenant_id, membership_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE token_lookup;
