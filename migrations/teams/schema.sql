-- The sum of migrations/kernel and migrations/teams, as MariaDB shows it. ./dev golden writes it; nobody else does.

CREATE TABLE `audit` (
  `tenant_id` binary(16) NOT NULL,
  `seq` bigint(20) NOT NULL,
  `recorded_at_us` bigint(20) NOT NULL,
  `actor` varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `method` varchar(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `resource` varchar(512) NOT NULL,
  `decision` tinyint(4) NOT NULL,
  `reason` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `request_id` binary(16) NOT NULL,
  `call_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `trace_id` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `reply_digest` varbinary(32) NOT NULL,
  `notes` varbinary(8192) NOT NULL,
  `prev_hash` binary(32) NOT NULL,
  `entry_hash` binary(32) NOT NULL,
  PRIMARY KEY (`tenant_id`,`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `audit_head` (
  `tenant_id` binary(16) NOT NULL,
  `seq` bigint(20) NOT NULL,
  `entry_hash` binary(32) NOT NULL,
  PRIMARY KEY (`tenant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `members` (
  `tenant_id` binary(16) NOT NULL,
  `id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `uid` binary(16) NOT NULL,
  `display_name` varchar(200) NOT NULL,
  `membership_id` binary(16) DEFAULT NULL,
  `joined_day` bigint(20) NOT NULL,
  `left_day` bigint(20) DEFAULT NULL,
  `version` bigint(20) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`),
  UNIQUE KEY `members_by_membership` (`tenant_id`,`membership_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `request_log` (
  `tenant_id` binary(16) NOT NULL,
  `principal` varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `method` varchar(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `request_id` binary(16) NOT NULL,
  `payload_hash` binary(32) NOT NULL,
  `reply_state` varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `reply` mediumblob DEFAULT NULL,
  `created_at_us` bigint(20) NOT NULL,
  `expires_at_us` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`principal`,`method`,`request_id`),
  KEY `request_log_expiry` (`tenant_id`,`expires_at_us`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `role_assignments` (
  `tenant_id` binary(16) NOT NULL,
  `id` binary(16) NOT NULL,
  `member_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `team_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `role` bigint(20) NOT NULL,
  `start_day` bigint(20) NOT NULL,
  `end_day` bigint(20) DEFAULT NULL,
  `share_ppm` bigint(20) NOT NULL,
  `version` bigint(20) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`),
  KEY `role_assignments_by_member` (`tenant_id`,`member_id`,`start_day`),
  KEY `role_assignments_by_team` (`tenant_id`,`team_id`,`start_day`),
  CONSTRAINT `role_assignments_member` FOREIGN KEY (`tenant_id`, `member_id`) REFERENCES `members` (`tenant_id`, `id`),
  CONSTRAINT `role_assignments_team` FOREIGN KEY (`tenant_id`, `team_id`) REFERENCES `teams` (`tenant_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `stage_evaluations` (
  `tenant_id` binary(16) NOT NULL,
  `id` binary(16) NOT NULL,
  `cut_day` bigint(20) NOT NULL,
  `inputs` mediumblob NOT NULL,
  `evidence` mediumblob NOT NULL,
  `evidence_digest` binary(32) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `teams` (
  `tenant_id` binary(16) NOT NULL,
  `id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `uid` binary(16) NOT NULL,
  `display_name` varchar(200) NOT NULL,
  `kind` bigint(20) NOT NULL,
  `lead_member_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `budget_minor` bigint(20) DEFAULT NULL,
  `budget_currency` char(3) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `version` bigint(20) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`),
  KEY `teams_by_lead` (`tenant_id`,`lead_member_id`),
  CONSTRAINT `teams_lead` FOREIGN KEY (`tenant_id`, `lead_member_id`) REFERENCES `members` (`tenant_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

