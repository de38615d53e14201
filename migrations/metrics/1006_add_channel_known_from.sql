-- The place in the order of knowledge from which on answers know a channel; 0 is always.
-- migrate:up
ALTER TABLE channels ADD COLUMN known_from BIGINT NOT NULL DEFAULT 0 AFTER paid;

-- migrate:down
ALTER TABLE channels DROP COLUMN known_from;
