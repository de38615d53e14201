-- migrate:up
CREATE TABLE role_assignments (
  tenant_id BINARY(16) NOT NULL,
  id BINARY(16) NOT NULL,
  member_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  team_id VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NULL,
  role BIGINT NOT NULL,
  start_day BIGINT NOT NULL,
  end_day BIGINT NULL,
  share_ppm BIGINT NOT NULL,
  version BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY role_assignments_by_member (tenant_id, member_id, start_day),
  KEY role_assignments_by_team (tenant_id, team_id, start_day),
  CONSTRAINT role_assignments_member FOREIGN KEY (tenant_id, member_id) REFERENCES members (tenant_id, id),
  CONSTRAINT role_assignments_team FOREIGN KEY (tenant_id, team_id) REFERENCES teams (tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE role_assignments;
