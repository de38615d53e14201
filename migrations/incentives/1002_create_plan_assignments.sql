-- migrate:up
CREATE TABLE plan_assignments (
  tenant_id BINARY(16) NOT NULL,
  uid BINARY(16) NOT NULL,
  plan_uid BINARY(16) NOT NULL,
  role BIGINT NOT NULL,
  starts_day BIGINT NOT NULL,
  ends_day BIGINT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, uid),
  KEY plan_assignments_by_plan (tenant_id, plan_uid, uid),
  CONSTRAINT plan_assignments_plan FOREIGN KEY (tenant_id, plan_uid) REFERENCES plans (tenant_id, uid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- migrate:down
DROP TABLE plan_assignments;
