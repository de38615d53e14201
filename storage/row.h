// One row of a result, read by typed getters that refuse what the connector would silently bend.
#ifndef ARGOSY_STORAGE_ROW_H_
#define ARGOSY_STORAGE_ROW_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"

namespace argosy::storage {

class ResultCursor;

// A view of the current row, valid only inside the callback that got it. Columns count from 0.
// Every getter is INTERNAL when the column does not exist, has another type, is NULL where no
// optional is asked for, or does not fit: the connector itself would give 0, -1 or a saturated
// number.
class Row {
 public:
  // Any integer column; an UNSIGNED value above 2^63 - 1 is refused. SUM() of integers is a DECIMAL
  // and is refused here: use Sum.
  absl::StatusOr<int64_t> Int64(size_t column) const;
  absl::StatusOr<std::optional<int64_t>> OptionalInt64(size_t column) const;

  // A CHAR, VARCHAR, TEXT, ENUM or JSON column.
  absl::StatusOr<std::string> Text(size_t column) const;
  absl::StatusOr<std::optional<std::string>> OptionalText(size_t column) const;

  // A BINARY, VARBINARY or BLOB column.
  absl::StatusOr<std::string> Bytes(size_t column) const;
  absl::StatusOr<std::optional<std::string>> OptionalBytes(size_t column) const;

  // A whole DECIMAL (what SUM of integers is) or an integer. The sum of no rows, NULL, is 0.
  absl::StatusOr<absl::int128> Sum(size_t column) const;

 private:
  friend class ResultCursor;
  explicit Row(ResultCursor& cursor) : cursor_(cursor) {}

  ResultCursor& cursor_;
};

}  // namespace argosy::storage

#endif  // ARGOSY_STORAGE_ROW_H_
