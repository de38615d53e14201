// Columns of the service's tables as the domain's types, and back.
#ifndef ARGOSY_SERVICES_INCENTIVES_STORE_COLUMNS_H_
#define ARGOSY_SERVICES_INCENTIVES_STORE_COLUMNS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::incentives {

template <typename Uid>
absl::StatusOr<Uid> UidColumn(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::string bytes, row.Bytes(column));
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(bytes));
  return Uid(uuid);
}

template <typename Slug>
absl::StatusOr<Slug> SlugColumn(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::string text, row.Text(column));
  return Slug::Parse(text);
}

template <typename Enum>
absl::StatusOr<Enum> EnumColumn(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const int64_t number, row.Int64(column));
  return static_cast<Enum>(number);
}

inline absl::StatusOr<absl::CivilDay> DayColumn(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const int64_t number, row.Int64(column));
  return base::FromDayNumber(number);
}

inline absl::StatusOr<std::optional<absl::CivilDay>> OptionalDayColumn(const storage::Row& row,
                                                                       size_t column) {
  ASSIGN_OR_RETURN(const std::optional<int64_t> number, row.OptionalInt64(column));
  if (!number) return std::optional<absl::CivilDay>();
  return std::optional<absl::CivilDay>(base::FromDayNumber(*number));
}

inline absl::StatusOr<absl::Time> TimeColumn(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const int64_t micros, row.Int64(column));
  return base::FromMicros(micros);
}

inline absl::StatusOr<std::optional<absl::Time>> OptionalTimeColumn(const storage::Row& row,
                                                                    size_t column) {
  ASSIGN_OR_RETURN(const std::optional<int64_t> micros, row.OptionalInt64(column));
  if (!micros) return std::optional<absl::Time>();
  return std::optional<absl::Time>(base::FromMicros(*micros));
}

inline absl::StatusOr<base::Currency> CurrencyColumn(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::string code, row.Text(column));
  return base::Currency::Parse(code);
}

// A SUM of amounts, which must fit again.
inline absl::StatusOr<int64_t> SumColumn(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const absl::int128 sum, row.Sum(column));
  return base::CheckedNarrow(sum);
}

inline storage::Value DayValue(absl::CivilDay day) { return base::ToDayNumber(day); }
inline storage::Value DayValue(const std::optional<absl::CivilDay>& day) {
  if (!day) return storage::Null();
  return base::ToDayNumber(*day);
}
inline storage::Value TimeValue(const std::optional<absl::Time>& time) {
  if (!time) return storage::Null();
  return base::ToMicros(*time);
}

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_STORE_COLUMNS_H_
