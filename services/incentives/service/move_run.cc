#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/crypto.h"
#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"
#include "services/incentives/service/convert.h"
#include "services/incentives/service/run_service.h"
#include "tenants/errors.h"

namespace argosy::incentives {
namespace {

// The statement of one payee.
Statement ToStatement(const PayeeSettlement& settlement, const Run& run,
                      absl::Span<const RunLine> lines, const StatementUid& uid) {
  const LockId lock{.month = run.month, .period_version = run.period_version};
  Statement statement{.uid = uid,
                      .run = run.uid,
                      .member = settlement.member,
                      .lock = lock,
                      .totals = settlement.totals,
                      .locked_at = *run.locked_at,
                      .content = ToStatementBytes(settlement, lock, lines)};
  statement.digest = base::Sha256(statement.content);
  return statement;
}

// The entries of one payee, numbered on from `entries`.
void AddEntries(const PayeeSettlement& settlement, const Statement& statement,
                absl::Span<const RunLine> lines, std::vector<LedgerEntry>& entries) {
  for (const Posting& posting : settlement.postings) {
    LedgerEntry entry{.member = settlement.member,
                      .posting = posting,
                      .run = statement.run,
                      .statement = statement.uid,
                      .lock = statement.lock,
                      .posted_at = statement.locked_at};
    if (posting.line > 0) {
      const RunLine& line = lines[static_cast<size_t>(posting.line - 1)];
      entry.plan = line.key.plan.text();
      entry.component = line.key.component.text();
    }
    entries.push_back(std::move(entry));
  }
}

}  // namespace

absl::StatusOr<v1::Run> RunService::OrReadAgain(const tenants::RequestContext& ctx,
                                                absl::StatusOr<v1::Run> reply) {
  const std::optional<std::string> name = tenants::FindNameOfReplyNotStored(reply.status());
  if (!name.has_value()) return reply;
  v1::GetRunRequest request;
  request.set_name(*name);
  return GetRun(ctx, request);
}

absl::StatusOr<v1::Run> RunService::Change(
    const tenants::RequestContext& ctx,
    absl::FunctionRef<absl::StatusOr<v1::Run>(tenants::TenantTxn&)> body) {
  return OrReadAgain(ctx, with_.db.Mutate<v1::Run>(ctx, body));
}

absl::StatusOr<v1::Run> RunService::ApproveRun(const tenants::RequestContext& ctx,
                                               const v1::ApproveRunRequest& request) {
  ASSIGN_OR_RETURN(const RunUid uid, ParseRunName("name", request.name()));
  return Change(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Run> {
    ASSIGN_OR_RETURN(const Run run, Get(ctx, txn, uid));
    RETURN_IF_ERROR(CheckEtag(request.name(), request.etag(), run.uid.uuid(), run.version));
    ASSIGN_OR_RETURN(const Run next, incentives::ApproveRun(run, request.name(), ctx.now()));
    ASSIGN_OR_RETURN(const bool stored, with_.run_store.Update(txn, next));
    if (!stored) return EtagMismatch(request.name());
    return ToProto(Names(ctx.tenant().tenant_id()), next);
  });
}

absl::StatusOr<v1::Run> RunService::LockRun(const tenants::RequestContext& ctx,
                                            const v1::LockRunRequest& request) {
  ASSIGN_OR_RETURN(const RunUid uid, ParseRunName("name", request.name()));
  return Change(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Run> {
    ASSIGN_OR_RETURN(const LedgerHead head, with_.ledger_store.LockHead(txn));
    ASSIGN_OR_RETURN(const Run run, Get(ctx, txn, uid));
    RETURN_IF_ERROR(CheckEtag(request.name(), request.etag(), run.uid.uuid(), run.version));
    ASSIGN_OR_RETURN(const std::vector<LockedMonth> locks, with_.run_store.ListLockedMonths(txn));
    LockChange change{.name = request.name(), .ledger_version = head.lock_count, .now = ctx.now()};
    for (const LockedMonth& lock : locks) {
      if (lock.month == run.month) change.locks_of_month = lock.locks;
    }
    ASSIGN_OR_RETURN(const Run next, incentives::LockRun(run, change));
    RETURN_IF_ERROR(CheckTermsOf(txn, run));
    RETURN_IF_ERROR(Post(txn, next, head));
    ASSIGN_OR_RETURN(const bool stored, with_.run_store.Update(txn, next));
    if (!stored) return EtagMismatch(request.name());
    return ToProto(Names(ctx.tenant().tenant_id()), next);
  });
}

absl::Status RunService::Post(tenants::TenantTxn& txn, const Run& run,
                              const LedgerHead& head) const {
  RunResult stored{.plans = run.plans, .excluded = run.excluded};
  ASSIGN_OR_RETURN(stored.lines, ListAllLines(txn, run));
  if (ComputeRunDigest(run.month, stored) != run.digest) {
    return LedgerImbalance("the stored lines of the run do not have its digest");
  }
  ASSIGN_OR_RETURN(const Overpayments overpaid, with_.ledger_store.ListOverpaid(txn));
  ASSIGN_OR_RETURN(
      const std::vector<PayeeSettlement> settlements,
      SettleLines(stored.lines, {.month = run.month, .period_version = run.period_version},
                  overpaid));
  std::vector<Statement> statements;
  std::vector<LedgerEntry> entries;
  const absl::Span<const RunLine> all = absl::MakeConstSpan(stored.lines);
  for (const PayeeSettlement& settlement : settlements) {
    const auto lines = all.subspan(settlement.first_line, settlement.line_count);
    const StatementUid uid(with_.ids.NewUuid(*run.locked_at));
    statements.push_back(ToStatement(settlement, run, lines, uid));
    AddEntries(settlement, statements.back(), lines, entries);
  }
  for (LedgerEntry& entry : entries) {
    entry.seq = head.entry_count + 1 + (&entry - entries.data());
    entry.lock_no = head.lock_count + 1;
  }
  RETURN_IF_ERROR(with_.ledger_store.InsertStatements(txn, statements));
  RETURN_IF_ERROR(with_.ledger_store.InsertEntries(txn, entries));
  txn.Note("entries", static_cast<int64_t>(entries.size()));
  txn.Note("statements", static_cast<int64_t>(statements.size()));
  return with_.ledger_store.MoveHead(txn, head, static_cast<int64_t>(entries.size()));
}

}  // namespace argosy::incentives
