// The rows of one prepared SELECT. Private to storage/.
#ifndef ARGOSY_STORAGE_RESULT_CURSOR_H_
#define ARGOSY_STORAGE_RESULT_CURSOR_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/row.h"

namespace sql {
class ResultSet;
}  // namespace sql

namespace argosy::storage {

// Walks a result set; `result` and `name` outlive it.
class ResultCursor {
 public:
  // What a column may be read as. Everything else (floating point, dates) is read as nothing.
  enum class ColumnType { kSigned, kUnsigned, kDecimal, kText, kBytes, kNull, kOther };

  ResultCursor(absl::string_view name, sql::ResultSet& result) : name_(name), result_(result) {}

  // Calls `each` on every row. May throw what the connector throws.
  absl::Status ForEach(absl::FunctionRef<absl::Status(const Row&)> each);

  // The column's type; INTERNAL when there is no such column.
  absl::StatusOr<ColumnType> TypeOf(size_t column) const;
  // INTERNAL: column `column` of the statement is not what was asked for.
  absl::Status Refuse(size_t column, absl::string_view what) const;
  absl::string_view name() const { return name_; }
  sql::ResultSet& result() { return result_; }

 private:
  absl::string_view name_;
  sql::ResultSet& result_;
  std::vector<ColumnType> types_;
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_RESULT_CURSOR_H_
