// SQL on the global tables, for the tenancy service alone.
#ifndef ARGOSY_TENANTS_GLOBAL_TXN_H_
#define ARGOSY_TENANTS_GLOBAL_TXN_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "base/random.h"
#include "storage/pool.h"
#include "storage/query.h"
#include "storage/row.h"
#include "storage/transaction.h"
#include "storage/value.h"
#include "tenants/audit.h"
#include "tenants/tenant_txn.h"

namespace argosy::tenancy {
class GlobalAccess;
}  // namespace argosy::tenancy
namespace argosy::testing {
class GlobalAccessForTest;
}  // namespace argosy::testing

namespace argosy::tenants {

// The right to touch global tables. services/tenancy defines the class that can make one.
class GlobalKey {
 private:
  friend class argosy::tenancy::GlobalAccess;
  friend class argosy::testing::GlobalAccessForTest;
  GlobalKey() = default;
};

// Reads and writes tables that belong to no tenant. Only "?" placeholders. Not thread-safe.
class GlobalTxn {
 public:
  // On the connection and in the transaction of `reader`, so that both kinds of row are seen and
  // changed together. Writes need a TenantTxn: a TenantReader's transaction refuses them.
  GlobalTxn(GlobalKey /*key*/, TenantReader& reader) : transaction_(reader.transaction_) {}
  GlobalTxn(const GlobalTxn&) = delete;
  GlobalTxn& operator=(const GlobalTxn&) = delete;

  // As TenantReader's and TenantTxn's verbs, without a tenant.
  template <typename T, typename F>
  absl::StatusOr<std::vector<T>> SelectAll(const Query& query, const std::vector<Value>& binds,
                                           F row_to_t) {
    std::vector<T> all;
    absl::Status status = transaction_.Select(query, binds, [&](const Row& row) -> absl::Status {
      absl::StatusOr<T> one = row_to_t(row);
      if (!one.ok()) return std::move(one).status();
      all.push_back(*std::move(one));
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    return all;
  }
  template <typename T, typename F>
  absl::StatusOr<std::optional<T>> FindOne(const Query& query, const std::vector<Value>& binds,
                                           F row_to_t) {
    absl::StatusOr<std::vector<T>> all = SelectAll<T>(query, binds, std::move(row_to_t));
    if (!all.ok()) return std::move(all).status();
    if (all->size() > 1) return MoreThanOneRow(query);
    if (all->empty()) return std::optional<T>();
    return std::optional<T>(std::move(all->front()));
  }
  absl::StatusOr<int64_t> Execute(const Query& query, const std::vector<Value>& binds);

  // Appends to the chain of `tenant`, whose actor has no context yet: an exchanged token.
  absl::Status AppendAudit(const base::TenantUid& tenant, const AuditEntry& entry);

 private:
  friend class GlobalSession;
  explicit GlobalTxn(storage::Transaction& transaction) : transaction_(transaction) {}
  static absl::Status MoreThanOneRow(const Query& query);

  storage::Transaction& transaction_;
};

// Transactions of their own on global tables: looking a credential up before any tenant is known.
// Thread-safe; `pool` and `entropy` outlive it.
class GlobalSession {
 public:
  GlobalSession(GlobalKey /*key*/, storage::Pool& pool, base::EntropySource& entropy)
      : pool_(pool), entropy_(entropy) {}

  // Runs `body`, a StatusOr<T>(GlobalTxn&), in a read-only snapshot.
  template <typename T, typename Body>
  absl::StatusOr<T> Read(absl::Time deadline, Body body) {
    return Run<T>(storage::TransactionKind::kSnapshot, deadline, std::move(body));
  }
  // Runs `body`, a StatusOr<T>(GlobalTxn&), and commits. It may run more than once. UNAVAILABLE /
  // COMMIT_UNKNOWN when the outcome is not known.
  template <typename T, typename Body>
  absl::StatusOr<T> Write(absl::Time deadline, Body body) {
    return Run<T>(storage::TransactionKind::kReadWrite, deadline, std::move(body));
  }

 private:
  template <typename T, typename Body>
  absl::StatusOr<T> Run(storage::TransactionKind kind, absl::Time deadline, Body body) {
    std::optional<T> result;
    absl::Status status = RunErased(kind, deadline, [&](GlobalTxn& txn) -> absl::Status {
      absl::StatusOr<T> one = body(txn);
      if (!one.ok()) return std::move(one).status();
      result.emplace(*std::move(one));
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    return *std::move(result);
  }
  absl::Status RunErased(storage::TransactionKind kind, absl::Time deadline,
                         absl::FunctionRef<absl::Status(GlobalTxn&)> body);

  storage::Pool& pool_;
  base::EntropySource& entropy_;
};

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_GLOBAL_TXN_H_
