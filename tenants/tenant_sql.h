// The tenant predicate of a statement: its check and its binding.
#ifndef ARGOSY_TENANTS_TENANT_SQL_H_
#define ARGOSY_TENANTS_TENANT_SQL_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"
#include "storage/query.h"

namespace argosy::tenants {

// OK when every table the statement names is confined to one tenant:
//   - each table of FROM, JOIN, UPDATE and DELETE has `alias.tenant_id = :tenant` (the table's name
//     where it has no alias; unqualified when it is the statement's only table), under no OR and no
//     NOT;
//   - each INSERT has tenant_id as its first column, bound to :tenant as the first value of every
//     row or of its SELECT, or ends before VALUES (the head of InsertMany);
//   - no SELECT *, no assignment to tenant_id, no second statement, no comment that the server
//   runs.
// INTERNAL with the query's name otherwise. Tests and start-up call it on every registered query.
absl::Status CheckTenantPredicate(const storage::Query& query);

// As above for every query of a store, all faults in one message.
absl::Status CheckTenantPredicates(const std::vector<storage::Query>& queries);

// A checked query whose named placeholders are "?".
struct TenantQuery {
  absl::Status check;              // of CheckTenantPredicate
  std::string sql;                 // ":tenant" replaced by "?"
  std::vector<bool> tenant_binds;  // one per placeholder in order: true where the tenant goes
};

// The rewritten form of `query`.
TenantQuery RewriteTenantQuery(const storage::Query& query);

// Remembers rewritten queries, so that each is checked once. Thread-safe.
class QueryBook {
 public:
  // Queries are constants of the program, so their number is fixed; this stops a text made at run
  // time from filling the memory.
  static constexpr size_t kQueriesMax = 4'096;

  // Valid as long as the book. INTERNAL when the book is full or the query fails the check.
  absl::StatusOr<const TenantQuery*> Find(const storage::Query& query);

 private:
  base::Mutex mutex_;
  absl::flat_hash_map<std::string, std::unique_ptr<const TenantQuery>> queries_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace argosy::tenants

#endif  // ARGOSY_TENANTS_TENANT_SQL_H_
