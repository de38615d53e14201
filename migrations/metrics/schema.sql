-- The sum of migrations/kernel and migrations/metrics, as MariaDB shows it. ./dev golden writes it; nobody else does.

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

CREATE TABLE `campaigns` (
  `tenant_id` binary(16) NOT NULL,
  `id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `channel_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `display_name` varchar(100) NOT NULL,
  `version` bigint(20) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`),
  KEY `campaigns_by_channel` (`tenant_id`,`channel_id`,`id`),
  CONSTRAINT `campaigns_channel` FOREIGN KEY (`tenant_id`, `channel_id`) REFERENCES `channels` (`tenant_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `channels` (
  `tenant_id` binary(16) NOT NULL,
  `id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `display_name` varchar(100) NOT NULL,
  `kind` tinyint(4) NOT NULL,
  `paid` tinyint(4) NOT NULL,
  `known_from` bigint(20) NOT NULL DEFAULT 0,
  `version` bigint(20) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `facts` (
  `tenant_id` binary(16) NOT NULL,
  `kind` tinyint(4) NOT NULL,
  `occurred_at` bigint(20) NOT NULL,
  `id` binary(16) NOT NULL,
  `revision` bigint(20) NOT NULL,
  `batch_id` binary(16) NOT NULL,
  `source` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `source_event_id` varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `capture` tinyint(4) NOT NULL,
  `import_id` binary(16) DEFAULT NULL,
  `channel_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `campaign_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `member_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `acting_role` tinyint(4) NOT NULL,
  `team_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `payload_hash` binary(32) NOT NULL,
  `payload` varbinary(4096) NOT NULL,
  PRIMARY KEY (`tenant_id`,`kind`,`occurred_at`,`id`,`revision`),
  UNIQUE KEY `facts_by_id` (`tenant_id`,`id`,`revision`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `fact_batches` (
  `tenant_id` binary(16) NOT NULL,
  `id` binary(16) NOT NULL,
  `knowledge_seq` bigint(20) NOT NULL,
  `recorded_at` bigint(20) NOT NULL,
  `accepted` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`),
  UNIQUE KEY `fact_batches_by_seq` (`tenant_id`,`knowledge_seq`),
  UNIQUE KEY `fact_batches_by_time` (`tenant_id`,`recorded_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `fact_head` (
  `tenant_id` binary(16) NOT NULL,
  `knowledge_seq` bigint(20) NOT NULL,
  `recorded_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `imports` (
  `tenant_id` binary(16) NOT NULL,
  `id` binary(16) NOT NULL,
  `file_name` varchar(256) NOT NULL,
  `preset` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `mapping` mediumblob NOT NULL,
  `policy` tinyint(4) NOT NULL,
  `size_bytes` bigint(20) NOT NULL,
  `content_sha256` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `state` tinyint(4) NOT NULL,
  `uploaded_bytes` bigint(20) NOT NULL,
  `row_count` bigint(20) NOT NULL,
  `validated_rows` bigint(20) NOT NULL,
  `committed_rows` bigint(20) NOT NULL,
  `undone_rows` bigint(20) NOT NULL,
  `validated` varbinary(128) NOT NULL,
  `committed` varbinary(128) NOT NULL,
  `undone` varbinary(128) NOT NULL,
  `findings_left_out` bigint(20) NOT NULL,
  `version` bigint(20) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `import_blocks` (
  `tenant_id` binary(16) NOT NULL,
  `import_id` binary(16) NOT NULL,
  `first_row` bigint(20) NOT NULL,
  `row_count` bigint(20) NOT NULL,
  `line` bigint(20) NOT NULL,
  `byte_offset` bigint(20) NOT NULL,
  `validated` varbinary(128) NOT NULL,
  `committed` varbinary(128) NOT NULL,
  `undone` varbinary(128) NOT NULL,
  `findings_left_out` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`import_id`,`first_row`),
  CONSTRAINT `import_blocks_import` FOREIGN KEY (`tenant_id`, `import_id`) REFERENCES `imports` (`tenant_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `import_findings` (
  `tenant_id` binary(16) NOT NULL,
  `import_id` binary(16) NOT NULL,
  `row_index` bigint(20) NOT NULL,
  `kind` tinyint(4) NOT NULL,
  `ordinal` bigint(20) NOT NULL,
  `line` bigint(20) NOT NULL,
  `column_name` varchar(256) NOT NULL,
  `cell` varchar(200) NOT NULL,
  `reason` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `message` varchar(400) NOT NULL,
  PRIMARY KEY (`tenant_id`,`import_id`,`row_index`,`kind`,`ordinal`),
  CONSTRAINT `import_findings_import` FOREIGN KEY (`tenant_id`, `import_id`) REFERENCES `imports` (`tenant_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `import_parts` (
  `tenant_id` binary(16) NOT NULL,
  `import_id` binary(16) NOT NULL,
  `byte_offset` bigint(20) NOT NULL,
  `size_bytes` bigint(20) NOT NULL,
  `content` mediumblob NOT NULL,
  PRIMARY KEY (`tenant_id`,`import_id`,`byte_offset`),
  CONSTRAINT `import_parts_import` FOREIGN KEY (`tenant_id`, `import_id`) REFERENCES `imports` (`tenant_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `progress_withdrawals` (
  `tenant_id` binary(16) NOT NULL,
  `batch_id` binary(16) NOT NULL,
  `withdrawn_by` binary(16) NOT NULL,
  PRIMARY KEY (`tenant_id`,`batch_id`,`withdrawn_by`)
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

CREATE TABLE `source_progress` (
  `tenant_id` binary(16) NOT NULL,
  `source` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `kind` tinyint(4) NOT NULL,
  `batch_id` binary(16) NOT NULL,
  `reached` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`source`,`kind`,`batch_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

