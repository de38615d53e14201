// Every statement of the kernel. Private to tenants/: what is bound to them is a tenant's own key.
#ifndef ARGOSY_TENANTS_QUERIES_H_
#define ARGOSY_TENANTS_QUERIES_H_

#include <array>

#include "storage/query.h"

namespace argosy::tenants {

using storage::Query;

// The audit chain.

inline constexpr Query kLockAuditHead{"kernel.audit.lock_head", R"sql(
    SELECT h.seq, h.entry_hash FROM audit_head h WHERE h.tenant_id = ? FOR UPDATE)sql"};

inline constexpr Query kReadAuditHead{"kernel.audit.read_head", R"sql(
    SELECT h.seq, h.entry_hash FROM audit_head h WHERE h.tenant_id = ?)sql"};

inline constexpr Query kAddAuditHead{"kernel.audit.add_head", R"sql(
    INSERT INTO audit_head (tenant_id, seq, entry_hash) VALUES (?, ?, ?))sql"};

inline constexpr Query kMoveAuditHead{"kernel.audit.move_head", R"sql(
    UPDATE audit_head h SET h.seq = ?, h.entry_hash = ? WHERE h.tenant_id = ? AND h.seq = ?)sql"};

inline constexpr Query kAppendAudit{"kernel.audit.append", R"sql(
    INSERT INTO audit (tenant_id, seq, recorded_at_us, actor, method, resource, decision, reason,
                       request_id, call_id, trace_id, reply_digest, notes, prev_hash, entry_hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kListAudit{"kernel.audit.list", R"sql(
    SELECT a.seq, a.recorded_at_us, a.actor, a.method, a.resource, a.decision, a.reason,
           a.request_id, a.call_id, a.trace_id, a.reply_digest, a.notes, a.entry_hash
    FROM audit a WHERE a.tenant_id = ? AND a.seq > ? ORDER BY a.seq LIMIT ?)sql"};

// The request log.

inline constexpr Query kClaimRequest{"kernel.request.claim", R"sql(
    INSERT INTO request_log (tenant_id, principal, method, request_id, payload_hash, reply_state,
                             created_at_us, expires_at_us)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kFindRequest{"kernel.request.find", R"sql(
    SELECT r.payload_hash, r.reply_state, r.reply, r.expires_at_us FROM request_log r
    WHERE r.tenant_id = ? AND r.principal = ? AND r.method = ? AND r.request_id = ?)sql"};

inline constexpr Query kReclaimRequest{"kernel.request.reclaim", R"sql(
    UPDATE request_log r
    SET r.payload_hash = ?, r.reply_state = ?, r.reply = NULL, r.created_at_us = ?,
        r.expires_at_us = ?
    WHERE r.tenant_id = ? AND r.principal = ? AND r.method = ? AND r.request_id = ?
      AND r.expires_at_us = ?)sql"};

inline constexpr Query kStoreReply{"kernel.request.store", R"sql(
    UPDATE request_log r SET r.reply_state = ?, r.reply = ?
    WHERE r.tenant_id = ? AND r.principal = ? AND r.method = ? AND r.request_id = ?)sql"};

// The limit keeps the locks of one housekeeping few.
inline constexpr Query kForgetRequests{"kernel.request.forget", R"sql(
    DELETE FROM request_log WHERE tenant_id = ? AND expires_at_us <= ?
    ORDER BY expires_at_us LIMIT 256)sql"};

// The directory of tenants, in the schema of the tenancy service.

inline constexpr Query kFindEntryById{"kernel.directory.by_id", R"sql(
    SELECT t.tenant_id, t.id, t.kind, t.state, t.time_zone, t.currency, t.epoch
    FROM tenants t WHERE t.id = ?)sql"};

inline constexpr Query kFindEntryByUid{"kernel.directory.by_uid", R"sql(
    SELECT t.tenant_id, t.id, t.kind, t.state, t.time_zone, t.currency, t.epoch
    FROM tenants t WHERE t.tenant_id = ?)sql"};

// Every statement above, for the checks.
inline constexpr std::array kKernelQueries{
    kLockAuditHead,  kReadAuditHead, kAddAuditHead,  kMoveAuditHead,  kAppendAudit,
    kListAudit,      kClaimRequest,  kFindRequest,   kReclaimRequest, kStoreReply,
    kForgetRequests, kFindEntryById, kFindEntryByUid};

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_QUERIES_H_
