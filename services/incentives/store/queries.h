// Every statement of the service.
#ifndef ARGOSY_SERVICES_INCENTIVES_STORE_QUERIES_H_
#define ARGOSY_SERVICES_INCENTIVES_STORE_QUERIES_H_

#include <array>

#include "storage/query.h"

namespace argosy::incentives {

using storage::Query;

// Plans.

inline constexpr Query kInsertPlan{"incentives.plan.insert", R"sql(
    INSERT INTO plans (tenant_id, uid, id, display_name, currency, created_at, version)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kFindPlan{"incentives.plan.find", R"sql(
    SELECT p.uid, p.id, p.display_name, p.currency, p.created_at, p.version
    FROM plans p WHERE p.tenant_id = :tenant AND p.id = ?)sql"};

inline constexpr Query kListPlans{"incentives.plan.list", R"sql(
    SELECT p.uid, p.id, p.display_name, p.currency, p.created_at, p.version
    FROM plans p WHERE p.tenant_id = :tenant AND p.id > ? ORDER BY p.id LIMIT ?)sql"};

// Plan versions.

inline constexpr Query kInsertPlanVersion{"incentives.plan_version.insert", R"sql(
    INSERT INTO plan_versions (tenant_id, uid, plan_uid, ordinal, state, content, content_hash,
                               starts_day, ends_day, created_at, published_at, version)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kFindPlanVersion{"incentives.plan_version.find", R"sql(
    SELECT v.uid, v.plan_uid, v.ordinal, v.state, v.content, v.content_hash, v.starts_day,
           v.ends_day, v.created_at, v.published_at, v.version
    FROM plan_versions v WHERE v.tenant_id = :tenant AND v.uid = ?)sql"};

inline constexpr Query kListPlanVersions{"incentives.plan_version.list", R"sql(
    SELECT v.uid, v.plan_uid, v.ordinal, v.state, v.content, v.content_hash, v.starts_day,
           v.ends_day, v.created_at, v.published_at, v.version
    FROM plan_versions v
    WHERE v.tenant_id = :tenant AND v.plan_uid = ? AND v.ordinal > ?
    ORDER BY v.ordinal LIMIT ?)sql"};

inline constexpr Query kListPublishedVersions{"incentives.plan_version.list_published", R"sql(
    SELECT v.uid, v.plan_uid, v.ordinal, v.state, v.content, v.content_hash, v.starts_day,
           v.ends_day, v.created_at, v.published_at, v.version
    FROM plan_versions v
    WHERE v.tenant_id = :tenant AND v.state = 2 AND v.uid > ? ORDER BY v.uid LIMIT ?)sql"};

inline constexpr Query kLastOrdinal{"incentives.plan_version.last_ordinal", R"sql(
    SELECT v.ordinal FROM plan_versions v WHERE v.tenant_id = :tenant AND v.plan_uid = ?
    ORDER BY v.ordinal DESC LIMIT 1)sql"};

inline constexpr Query kPublishPlanVersion{"incentives.plan_version.publish", R"sql(
    UPDATE plan_versions v
    SET v.state = ?, v.starts_day = ?, v.ends_day = ?, v.published_at = ?, v.version = ?
    WHERE v.tenant_id = :tenant AND v.uid = ? AND v.version = ?)sql"};

// Assignments.

inline constexpr Query kInsertAssignment{"incentives.assignment.insert", R"sql(
    INSERT INTO plan_assignments (tenant_id, uid, plan_uid, role, starts_day, ends_day, created_at,
                                  version)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kFindAssignment{"incentives.assignment.find", R"sql(
    SELECT a.uid, a.plan_uid, p.id, a.role, a.starts_day, a.ends_day, a.created_at, a.version
    FROM plan_assignments a
    JOIN plans p ON p.tenant_id = :tenant AND p.uid = a.plan_uid
    WHERE a.tenant_id = :tenant AND a.uid = ?)sql"};

inline constexpr Query kListAssignments{"incentives.assignment.list", R"sql(
    SELECT a.uid, a.plan_uid, p.id, a.role, a.starts_day, a.ends_day, a.created_at, a.version
    FROM plan_assignments a
    JOIN plans p ON p.tenant_id = :tenant AND p.uid = a.plan_uid
    WHERE a.tenant_id = :tenant AND a.uid > ? ORDER BY a.uid LIMIT ?)sql"};

inline constexpr Query kListAssignmentsOfPlan{"incentives.assignment.list_of_plan", R"sql(
    SELECT a.uid, a.plan_uid, p.id, a.role, a.starts_day, a.ends_day, a.created_at, a.version
    FROM plan_assignments a
    JOIN plans p ON p.tenant_id = :tenant AND p.uid = a.plan_uid
    WHERE a.tenant_id = :tenant AND a.plan_uid = ? AND a.uid > ? ORDER BY a.uid LIMIT ?)sql"};

inline constexpr Query kEndAssignment{"incentives.assignment.end", R"sql(
    UPDATE plan_assignments a SET a.ends_day = ?, a.version = ?
    WHERE a.tenant_id = :tenant AND a.uid = ? AND a.version = ?)sql"};

// Runs.

inline constexpr Query kInsertRun{"incentives.run.insert", R"sql(
    INSERT INTO runs (tenant_id, uid, month_day, kind, state, as_of, knowledge_seq, event_cut,
                      time_zone, roster_digest, ledger_version, period_version, digest, payee_count,
                      line_count, credit_count, summary, created_at, version)
    VALUES (:tenant, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql"};

inline constexpr Query kFindRun{"incentives.run.find", R"sql(
    SELECT r.uid, r.month_day, r.kind, r.state, r.as_of, r.knowledge_seq, r.event_cut, r.time_zone,
           r.roster_digest, r.ledger_version, r.period_version, r.digest, r.payee_count,
           r.line_count, r.credit_count, r.summary, r.created_at, r.approved_at, r.locked_at,
           r.version
    FROM runs r WHERE r.tenant_id = :tenant AND r.uid = ?)sql"};

inline constexpr Query kListRuns{"incentives.run.list", R"sql(
    SELECT r.uid, r.month_day, r.kind, r.state, r.as_of, r.knowledge_seq, r.event_cut, r.time_zone,
           r.roster_digest, r.ledger_version, r.period_version, r.digest, r.payee_count,
           r.line_count, r.credit_count, r.summary, r.created_at, r.approved_at, r.locked_at,
           r.version
    FROM runs r WHERE r.tenant_id = :tenant AND r.uid < ? ORDER BY r.uid DESC LIMIT ?)sql"};

inline constexpr Query kUpdateRun{"incentives.run.update", R"sql(
    UPDATE runs r
    SET r.state = ?, r.period_version = ?, r.approved_at = ?, r.locked_at = ?, r.version = ?
    WHERE r.tenant_id = :tenant AND r.uid = ? AND r.version = ?)sql"};

inline constexpr Query kLockedMonths{"incentives.run.locked_months", R"sql(
    SELECT r.month_day, COUNT(r.uid), MAX(r.knowledge_seq)
    FROM runs r WHERE r.tenant_id = :tenant AND r.state = 3
    GROUP BY r.month_day ORDER BY r.month_day)sql"};

inline constexpr Query kInsertRunInputs{
    "incentives.run_input.insert",
    R"sql(INSERT INTO run_inputs (tenant_id, run_uid, chunk_no, content))sql"};

inline constexpr Query kListRunInputs{"incentives.run_input.list", R"sql(
    SELECT i.content FROM run_inputs i WHERE i.tenant_id = :tenant AND i.run_uid = ?
    ORDER BY i.chunk_no)sql"};

inline constexpr Query kInsertRunLines{"incentives.run_line.insert", R"sql(
    INSERT INTO run_lines (tenant_id, run_uid, line_no, member_id, payee_line_no, plan_id,
                           plan_version_uid, content_hash, component_id, origin_day, currency,
                           base_minor, earned_minor, posted_minor, amount_minor, credit_count,
                           credits_digest))sql"};

inline constexpr Query kListRunLines{"incentives.run_line.list", R"sql(
    SELECT l.line_no, l.member_id, l.payee_line_no, l.plan_id, l.plan_version_uid, l.content_hash,
           l.component_id, l.origin_day, l.currency, l.base_minor, l.earned_minor, l.posted_minor,
           l.amount_minor, l.credit_count, l.credits_digest
    FROM run_lines l WHERE l.tenant_id = :tenant AND l.run_uid = ? AND l.line_no > ?
    ORDER BY l.line_no LIMIT ?)sql"};

inline constexpr Query kListPayeeLines{"incentives.run_line.list_of_payee", R"sql(
    SELECT l.line_no, l.member_id, l.payee_line_no, l.plan_id, l.plan_version_uid, l.content_hash,
           l.component_id, l.origin_day, l.currency, l.base_minor, l.earned_minor, l.posted_minor,
           l.amount_minor, l.credit_count, l.credits_digest
    FROM run_lines l
    WHERE l.tenant_id = :tenant AND l.run_uid = ? AND l.member_id = ? AND l.payee_line_no > ?
    ORDER BY l.payee_line_no LIMIT ?)sql"};

inline constexpr Query kInsertRunCredits{"incentives.run_credit.insert", R"sql(
    INSERT INTO run_credits (tenant_id, run_uid, line_no, chunk_no, credit_count, content))sql"};

inline constexpr Query kFindRunCredits{"incentives.run_credit.find", R"sql(
    SELECT c.credit_count, c.content FROM run_credits c
    WHERE c.tenant_id = :tenant AND c.run_uid = ? AND c.line_no = ? AND c.chunk_no = ?)sql"};

// Statements.

inline constexpr Query kInsertStatements{"incentives.statement.insert", R"sql(
    INSERT INTO statements (tenant_id, uid, run_uid, member_id, month_day, period_version, totals,
                            content, digest, locked_at))sql"};

inline constexpr Query kFindStatement{"incentives.statement.find", R"sql(
    SELECT s.uid, s.run_uid, s.member_id, s.month_day, s.period_version, s.totals, s.digest,
           s.locked_at, s.content
    FROM statements s WHERE s.tenant_id = :tenant AND s.uid = ?)sql"};

inline constexpr Query kListStatements{"incentives.statement.list", R"sql(
    SELECT s.uid, s.run_uid, s.member_id, s.month_day, s.period_version, s.totals, s.digest,
           s.locked_at
    FROM statements s WHERE s.tenant_id = :tenant AND s.uid < ? ORDER BY s.uid DESC LIMIT ?)sql"};

inline constexpr Query kListStatementsOfMember{"incentives.statement.list_of_member", R"sql(
    SELECT s.uid, s.run_uid, s.member_id, s.month_day, s.period_version, s.totals, s.digest,
           s.locked_at
    FROM statements s WHERE s.tenant_id = :tenant AND s.member_id = ? AND s.uid < ?
    ORDER BY s.uid DESC LIMIT ?)sql"};

inline constexpr Query kListStatementsOfRun{"incentives.statement.list_of_run", R"sql(
    SELECT s.uid, s.run_uid, s.member_id, s.month_day, s.period_version, s.totals, s.digest,
           s.locked_at
    FROM statements s WHERE s.tenant_id = :tenant AND s.run_uid = ? AND s.uid < ?
    ORDER BY s.uid DESC LIMIT ?)sql"};

inline constexpr Query kListStatementsOfBoth{"incentives.statement.list_of_both", R"sql(
    SELECT s.uid, s.run_uid, s.member_id, s.month_day, s.period_version, s.totals, s.digest,
           s.locked_at
    FROM statements s
    WHERE s.tenant_id = :tenant AND s.run_uid = ? AND s.member_id = ? AND s.uid < ?
    ORDER BY s.uid DESC LIMIT ?)sql"};

inline constexpr Query kScanStatements{"incentives.statement.scan", R"sql(
    SELECT s.uid, s.run_uid, s.member_id, s.month_day, s.period_version, s.totals, s.digest,
           s.locked_at, s.content
    FROM statements s WHERE s.tenant_id = :tenant AND s.uid > ? ORDER BY s.uid LIMIT ?)sql"};

// The ledger.

inline constexpr Query kEnsureLedgerHead{"incentives.ledger_head.ensure", R"sql(
    INSERT INTO ledger_heads (tenant_id, entry_count, lock_count, version)
    VALUES (:tenant, 0, 0, 1) ON DUPLICATE KEY UPDATE entry_count = entry_count)sql"};

inline constexpr Query kLockLedgerHead{"incentives.ledger_head.lock", R"sql(
    SELECT h.entry_count, h.lock_count FROM ledger_heads h WHERE h.tenant_id = :tenant
    FOR UPDATE)sql"};

inline constexpr Query kFindLedgerHead{"incentives.ledger_head.find", R"sql(
    SELECT h.entry_count, h.lock_count FROM ledger_heads h WHERE h.tenant_id = :tenant)sql"};

inline constexpr Query kMoveLedgerHead{"incentives.ledger_head.move", R"sql(
    UPDATE ledger_heads h SET h.entry_count = ?, h.lock_count = ?, h.version = h.version + 1
    WHERE h.tenant_id = :tenant AND h.lock_count = ?)sql"};

inline constexpr Query kInsertEntries{"incentives.ledger_entry.insert", R"sql(
    INSERT INTO ledger_entries (tenant_id, seq, lock_no, kind, member_id, debit_bucket,
                                credit_bucket, amount_minor, currency, run_uid, statement_uid,
                                line_no, plan_id, component_id, posting_day, origin_day,
                                period_version, idempotency_key, posted_at))sql"};

inline constexpr Query kListEntries{"incentives.ledger_entry.list", R"sql(
    SELECT e.seq, e.lock_no, e.kind, e.member_id, e.debit_bucket, e.credit_bucket, e.amount_minor,
           e.currency, e.run_uid, e.statement_uid, e.line_no, e.plan_id, e.component_id,
           e.posting_day, e.origin_day, e.period_version, e.idempotency_key, e.posted_at
    FROM ledger_entries e WHERE e.tenant_id = :tenant AND e.seq > ? ORDER BY e.seq LIMIT ?)sql"};

inline constexpr Query kListEntriesOfMember{"incentives.ledger_entry.list_of_member", R"sql(
    SELECT e.seq, e.lock_no, e.kind, e.member_id, e.debit_bucket, e.credit_bucket, e.amount_minor,
           e.currency, e.run_uid, e.statement_uid, e.line_no, e.plan_id, e.component_id,
           e.posting_day, e.origin_day, e.period_version, e.idempotency_key, e.posted_at
    FROM ledger_entries e WHERE e.tenant_id = :tenant AND e.member_id = ? AND e.seq > ?
    ORDER BY e.seq LIMIT ?)sql"};

inline constexpr Query kLineEntries{"incentives.ledger_entry.list_of_statement", R"sql(
    SELECT e.line_no, e.seq FROM ledger_entries e
    WHERE e.tenant_id = :tenant AND e.statement_uid = ? AND e.line_no > 0 ORDER BY e.line_no)sql"};

// What the first `lock_no` locks posted for one month of origin, oldest first, with the version
// each entry's line was posted by.
inline constexpr Query kPostedOfMonth{"incentives.ledger_entry.posted", R"sql(
    SELECT e.member_id, e.plan_id, e.component_id, e.currency,
           CASE WHEN e.credit_bucket = 2 THEN e.amount_minor ELSE -e.amount_minor END,
           l.plan_version_uid, l.content_hash
    FROM ledger_entries e
    JOIN run_lines l ON l.tenant_id = :tenant AND l.run_uid = e.run_uid
      AND l.member_id = e.member_id AND l.payee_line_no = e.line_no
    WHERE e.tenant_id = :tenant AND e.kind = 1 AND e.origin_day = ? AND e.lock_no <= ?
    ORDER BY e.seq)sql"};

// What every payee owes.
inline constexpr Query kOverpaid{"incentives.ledger_entry.overpaid", R"sql(
    SELECT e.member_id, e.currency,
           SUM(CASE WHEN e.debit_bucket = 4 THEN e.amount_minor
                    WHEN e.credit_bucket = 4 THEN -e.amount_minor ELSE 0 END)
    FROM ledger_entries e WHERE e.tenant_id = :tenant AND e.kind IN (2, 3)
    GROUP BY e.member_id, e.currency)sql"};

inline constexpr Query kLedgerMembers{"incentives.ledger_entry.members", R"sql(
    SELECT e.member_id FROM ledger_entries e WHERE e.tenant_id = :tenant AND e.member_id > ?
    GROUP BY e.member_id ORDER BY e.member_id LIMIT ?)sql"};

inline constexpr Query kMemberSums{"incentives.ledger_entry.member_sums", R"sql(
    SELECT e.member_id, e.debit_bucket, e.credit_bucket, e.currency, SUM(e.amount_minor)
    FROM ledger_entries e
    WHERE e.tenant_id = :tenant AND e.member_id >= ? AND e.member_id <= ?
    GROUP BY e.member_id, e.debit_bucket, e.credit_bucket, e.currency
    ORDER BY e.member_id)sql"};

inline constexpr Query kCompanySums{"incentives.ledger_entry.company_sums", R"sql(
    SELECT e.debit_bucket, e.credit_bucket, e.currency, SUM(e.amount_minor)
    FROM ledger_entries e WHERE e.tenant_id = :tenant AND e.kind = 1
    GROUP BY e.debit_bucket, e.credit_bucket, e.currency)sql"};

inline constexpr std::array kQueries{kInsertPlan,
                                     kFindPlan,
                                     kListPlans,
                                     kInsertPlanVersion,
                                     kFindPlanVersion,
                                     kListPlanVersions,
                                     kListPublishedVersions,
                                     kLastOrdinal,
                                     kPublishPlanVersion,
                                     kInsertAssignment,
                                     kFindAssignment,
                                     kListAssignments,
                                     kListAssignmentsOfPlan,
                                     kEndAssignment,
                                     kInsertRun,
                                     kFindRun,
                                     kListRuns,
                                     kUpdateRun,
                                     kLockedMonths,
                                     kInsertRunInputs,
                                     kListRunInputs,
                                     kInsertRunLines,
                                     kListRunLines,
                                     kListPayeeLines,
                                     kInsertRunCredits,
                                     kFindRunCredits,
                                     kInsertStatements,
                                     kFindStatement,
                                     kListStatements,
                                     kListStatementsOfMember,
                                     kListStatementsOfRun,
                                     kListStatementsOfBoth,
                                     kScanStatements,
                                     kEnsureLedgerHead,
                                     kLockLedgerHead,
                                     kFindLedgerHead,
                                     kMoveLedgerHead,
                                     kInsertEntries,
                                     kListEntries,
                                     kListEntriesOfMember,
                                     kLineEntries,
                                     kPostedOfMonth,
                                     kOverpaid,
                                     kLedgerMembers,
                                     kMemberSums,
                                     kCompanySums};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_STORE_QUERIES_H_
