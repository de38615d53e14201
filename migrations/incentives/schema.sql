-- The sum of migrations/kernel and migrations/incentives, as MariaDB shows it. ./dev golden writes it; nobody else does.

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

CREATE TABLE `ledger_entries` (
  `tenant_id` binary(16) NOT NULL,
  `seq` bigint(20) NOT NULL,
  `lock_no` bigint(20) NOT NULL,
  `kind` bigint(20) NOT NULL,
  `member_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `debit_bucket` bigint(20) NOT NULL,
  `credit_bucket` bigint(20) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `run_uid` binary(16) NOT NULL,
  `statement_uid` binary(16) NOT NULL,
  `line_no` bigint(20) NOT NULL,
  `plan_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `component_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `posting_day` bigint(20) NOT NULL,
  `origin_day` bigint(20) NOT NULL,
  `period_version` bigint(20) NOT NULL,
  `idempotency_key` binary(32) NOT NULL,
  `posted_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`seq`),
  UNIQUE KEY `ledger_entries_once` (`tenant_id`,`idempotency_key`),
  KEY `ledger_entries_by_member` (`tenant_id`,`member_id`,`seq`),
  KEY `ledger_entries_by_origin` (`tenant_id`,`origin_day`,`lock_no`),
  KEY `ledger_entries_by_statement` (`tenant_id`,`statement_uid`,`line_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `ledger_heads` (
  `tenant_id` binary(16) NOT NULL,
  `entry_count` bigint(20) NOT NULL,
  `lock_count` bigint(20) NOT NULL,
  `version` bigint(20) unsigned NOT NULL,
  PRIMARY KEY (`tenant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `plans` (
  `tenant_id` binary(16) NOT NULL,
  `uid` binary(16) NOT NULL,
  `id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `display_name` varchar(120) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `version` bigint(20) unsigned NOT NULL,
  PRIMARY KEY (`tenant_id`,`uid`),
  UNIQUE KEY `plans_by_id` (`tenant_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `plan_assignments` (
  `tenant_id` binary(16) NOT NULL,
  `uid` binary(16) NOT NULL,
  `plan_uid` binary(16) NOT NULL,
  `role` bigint(20) NOT NULL,
  `starts_day` bigint(20) NOT NULL,
  `ends_day` bigint(20) DEFAULT NULL,
  `created_at` bigint(20) NOT NULL,
  `version` bigint(20) unsigned NOT NULL,
  PRIMARY KEY (`tenant_id`,`uid`),
  KEY `plan_assignments_by_plan` (`tenant_id`,`plan_uid`,`uid`),
  CONSTRAINT `plan_assignments_plan` FOREIGN KEY (`tenant_id`, `plan_uid`) REFERENCES `plans` (`tenant_id`, `uid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `plan_versions` (
  `tenant_id` binary(16) NOT NULL,
  `uid` binary(16) NOT NULL,
  `plan_uid` binary(16) NOT NULL,
  `ordinal` bigint(20) NOT NULL,
  `state` bigint(20) NOT NULL,
  `content` mediumblob NOT NULL,
  `content_hash` binary(32) NOT NULL,
  `starts_day` bigint(20) DEFAULT NULL,
  `ends_day` bigint(20) DEFAULT NULL,
  `created_at` bigint(20) NOT NULL,
  `published_at` bigint(20) DEFAULT NULL,
  `version` bigint(20) unsigned NOT NULL,
  PRIMARY KEY (`tenant_id`,`uid`),
  UNIQUE KEY `plan_versions_by_ordinal` (`tenant_id`,`plan_uid`,`ordinal`),
  KEY `plan_versions_by_state` (`tenant_id`,`state`,`starts_day`),
  CONSTRAINT `plan_versions_plan` FOREIGN KEY (`tenant_id`, `plan_uid`) REFERENCES `plans` (`tenant_id`, `uid`)
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

CREATE TABLE `runs` (
  `tenant_id` binary(16) NOT NULL,
  `uid` binary(16) NOT NULL,
  `month_day` bigint(20) NOT NULL,
  `kind` bigint(20) NOT NULL,
  `state` bigint(20) NOT NULL,
  `as_of` bigint(20) NOT NULL,
  `knowledge_seq` bigint(20) NOT NULL,
  `event_cut` bigint(20) NOT NULL,
  `time_zone` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `roster_digest` binary(32) NOT NULL,
  `ledger_version` bigint(20) NOT NULL,
  `period_version` bigint(20) NOT NULL,
  `digest` binary(32) NOT NULL,
  `payee_count` bigint(20) NOT NULL,
  `line_count` bigint(20) NOT NULL,
  `credit_count` bigint(20) NOT NULL,
  `summary` mediumblob NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `approved_at` bigint(20) DEFAULT NULL,
  `locked_at` bigint(20) DEFAULT NULL,
  `version` bigint(20) unsigned NOT NULL,
  PRIMARY KEY (`tenant_id`,`uid`),
  KEY `runs_by_month` (`tenant_id`,`state`,`month_day`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `run_credits` (
  `tenant_id` binary(16) NOT NULL,
  `run_uid` binary(16) NOT NULL,
  `line_no` bigint(20) NOT NULL,
  `chunk_no` bigint(20) NOT NULL,
  `credit_count` bigint(20) NOT NULL,
  `content` mediumblob NOT NULL,
  PRIMARY KEY (`tenant_id`,`run_uid`,`line_no`,`chunk_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `run_inputs` (
  `tenant_id` binary(16) NOT NULL,
  `run_uid` binary(16) NOT NULL,
  `chunk_no` bigint(20) NOT NULL,
  `content` mediumblob NOT NULL,
  PRIMARY KEY (`tenant_id`,`run_uid`,`chunk_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `run_lines` (
  `tenant_id` binary(16) NOT NULL,
  `run_uid` binary(16) NOT NULL,
  `line_no` bigint(20) NOT NULL,
  `member_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `payee_line_no` bigint(20) NOT NULL,
  `plan_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `plan_version_uid` binary(16) NOT NULL,
  `content_hash` binary(32) NOT NULL,
  `component_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `origin_day` bigint(20) NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `base_minor` bigint(20) NOT NULL,
  `earned_minor` bigint(20) NOT NULL,
  `posted_minor` bigint(20) NOT NULL,
  `amount_minor` bigint(20) NOT NULL,
  `credit_count` bigint(20) NOT NULL,
  `credits_digest` binary(32) NOT NULL,
  PRIMARY KEY (`tenant_id`,`run_uid`,`line_no`),
  UNIQUE KEY `run_lines_by_payee` (`tenant_id`,`run_uid`,`member_id`,`payee_line_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `statements` (
  `tenant_id` binary(16) NOT NULL,
  `uid` binary(16) NOT NULL,
  `run_uid` binary(16) NOT NULL,
  `member_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `month_day` bigint(20) NOT NULL,
  `period_version` bigint(20) NOT NULL,
  `totals` blob NOT NULL,
  `content` mediumblob NOT NULL,
  `digest` binary(32) NOT NULL,
  `locked_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`uid`),
  UNIQUE KEY `statements_by_run` (`tenant_id`,`run_uid`,`member_id`),
  KEY `statements_by_member` (`tenant_id`,`member_id`,`uid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

