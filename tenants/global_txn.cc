#include "tenants/global_txn.h"

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "tenants/retry.h"

namespace argosy::tenants {

absl::Status GlobalTxn::MoreThanOneRow(const Query& query) {
  return base::Internal(absl::StrCat("query ", query.name, " gives more than one row"));
}

absl::StatusOr<int64_t> GlobalTxn::Execute(const Query& query, const std::vector<Value>& binds) {
  return transaction_.Execute(query, binds);
}

absl::Status GlobalTxn::AppendAudit(const base::TenantUid& tenant, const AuditEntry& entry) {
  return tenants::AppendAudit(transaction_, tenant, entry).status();
}

absl::Status GlobalSession::RunErased(storage::TransactionKind kind, absl::Time deadline,
                                      absl::FunctionRef<absl::Status(GlobalTxn&)> body) {
  const RetryTerms terms{.clock = pool_.clock(), .entropy = entropy_, .deadline = deadline};
  return RunWithRetry(terms, [&]() -> absl::Status {
    ASSIGN_OR_RETURN(storage::Transaction transaction,
                     storage::Transaction::Begin(pool_, kind, deadline));
    GlobalTxn txn(transaction);
    RETURN_IF_ERROR(body(txn));
    return kind == storage::TransactionKind::kReadWrite ? transaction.Commit() : absl::OkStatus();
  });
}

}  // namespace argosy::tenants
