// One database transaction on one connection.
#ifndef ARGOSY_STORAGE_TRANSACTION_H_
#define ARGOSY_STORAGE_TRANSACTION_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/clock.h"
#include "storage/pool.h"
#include "storage/query.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::storage {

// Rolls back when it dies uncommitted. Not thread-safe. Every statement fails with
// DEADLINE_EXCEEDED / DEADLINE_CAPPED once the deadline has passed; on MariaDB the server also
// limits its time. After any error the only sensible step is to let the transaction die, but for
// ALREADY_EXISTS, FAILED_PRECONDITION and refused values, after which it may go on.
class Transaction {
 public:
  // Rows one SELECT may give: a prepared result is buffered whole in memory. Lists are paged far
  // below; this stops the statement somebody forgot to page.
  static constexpr size_t kRowsMax = 200'000;
  // The protocol counts placeholders in 16 bits.
  static constexpr size_t kPlaceholdersMax = 65'535;
  // Rows per INSERT statement: beyond some hundreds the cost per row no longer falls, and the
  // powers of two up to here keep the prepared statements of one insert to ten.
  static constexpr size_t kInsertRowsMax = 512;
  // Value bytes per INSERT statement, well below the server's default packet of 16 MiB.
  static constexpr size_t kInsertBytesMax = size_t{4} * 1024 * 1024;

  // A transaction on a connection of `pool`. The errors of Pool::Acquire.
  static absl::StatusOr<Transaction> Begin(Pool& pool, TransactionKind kind, absl::Time deadline);

  Transaction(Transaction&&) noexcept = default;
  Transaction& operator=(Transaction&&) noexcept = delete;
  ~Transaction() = default;

  // Calls `each` on every row in order and stops at the first error it returns.
  absl::Status Select(const Statement& statement, absl::Span<const Value> binds,
                      absl::FunctionRef<absl::Status(const Row&)> each);

  // Runs a statement that gives no rows. The rows it matched, changed or not.
  absl::StatusOr<int64_t> Execute(const Statement& statement, absl::Span<const Value> binds);

  // INSERT of many rows: `head` ends before VALUES, every row has the same number of values.
  // Nothing happens when there are none. INTERNAL when rows differ in length.
  absl::Status InsertMany(const Statement& head, absl::Span<const std::vector<Value>> rows);

  // Makes the effects last. UNAVAILABLE / COMMIT_UNKNOWN when the answer was lost, whether or not
  // the server did it: repeat only what is idempotent. After a retryable error nothing lasted.
  absl::Status Commit();

  // Undoes everything. Never fails: a connection that cannot roll back is dropped, and then the
  // server rolls back.
  void Rollback();

 private:
  Transaction(Pool::Lease lease, const base::Clock& clock, absl::Time deadline);
  // DEADLINE_EXCEEDED / DEADLINE_CAPPED once it has passed; else no statement takes much longer
  // than what is left.
  absl::Status CheckDeadline();
  absl::Status InsertChunk(const Statement& head, absl::Span<const std::vector<Value>> rows);

  Pool::Lease lease_;
  const base::Clock* clock_;
  absl::Time deadline_;
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_TRANSACTION_H_
