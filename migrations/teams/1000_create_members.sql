-- migrate:up
CREATE TABLE members (
  tenant_id BINARY(16) NOT NULL,
  id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  uid BINARY(16) NOT NULL,
  display_name VARCHAR(200) NOT NULL,
  membership_id BINARY(16) NULL,
  joined_day BIGINT NOT NULL,
  left_day BIGINT NULL,
  version BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE KEY members_by_membership (tenant_id, membership_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE members;
