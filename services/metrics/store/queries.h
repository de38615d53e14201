// Every statement on channels and facts. Those of imports stand in import_queries.h.
#ifndef ARGOSY_SERVICES_METRICS_STORE_QUERIES_H_
#define ARGOSY_SERVICES_METRICS_STORE_QUERIES_H_

#include <array>
#include <cstddef>

#include "storage/query.h"

namespace argosy::metrics {

using storage::Query;

// Channels and campaigns.

inline constexpr Query kFindChannel{"metrics.channel.find", R"sql(
    SELECT c.id, c.display_name, c.kind, c.paid, c.version, c.created_at, c.updated_at
    FROM channels c WHERE c.tenant_id = :tenant AND c.id = ?)sql"};

inline constexpr Query kListChannels{"metrics.channel.list", R"sql(
    SELECT c.id, c.display_name, c.kind, c.paid, c.version, c.created_at, c.updated_at
    FROM channels c WHERE c.tenant_id = :tenant AND c.id > ? ORDER BY c.id LIMIT ?)sql"};

inline constexpr Query kListChannelsKnown{"metrics.channel.list_known", R"sql(
    SELECT c.id, c.display_name, c.kind, c.paid, c.version, c.created_at, c.updated_at
    FROM channels c WHERE c.tenant_id = :tenant AND c.known_from <= ? ORDER BY c.id LIMIT ?)sql"};

inline constexpr Query kCountChannels{"metrics.channel.count", R"sql(
    SELECT COUNT(c.id) FROM channels c WHERE c.tenant_id = :tenant)sql"};

inline constexpr Query kInsertChannel{"metrics.channel.insert", R"sql(
    INSERT INTO channels (tenant_id, id, display_name, kind, paid, known_from, version, created_at,
                          updated_at)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kUpdateChannel{"metrics.channel.update", R"sql(
    UPDATE channels c SET c.display_name = ?, c.version = ?, c.updated_at = ?
    WHERE c.tenant_id = :tenant AND c.id = ? AND c.version = ?)sql"};

inline constexpr Query kFindCampaign{"metrics.campaign.find", R"sql(
    SELECT c.id, c.channel_id, c.display_name, c.version, c.created_at, c.updated_at
    FROM campaigns c WHERE c.tenant_id = :tenant AND c.id = ?)sql"};

inline constexpr Query kListCampaigns{"metrics.campaign.list", R"sql(
    SELECT c.id, c.channel_id, c.display_name, c.version, c.created_at, c.updated_at
    FROM campaigns c WHERE c.tenant_id = :tenant AND c.id > ? ORDER BY c.id LIMIT ?)sql"};

inline constexpr Query kListCampaignsOfChannel{"metrics.campaign.list_of_channel", R"sql(
    SELECT c.id, c.channel_id, c.display_name, c.version, c.created_at, c.updated_at
    FROM campaigns c WHERE c.tenant_id = :tenant AND c.channel_id = ? AND c.id > ?
    ORDER BY c.id LIMIT ?)sql"};

inline constexpr Query kCountCampaigns{"metrics.campaign.count", R"sql(
    SELECT COUNT(c.id) FROM campaigns c WHERE c.tenant_id = :tenant)sql"};

inline constexpr Query kInsertCampaign{"metrics.campaign.insert", R"sql(
    INSERT INTO campaigns (tenant_id, id, channel_id, display_name, version, created_at, updated_at)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kUpdateCampaign{"metrics.campaign.update", R"sql(
    UPDATE campaigns c SET c.display_name = ?, c.version = ?, c.updated_at = ?
    WHERE c.tenant_id = :tenant AND c.id = ? AND c.version = ?)sql"};

// The order of knowledge.

inline constexpr Query kFindHead{"metrics.knowledge.find_head", R"sql(
    SELECT h.knowledge_seq, h.recorded_at FROM fact_head h WHERE h.tenant_id = :tenant)sql"};

inline constexpr Query kLockHead{"metrics.knowledge.lock_head", R"sql(
    SELECT h.knowledge_seq, h.recorded_at FROM fact_head h WHERE h.tenant_id = :tenant
    FOR UPDATE)sql"};

// Waits for a batch that is being recorded, so that nothing can still be recorded before now.
inline constexpr Query kAwaitHead{"metrics.knowledge.await_head", R"sql(
    SELECT h.knowledge_seq, h.recorded_at FROM fact_head h WHERE h.tenant_id = :tenant
    LOCK IN SHARE MODE)sql"};

// Leaves a head that another made meanwhile as it is, locked.
inline constexpr Query kEnsureHead{"metrics.knowledge.ensure_head", R"sql(
    INSERT INTO fact_head (tenant_id, knowledge_seq, recorded_at) VALUES (:tenant, 0, 0)
    ON DUPLICATE KEY UPDATE knowledge_seq = knowledge_seq)sql"};

inline constexpr Query kAdvanceHead{"metrics.knowledge.advance_head", R"sql(
    UPDATE fact_head h SET h.knowledge_seq = ?, h.recorded_at = ?
    WHERE h.tenant_id = :tenant AND h.knowledge_seq = ?)sql"};

inline constexpr Query kInsertBatch{"metrics.knowledge.insert_batch", R"sql(
    INSERT INTO fact_batches (tenant_id, id, knowledge_seq, recorded_at, accepted)
    VALUES (:tenant, ?, ?, ?, ?))sql"};

inline constexpr Query kFindBatchByTime{"metrics.knowledge.find_by_time", R"sql(
    SELECT b.knowledge_seq, b.recorded_at FROM fact_batches b
    WHERE b.tenant_id = :tenant AND b.recorded_at <= ?
    ORDER BY b.recorded_at DESC LIMIT 1)sql"};

inline constexpr Query kFindBatchBySequence{"metrics.knowledge.find_by_sequence", R"sql(
    SELECT b.knowledge_seq, b.recorded_at FROM fact_batches b
    WHERE b.tenant_id = :tenant AND b.knowledge_seq = ?)sql"};

inline constexpr Query kInsertProgress{"metrics.progress.insert", R"sql(
    INSERT INTO source_progress (tenant_id, source, kind, batch_id, reached))sql"};

inline constexpr Query kInsertWithdrawals{"metrics.progress.withdraw", R"sql(
    INSERT INTO progress_withdrawals (tenant_id, batch_id, withdrawn_by))sql"};

inline constexpr Query kListProgress{"metrics.progress.list", R"sql(
    SELECT p.source, p.kind, MAX(p.reached)
    FROM source_progress p
    JOIN fact_batches b ON b.tenant_id = :tenant AND b.id = p.batch_id
    WHERE p.tenant_id = :tenant AND b.knowledge_seq <= ?
      AND NOT EXISTS (
        SELECT w.batch_id FROM progress_withdrawals w
        JOIN fact_batches u ON u.tenant_id = :tenant AND u.id = w.withdrawn_by
        WHERE w.tenant_id = :tenant AND w.batch_id = p.batch_id AND u.knowledge_seq <= ?)
    GROUP BY p.source, p.kind ORDER BY p.source, p.kind LIMIT ?)sql"};

// Facts.

inline constexpr Query kInsertFacts{"metrics.fact.insert", R"sql(
    INSERT INTO facts (tenant_id, kind, occurred_at, id, revision, batch_id, source,
                       source_event_id, capture, import_id, channel_id, campaign_id, member_id,
                       acting_role, team_id, payload_hash, payload))sql"};

inline constexpr Query kFactHistory{"metrics.fact.history", R"sql(
    SELECT f.kind, f.occurred_at, f.id, f.revision, f.source, f.source_event_id, f.capture,
           f.import_id, f.channel_id, f.campaign_id, f.member_id, f.acting_role, f.team_id,
           f.payload, b.knowledge_seq, b.recorded_at
    FROM facts f
    JOIN fact_batches b ON b.tenant_id = :tenant AND b.id = f.batch_id
    WHERE f.tenant_id = :tenant AND f.id = ? AND f.revision > ?
    ORDER BY f.revision LIMIT ?)sql"};

// Survivors of one kind that occurred in [from, to), after (occurred_at, id), as known at a
// sequence: no higher revision of theirs was known then. The join begins at the facts, whose order
// is the answer's.
inline constexpr Query kListSurvivors{"metrics.fact.list_survivors", R"sql(
    SELECT f.kind, f.occurred_at, f.id, f.revision, f.source, f.source_event_id, f.capture,
           f.import_id, f.channel_id, f.campaign_id, f.member_id, f.acting_role, f.team_id,
           f.payload, b.knowledge_seq, b.recorded_at
    FROM facts f
    STRAIGHT_JOIN fact_batches b ON b.tenant_id = :tenant AND b.id = f.batch_id
    WHERE f.tenant_id = :tenant AND f.kind = ? AND f.occurred_at >= ? AND f.occurred_at < ?
      AND (f.occurred_at > ? OR f.id > ?) AND b.knowledge_seq <= ?
      AND NOT EXISTS (
        SELECT n.revision FROM facts n
        STRAIGHT_JOIN fact_batches m ON m.tenant_id = :tenant AND m.id = n.batch_id
        WHERE n.tenant_id = :tenant AND n.id = f.id AND n.revision > f.revision
          AND m.knowledge_seq <= ?)
    ORDER BY f.occurred_at, f.id LIMIT ?)sql"};

inline constexpr Query kListSurvivorsOfMember{"metrics.fact.list_survivors_of_member", R"sql(
    SELECT f.kind, f.occurred_at, f.id, f.revision, f.source, f.source_event_id, f.capture,
           f.import_id, f.channel_id, f.campaign_id, f.member_id, f.acting_role, f.team_id,
           f.payload, b.knowledge_seq, b.recorded_at
    FROM facts f
    STRAIGHT_JOIN fact_batches b ON b.tenant_id = :tenant AND b.id = f.batch_id
    WHERE f.tenant_id = :tenant AND f.kind = ? AND f.occurred_at >= ? AND f.occurred_at < ?
      AND (f.occurred_at > ? OR f.id > ?) AND b.knowledge_seq <= ? AND f.member_id = ?
      AND NOT EXISTS (
        SELECT n.revision FROM facts n
        STRAIGHT_JOIN fact_batches m ON m.tenant_id = :tenant AND m.id = n.batch_id
        WHERE n.tenant_id = :tenant AND n.id = f.id AND n.revision > f.revision
          AND m.knowledge_seq <= ?)
    ORDER BY f.occurred_at, f.id LIMIT ?)sql"};

// `head`, `count` placeholders separated by commas, `tail`: the text of a statement with a list.
template <size_t kCount, size_t kHead, size_t kTail>
constexpr auto WithPlaceholders(const char (&head)[kHead], const char (&tail)[kTail]) {
  std::array<char, kHead - 1 + 2 * kCount - 1 + kTail> sql{};
  size_t at = 0;
  for (size_t i = 0; i + 1 < kHead; ++i) sql[at++] = head[i];
  for (size_t i = 0; i < kCount; ++i) {
    if (i > 0) sql[at++] = ',';
    sql[at++] = '?';
  }
  for (size_t i = 0; i < kTail; ++i) sql[at++] = tail[i];
  return sql;
}

// A statement whose list has a fixed length; a shorter list is filled by repeating its last value.
struct ListQuery {
  size_t length;
  Query query;
};

template <size_t kCount>
inline constexpr auto kFindRevisionsSql = WithPlaceholders<kCount>(
    "SELECT f.id, f.revision, f.payload_hash FROM facts f FORCE INDEX (facts_by_id) "
    "WHERE f.tenant_id = :tenant AND f.id IN (",
    ")");

// Every stored revision of some facts. A few lengths keep the prepared statements few and the
// repetition short. Each id must be looked up: by the statistics of a table that grows, MariaDB may
// read every fact of the tenant instead, unless the index is forced, and always may from 1,000
// values on, which it makes a table of.
inline constexpr std::array kFindRevisions = {
    ListQuery{1, {"metrics.fact.find_revisions_a", kFindRevisionsSql<1>.data()}},
    ListQuery{16, {"metrics.fact.find_revisions_b", kFindRevisionsSql<16>.data()}},
    ListQuery{128, {"metrics.fact.find_revisions_c", kFindRevisionsSql<128>.data()}},
    ListQuery{512, {"metrics.fact.find_revisions_d", kFindRevisionsSql<512>.data()}},
};

template <size_t kCount>
inline constexpr auto kFindCampaignChannelsSql = WithPlaceholders<kCount>(
    "SELECT c.id, c.channel_id FROM campaigns c WHERE c.tenant_id = :tenant AND c.id IN (", ")");

// The channels of the campaigns a batch names.
inline constexpr std::array kFindCampaignChannels = {
    ListQuery{16, {"metrics.campaign.find_channels_a", kFindCampaignChannelsSql<16>.data()}},
    ListQuery{1000, {"metrics.campaign.find_channels_b", kFindCampaignChannelsSql<1000>.data()}},
};

template <size_t kCount>
inline constexpr auto kFindAtRevisionSql = WithPlaceholders<kCount>(
    "SELECT f.kind, f.occurred_at, f.id, f.revision, f.source, f.source_event_id, f.capture, "
    "f.import_id, f.channel_id, f.campaign_id, f.member_id, f.acting_role, f.team_id, f.payload, "
    "b.knowledge_seq, b.recorded_at FROM facts f FORCE INDEX (facts_by_id) "
    "STRAIGHT_JOIN fact_batches b ON b.tenant_id = :tenant AND b.id = f.batch_id "
    "WHERE f.tenant_id = :tenant AND f.revision = ? AND f.id IN (",
    ")");

// One revision, whole, of each of some facts; as kFindRevisions.
inline constexpr std::array kFindAtRevision = {
    ListQuery{16, {"metrics.fact.find_at_revision_a", kFindAtRevisionSql<16>.data()}},
    ListQuery{128, {"metrics.fact.find_at_revision_b", kFindAtRevisionSql<128>.data()}},
};

// Every statement above, for the checks.
inline constexpr std::array kFactQueries = {
    kFindChannel,
    kListChannels,
    kListChannelsKnown,
    kCountChannels,
    kInsertChannel,
    kUpdateChannel,
    kFindCampaign,
    kListCampaigns,
    kListCampaignsOfChannel,
    kCountCampaigns,
    kInsertCampaign,
    kUpdateCampaign,
    kFindHead,
    kLockHead,
    kAwaitHead,
    kEnsureHead,
    kAdvanceHead,
    kInsertBatch,
    kFindBatchByTime,
    kFindBatchBySequence,
    kInsertProgress,
    kListProgress,
    kInsertFacts,
    kFactHistory,
    kListSurvivors,
    kListSurvivorsOfMember,
    kFindRevisions[0].query,
    kFindRevisions[1].query,
    kFindRevisions[2].query,
    kFindRevisions[3].query,
    kFindCampaignChannels[0].query,
    kFindCampaignChannels[1].query,
    kFindAtRevision[0].query,
    kFindAtRevision[1].query,
    kInsertWithdrawals,
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_STORE_QUERIES_H_
