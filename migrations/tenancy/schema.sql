-- The sum of migrations/kernel and migrations/tenancy, as MariaDB shows it. ./dev golden writes it; nobody else does.

CREATE TABLE `api_tokens` (
  `tenant_id` binary(16) NOT NULL,
  `id` binary(16) NOT NULL,
  `membership_id` binary(16) NOT NULL,
  `display_name` varchar(120) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `revoked_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`tenant_id`,`id`),
  KEY `api_tokens_by_membership` (`tenant_id`,`membership_id`),
  CONSTRAINT `api_tokens_of_membership` FOREIGN KEY (`tenant_id`, `membership_id`) REFERENCES `memberships` (`tenant_id`, `id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

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

CREATE TABLE `memberships` (
  `tenant_id` binary(16) NOT NULL,
  `id` binary(16) NOT NULL,
  `principal` varchar(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `access_role` varchar(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `member_id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `version` bigint(20) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`,`id`),
  UNIQUE KEY `memberships_by_principal` (`tenant_id`,`principal`)
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

CREATE TABLE `signing_keys` (
  `kid` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `public_jwk` varchar(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `sealed_jwk` varbinary(1024) NOT NULL,
  `activated_at` bigint(20) NOT NULL,
  `created_at` bigint(20) NOT NULL,
  PRIMARY KEY (`kid`),
  UNIQUE KEY `signing_keys_by_activation` (`activated_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `tenants` (
  `tenant_id` binary(16) NOT NULL,
  `id` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `kind` varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `state` varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `display_name` varchar(120) NOT NULL,
  `time_zone` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `currency` char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `blueprint_name` varchar(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `blueprint_sha256` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `created_by` binary(16) NOT NULL,
  `owner_count` bigint(20) NOT NULL,
  `epoch` bigint(20) NOT NULL,
  `version` bigint(20) unsigned NOT NULL,
  `created_at` bigint(20) NOT NULL,
  `updated_at` bigint(20) NOT NULL,
  PRIMARY KEY (`tenant_id`),
  UNIQUE KEY `tenants_by_id` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `token_lookup` (
  `token_id` binary(16) NOT NULL,
  `tenant_id` binary(16) NOT NULL,
  `membership_id` binary(16) NOT NULL,
  `digest` binary(32) NOT NULL,
  PRIMARY KEY (`token_id`),
  KEY `token_lookup_by_membership` (`tenant_id`,`membership_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

