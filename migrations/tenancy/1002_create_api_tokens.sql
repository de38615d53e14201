-- migrate:up
CREATE TABLE api_tokens (
  tenant_id BINARY(16) NOT NULL,
  id BINARY(16) NOT NULL,
  membership_id BINARY(16) NOT NULL,
  display_name VARCHAR(120) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY api_tokens_by_membership (tenant_id, membership_id),
  CONSTRAINT api_tokens_of_membership FOREIGN KEY (tenant_id, membership_id)
    REFERENCES memberships (tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE api_tokens;
