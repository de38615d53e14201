// Every statement on imports.
#ifndef ARGOSY_SERVICES_METRICS_STORE_IMPORT_QUERIES_H_
#define ARGOSY_SERVICES_METRICS_STORE_IMPORT_QUERIES_H_

#include <array>
#include <cstddef>

#include "services/metrics/store/queries.h"
#include "storage/query.h"

namespace argosy::metrics {

inline constexpr Query kInsertImport{"metrics.import.insert", R"sql(
    INSERT INTO imports (tenant_id, id, file_name, preset, mapping, policy, size_bytes,
                         content_sha256, state, uploaded_bytes, row_count, validated_rows,
                         committed_rows, undone_rows, validated, committed, undone,
                         findings_left_out, version, created_at, updated_at)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kUpdateImport{"metrics.import.update", R"sql(
    UPDATE imports i
    SET i.state = ?, i.uploaded_bytes = ?, i.row_count = ?, i.validated_rows = ?,
        i.committed_rows = ?, i.undone_rows = ?, i.validated = ?, i.committed = ?, i.undone = ?,
        i.findings_left_out = ?, i.version = ?, i.updated_at = ?
    WHERE i.tenant_id = :tenant AND i.id = ?)sql"};

inline constexpr Query kFindImport{"metrics.import.find", R"sql(
    SELECT i.id, i.file_name, i.preset, i.mapping, i.policy, i.size_bytes, i.content_sha256,
           i.state, i.uploaded_bytes, i.row_count, i.validated_rows, i.committed_rows,
           i.undone_rows, i.validated, i.committed, i.undone, i.findings_left_out, i.version,
           i.created_at, i.updated_at
    FROM imports i WHERE i.tenant_id = :tenant AND i.id = ?)sql"};

// A step holds the import to itself: two clients that drive one import take turns.
inline constexpr Query kLockImport{"metrics.import.lock", R"sql(
    SELECT i.id, i.file_name, i.preset, i.mapping, i.policy, i.size_bytes, i.content_sha256,
           i.state, i.uploaded_bytes, i.row_count, i.validated_rows, i.committed_rows,
           i.undone_rows, i.validated, i.committed, i.undone, i.findings_left_out, i.version,
           i.created_at, i.updated_at
    FROM imports i WHERE i.tenant_id = :tenant AND i.id = ? FOR UPDATE)sql"};

// Newest first; without the mapping, which may be large.
inline constexpr Query kListImports{"metrics.import.list", R"sql(
    SELECT i.id, i.file_name, i.preset, _binary'', i.policy, i.size_bytes, i.content_sha256,
           i.state, i.uploaded_bytes, i.row_count, i.validated_rows, i.committed_rows,
           i.undone_rows, i.validated, i.committed, i.undone, i.findings_left_out, i.version,
           i.created_at, i.updated_at
    FROM imports i WHERE i.tenant_id = :tenant AND i.id < ? ORDER BY i.id DESC LIMIT ?)sql"};

inline constexpr Query kInsertPart{"metrics.import_part.insert", R"sql(
    INSERT INTO import_parts (tenant_id, import_id, byte_offset, size_bytes, content)
    VALUES (:tenant, ?, ?, ?, ?))sql"};

inline constexpr Query kFindPart{"metrics.import_part.find", R"sql(
    SELECT p.byte_offset, p.content FROM import_parts p
    WHERE p.tenant_id = :tenant AND p.import_id = ? AND p.byte_offset = ?)sql"};

// The part that holds the byte at an offset, which is the last to begin at or before it.
inline constexpr Query kFindPartHolding{"metrics.import_part.find_holding", R"sql(
    SELECT p.byte_offset, p.content FROM import_parts p
    WHERE p.tenant_id = :tenant AND p.import_id = ? AND p.byte_offset <= ?
    ORDER BY p.byte_offset DESC LIMIT 1)sql"};

inline constexpr Query kPutBlock{"metrics.import_block.put", R"sql(
    INSERT INTO import_blocks (tenant_id, import_id, first_row, row_count, line, byte_offset,
                               validated, committed, undone, findings_left_out)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON DUPLICATE KEY UPDATE row_count = VALUES(row_count), line = VALUES(line),
        byte_offset = VALUES(byte_offset), validated = VALUES(validated),
        committed = VALUES(committed), undone = VALUES(undone),
        findings_left_out = VALUES(findings_left_out))sql"};

inline constexpr Query kListBlocks{"metrics.import_block.list", R"sql(
    SELECT k.first_row, k.row_count, k.line, k.byte_offset, k.validated, k.committed, k.undone,
           k.findings_left_out
    FROM import_blocks k WHERE k.tenant_id = :tenant AND k.import_id = ?
    ORDER BY k.first_row)sql"};

inline constexpr Query kInsertFindings{"metrics.import_finding.insert", R"sql(
    INSERT INTO import_findings (tenant_id, import_id, row_index, kind, ordinal, line, column_name,
                                 cell, reason, message))sql"};

inline constexpr Query kDeleteFindings{"metrics.import_finding.delete", R"sql(
    DELETE e FROM import_findings e
    WHERE e.tenant_id = :tenant AND e.import_id = ? AND e.row_index >= ? AND e.row_index < ?
      AND e.kind >= ? AND e.kind <= ?)sql"};

inline constexpr Query kCountFindings{"metrics.import_finding.count", R"sql(
    SELECT COUNT(e.ordinal) FROM import_findings e
    WHERE e.tenant_id = :tenant AND e.import_id = ?)sql"};

inline constexpr Query kListFindings{"metrics.import_finding.list", R"sql(
    SELECT e.row_index, e.kind, e.ordinal, e.line, e.column_name, e.cell, e.reason, e.message
    FROM import_findings e
    WHERE e.tenant_id = :tenant AND e.import_id = ?
      AND (e.row_index > ? OR (e.row_index = ? AND (e.kind > ? OR (e.kind = ? AND e.ordinal > ?))))
    ORDER BY e.row_index, e.kind, e.ordinal LIMIT ?)sql"};

template <size_t kCount>
inline constexpr auto kFindHeldSql = WithPlaceholders<kCount>(
    "SELECT f.id, f.revision, f.payload_hash, f.kind, f.import_id, f.batch_id FROM facts f "
    "FORCE INDEX (facts_by_id) WHERE f.tenant_id = :tenant AND f.id IN (",
    ")");

// Every stored revision of some facts, with the import that brought each; as kFindRevisions.
inline constexpr std::array kFindHeld = {
    ListQuery{128, {"metrics.import.find_held_a", kFindHeldSql<128>.data()}},
    ListQuery{512, {"metrics.import.find_held_b", kFindHeldSql<512>.data()}},
};

inline constexpr char kFindStatesHead[] =
    "SELECT i.id, i.state FROM imports i WHERE i.tenant_id = :tenant AND i.id IN (";
template <size_t kCount>
inline constexpr auto kFindStatesSql = WithPlaceholders<kCount>(kFindStatesHead, ")");
template <size_t kCount>
inline constexpr auto kLockStatesSql = WithPlaceholders<kCount>(kFindStatesHead,
                                                                ") LOCK IN SHARE MODE");

// Where some imports stand.
inline constexpr std::array kFindStates = {
    ListQuery{16, {"metrics.import.find_states_a", kFindStatesSql<16>.data()}},
    ListQuery{128, {"metrics.import.find_states_b", kFindStatesSql<128>.data()}},
};
// The same, and none of them gets any further meanwhile.
inline constexpr std::array kLockStates = {
    ListQuery{16, {"metrics.import.lock_states_a", kLockStatesSql<16>.data()}},
    ListQuery{128, {"metrics.import.lock_states_b", kLockStatesSql<128>.data()}},
};

// Every statement above, for the checks.
inline constexpr std::array kImportQueries = {
    kInsertImport,
    kUpdateImport,
    kFindImport,
    kLockImport,
    kListImports,
    kInsertPart,
    kFindPart,
    kFindPartHolding,
    kPutBlock,
    kListBlocks,
    kInsertFindings,
    kDeleteFindings,
    kCountFindings,
    kListFindings,
    kFindHeld[0].query,
    kFindHeld[1].query,
    kFindStates[0].query,
    kFindStates[1].query,
    kLockStates[0].query,
    kLockStates[1].query,
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_STORE_IMPORT_QUERIES_H_
