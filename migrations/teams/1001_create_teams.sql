-- migrate:up
CREATE TABLE teams (
  tenant_id BINARY(16) NOT NULL,
  id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  uid BINARY(16) NOT NULL,
  display_name VARCHAR(200) NOT NULL,
  kind BIGINT NOT NULL,
  lead_member_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NULL,
  budget_minor BIGINT NULL,
  budget_currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
  version BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY teams_by_lead (tenant_id, lead_member_id),
  CONSTRAINT teams_lead FOREIGN KEY (tenant_id, lead_member_id) REFERENCES members (tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE teams;
