#include "storage/row.h"

#include <cppconn/datatype.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>

#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/fault.h"
#include "base/status_macros.h"
#include "storage/result_cursor.h"
#include "storage/sql_error.h"

namespace argosy::storage {
namespace {

using ColumnType = ResultCursor::ColumnType;

ColumnType TypeOfColumn(sql::ResultSetMetaData& columns, unsigned int column) {
  switch (columns.getColumnType(column)) {
    case sql::DataType::TINYINT:
    case sql::DataType::SMALLINT:
    case sql::DataType::MEDIUMINT:
    case sql::DataType::INTEGER:
    case sql::DataType::BIGINT:
      return columns.isSigned(column) ? ColumnType::kSigned : ColumnType::kUnsigned;
    case sql::DataType::DECIMAL:
    case sql::DataType::NUMERIC:
      return ColumnType::kDecimal;
    case sql::DataType::CHAR:
    case sql::DataType::VARCHAR:
    case sql::DataType::LONGVARCHAR:
    case sql::DataType::ENUM:
    case sql::DataType::JSON:
      return ColumnType::kText;
    case sql::DataType::BINARY:
    case sql::DataType::VARBINARY:
    case sql::DataType::LONGVARBINARY:
      return ColumnType::kBytes;
    case sql::DataType::SQLNULL:
      return ColumnType::kNull;
    default:
      return ColumnType::kOther;
  }
}

// The connector counts columns from 1.
unsigned int Index(size_t column) { return static_cast<unsigned int>(column + 1); }

absl::StatusOr<absl::int128> ParseWhole(absl::string_view text) {
  const size_t point = text.find('.');
  const absl::string_view fraction = point == absl::string_view::npos ? "" : text.substr(point + 1);
  absl::int128 value;
  if (fraction.find_first_not_of('0') != absl::string_view::npos ||
      !absl::SimpleAtoi(text.substr(0, point), &value)) {
    return base::Internal("a sum is not a whole number");
  }
  return value;
}

// The characters of a column of type `wanted`, or nothing when it is NULL.
absl::StatusOr<std::optional<std::string>> Chars(ResultCursor& cursor, size_t column,
                                                 ColumnType wanted) {
  ASSIGN_OR_RETURN(const ColumnType type, cursor.TypeOf(column));
  if (type == ColumnType::kNull) return std::optional<std::string>();
  if (type != wanted) {
    return cursor.Refuse(column, wanted == ColumnType::kText ? "not text" : "not bytes");
  }
  std::optional<std::string> value;
  RETURN_IF_ERROR(GuardSql(cursor.name(), [&] {
    if (!cursor.result().isNull(Index(column))) {
      value = cursor.result().getString(Index(column)).asStdString();
    }
    return absl::OkStatus();
  }));
  return value;
}

template <typename T>
absl::StatusOr<T> Present(ResultCursor& cursor, size_t column,
                          absl::StatusOr<std::optional<T>> value) {
  if (!value.ok()) return std::move(value).status();
  if (!value->has_value()) return cursor.Refuse(column, "NULL");
  return **std::move(value);
}

}  // namespace

absl::Status ResultCursor::ForEach(absl::FunctionRef<absl::Status(const Row&)> each) {
  sql::ResultSetMetaData& columns = *result_.getMetaData();
  types_.resize(columns.getColumnCount());
  for (size_t i = 0; i < types_.size(); ++i) types_[i] = TypeOfColumn(columns, Index(i));
  const Row row(*this);
  while (result_.next()) RETURN_IF_ERROR(each(row));
  return absl::OkStatus();
}

absl::StatusOr<ColumnType> ResultCursor::TypeOf(size_t column) const {
  if (column >= types_.size()) return Refuse(column, "not there");
  return types_[column];
}

absl::Status ResultCursor::Refuse(size_t column, absl::string_view what) const {
  return base::Internal(absl::StrCat("statement ", name_, ": column ", column, " is ", what));
}

absl::StatusOr<std::optional<int64_t>> Row::OptionalInt64(size_t column) const {
  ASSIGN_OR_RETURN(const ColumnType type, cursor_.TypeOf(column));
  if (type == ColumnType::kNull) return std::optional<int64_t>();
  if (type != ColumnType::kSigned && type != ColumnType::kUnsigned) {
    return cursor_.Refuse(column, "not an integer");
  }
  std::optional<int64_t> value;
  RETURN_IF_ERROR(GuardSql(cursor_.name(), [&]() -> absl::Status {
    if (cursor_.result().isNull(Index(column))) return absl::OkStatus();
    if (type == ColumnType::kSigned) {
      value = cursor_.result().getInt64(Index(column));
      return absl::OkStatus();
    }
    const uint64_t wide = cursor_.result().getUInt64(Index(column));
    if (wide > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      return cursor_.Refuse(column, "beyond 2^63 - 1");
    }
    value = static_cast<int64_t>(wide);
    return absl::OkStatus();
  }));
  return value;
}

absl::StatusOr<int64_t> Row::Int64(size_t column) const {
  return Present(cursor_, column, OptionalInt64(column));
}

absl::StatusOr<std::optional<std::string>> Row::OptionalText(size_t column) const {
  return Chars(cursor_, column, ColumnType::kText);
}

absl::StatusOr<std::string> Row::Text(size_t column) const {
  return Present(cursor_, column, OptionalText(column));
}

absl::StatusOr<std::optional<std::string>> Row::OptionalBytes(size_t column) const {
  return Chars(cursor_, column, ColumnType::kBytes);
}

absl::StatusOr<std::string> Row::Bytes(size_t column) const {
  return Present(cursor_, column, OptionalBytes(column));
}

absl::StatusOr<absl::int128> Row::Sum(size_t column) const {
  ASSIGN_OR_RETURN(const ColumnType type, cursor_.TypeOf(column));
  if (type != ColumnType::kDecimal) {
    ASSIGN_OR_RETURN(const std::optional<int64_t> value, OptionalInt64(column));
    return absl::int128(value.value_or(0));
  }
  ASSIGN_OR_RETURN(const std::optional<std::string> text,
                   Chars(cursor_, column, ColumnType::kDecimal));
  if (!text.has_value()) return absl::int128(0);
  return ParseWhole(*text);
}

}  // namespace argosy::storage
