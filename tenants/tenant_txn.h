// SQL inside one tenant: a reader of its rows, and a transaction that also writes them.
#ifndef ARGOSY_TENANTS_TENANT_TXN_H_
#define ARGOSY_TENANTS_TENANT_TXN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "storage/query.h"
#include "storage/row.h"
#include "storage/transaction.h"
#include "storage/value.h"
#include "tenants/audit.h"
#include "tenants/tenant_sql.h"

namespace argosy::tenants {

using storage::Bytes;
using storage::Null;
using storage::Query;
using storage::Row;
using storage::Text;
using storage::Value;

class TenantSession;
class GlobalTxn;

// Reads rows of one tenant. Every ":tenant" of a query is bound from the call's context, the "?"
// from `binds` in order. A query without the tenant predicate is INTERNAL and is not run; so is one
// whose binds do not match. Made by TenantSession; not thread-safe.
class TenantReader {
 public:
  TenantReader(const TenantReader&) = delete;
  TenantReader& operator=(const TenantReader&) = delete;

  // All rows in order, each made by `row_to_t`, a StatusOr<T>(const Row&). INTERNAL above
  // storage::Transaction::kRowsMax rows.
  template <typename T, typename F>
  absl::StatusOr<std::vector<T>> SelectAll(const Query& query, const std::vector<Value>& binds,
                                           F row_to_t) {
    std::vector<T> all;
    absl::Status status = Select(query, binds, [&](const Row& row) -> absl::Status {
      absl::StatusOr<T> one = row_to_t(row);
      if (!one.ok()) return std::move(one).status();
      all.push_back(*std::move(one));
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    return all;
  }

  // The one row there is, or nothing. INTERNAL when there are more: the query lacks a key or a
  // LIMIT.
  template <typename T, typename F>
  absl::StatusOr<std::optional<T>> FindOne(const Query& query, const std::vector<Value>& binds,
                                           F row_to_t) {
    std::optional<T> found;
    absl::Status status = Select(query, binds, [&](const Row& row) -> absl::Status {
      if (found.has_value()) return MoreThanOneRow(query);
      absl::StatusOr<T> one = row_to_t(row);
      if (!one.ok()) return std::move(one).status();
      found.emplace(*std::move(one));
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    return found;
  }

  // Calls `each` on every row in order; stops at the first error it returns.
  absl::Status Select(const Query& query, absl::Span<const Value> binds,
                      absl::FunctionRef<absl::Status(const Row&)> each);

 protected:
  friend class TenantSession;
  friend class GlobalTxn;
  TenantReader(storage::Transaction& transaction, const base::TenantUid& tenant, QueryBook& book);
  ~TenantReader() = default;

  static absl::Status MoreThanOneRow(const Query& query);
  // `binds` with the tenant put where the query wants it.
  absl::StatusOr<std::vector<Value>> BindTenant(const Query& query, const TenantQuery& tenant_query,
                                                absl::Span<const Value> binds) const;

  storage::Transaction& transaction_;
  const Value tenant_;
  QueryBook& book_;
};

// Also writes. The body of Mutate gets one and touches nothing else, because it may run again.
class TenantTxn : public TenantReader {
 public:
  // Runs an INSERT, UPDATE or DELETE. The rows it matched, changed or not, so that compare-and-set
  // on a version is "exactly 1". A duplicate key is ALREADY_EXISTS / RESOURCE_EXISTS.
  absl::StatusOr<int64_t> Execute(const Query& query, const std::vector<Value>& binds);

  // INSERT of many rows in few statements. `insert_head` is "INSERT INTO t (tenant_id, a, b)" and
  // ends before VALUES; each row has the values after tenant_id, which comes from the context.
  absl::Status InsertMany(const Query& insert_head, const std::vector<std::vector<Value>>& rows);

  // Adds "key=value" to this call's audit entry: counts of a batch, credentials touched. At most
  // kAuditNotesMax notes of kAuditNoteBytesMax bytes; longer values are cut, more are dropped.
  // Never a secret.
  void Note(absl::string_view key, absl::string_view value);
  void Note(absl::string_view key, int64_t value);

 private:
  friend class TenantSession;
  using TenantReader::TenantReader;

  AuditNotes notes_;
};

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_TENANT_TXN_H_
