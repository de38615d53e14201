#include "storage/transaction.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "storage/connection.h"
#include "storage/errors.h"
#include "storage/sql_error.h"

namespace argosy::storage {
namespace {

Binds BindsOf(const absl::FunctionRef<const Value&(size_t)>& at, size_t count) {
  return Binds{.count = count, .at = at};
}

// Rows of the next INSERT: the largest power of two that stays inside every bound, so that the
// texts of one insert are few and stay prepared.
size_t ChunkRows(absl::Span<const std::vector<Value>> rows, size_t columns) {
  const size_t by_placeholders = Transaction::kPlaceholdersMax / columns;
  const size_t most = std::min({rows.size(), by_placeholders, Transaction::kInsertRowsMax});
  size_t fit = 0;
  size_t bytes = 0;
  while (fit < most) {
    for (const Value& value : rows[fit]) bytes += value.size_bytes();
    if (fit > 0 && bytes > Transaction::kInsertBytesMax) break;
    ++fit;
  }
  size_t chunk = 1;
  while (chunk * 2 <= fit) chunk *= 2;
  return chunk;
}

std::string InsertText(absl::string_view head, size_t rows, size_t columns) {
  std::string tuple = "(?";
  for (size_t i = 1; i < columns; ++i) tuple += ",?";
  tuple += ")";
  std::string text = absl::StrCat(head, " VALUES ", tuple);
  text.reserve(text.size() + (rows - 1) * (tuple.size() + 1));
  for (size_t i = 1; i < rows; ++i) absl::StrAppend(&text, ",", tuple);
  return text;
}

}  // namespace

Transaction::Transaction(Pool::Lease lease, const base::Clock& clock, absl::Time deadline)
    : lease_(std::move(lease)), clock_(&clock), deadline_(deadline) {}

absl::StatusOr<Transaction> Transaction::Begin(Pool& pool, TransactionKind kind,
                                               absl::Time deadline) {
  // A connection may have died while it lay idle. A transaction that has not begun has no effect,
  // so the next connection is tried; a fresh one that fails ends the search.
  while (true) {
    const absl::Duration left = deadline - pool.clock().Now();
    if (left <= absl::ZeroDuration()) return DeadlineCapped();
    ASSIGN_OR_RETURN(Pool::Lease lease, pool.Acquire(kind, deadline));
    const absl::Status begun = lease.connection().Begin(kind, left);
    if (begun.ok()) return Transaction(std::move(lease), pool.clock(), deadline);
    if (!lease.reused() || !lease.connection().broken()) return begun;
  }
}

absl::Status Transaction::CheckDeadline() {
  const absl::Duration left = deadline_ - clock_->Now();
  if (left <= absl::ZeroDuration()) return DeadlineCapped();
  return lease_.connection().LimitStatementTime(left);
}

absl::Status Transaction::Select(const Statement& statement, absl::Span<const Value> binds,
                                 absl::FunctionRef<absl::Status(const Row&)> each) {
  RETURN_IF_ERROR(CheckDeadline());
  const auto at = [binds](size_t i) -> const Value& { return binds[i]; };
  return lease_.connection().Select(statement, BindsOf(at, binds.size()), kRowsMax, each);
}

absl::StatusOr<int64_t> Transaction::Execute(const Statement& statement,
                                             absl::Span<const Value> binds) {
  RETURN_IF_ERROR(CheckDeadline());
  const auto at = [binds](size_t i) -> const Value& { return binds[i]; };
  return lease_.connection().Execute(statement, BindsOf(at, binds.size()));
}

absl::Status Transaction::InsertMany(const Statement& head,
                                     absl::Span<const std::vector<Value>> rows) {
  if (rows.empty()) return absl::OkStatus();
  const size_t columns = rows.front().size();
  const bool even = std::all_of(rows.begin(), rows.end(),
                                [columns](const auto& row) { return row.size() == columns; });
  if (columns == 0 || columns > kPlaceholdersMax || !even) {
    return base::Internal(absl::StrCat("statement ", head.name, ": rows of unequal length"));
  }
  while (!rows.empty()) {
    const size_t chunk = ChunkRows(rows, columns);
    RETURN_IF_ERROR(InsertChunk(head, rows.subspan(0, chunk)));
    rows.remove_prefix(chunk);
  }
  return absl::OkStatus();
}

absl::Status Transaction::InsertChunk(const Statement& head,
                                      absl::Span<const std::vector<Value>> rows) {
  RETURN_IF_ERROR(CheckDeadline());
  const size_t columns = rows.front().size();
  const std::string text = InsertText(head.sql, rows.size(), columns);
  const auto at = [rows, columns](size_t i) -> const Value& {
    return rows[i / columns][i % columns];
  };
  return lease_.connection()
      .Execute(Statement(head.name, text), BindsOf(at, rows.size() * columns))
      .status();
}

absl::Status Transaction::Commit() {
  RETURN_IF_ERROR(CheckDeadline());
  absl::Status committed = lease_.connection().End(kCommit);
  if (committed.ok() || IsRetryable(committed)) return committed;
  return CommitUnknown();
}

void Transaction::Rollback() {
  // Should this fail, the connection is broken or still in its transaction, and the pool closes it.
  if (lease_.connection().in_transaction()) lease_.connection().End(kRollback).IgnoreError();
}

}  // namespace argosy::storage
