// How domain values stand in columns.
#ifndef ARGOSY_SERVICES_TEAMS_STORE_COLUMNS_H_
#define ARGOSY_SERVICES_TEAMS_STORE_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "base/fault.h"
#include "base/ids.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/role_assignment.h"
#include "storage/row.h"
#include "storage/value.h"

namespace argosy::teams {

inline storage::Value DayValue(const std::optional<absl::CivilDay>& day) {
  if (!day.has_value()) return storage::Null();
  return base::ToDayNumber(*day);
}

template <typename Id>
storage::Value SlugValue(const std::optional<Id>& id) {
  if (!id.has_value()) return storage::Null();
  return storage::Text(id->text());
}

template <typename Id>
absl::StatusOr<Id> ReadSlug(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::string text, row.Text(column));
  return Id::Parse(text);
}

template <typename Id>
absl::StatusOr<std::optional<Id>> ReadOptionalSlug(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::optional<std::string> text, row.OptionalText(column));
  if (!text.has_value()) return std::optional<Id>();
  ASSIGN_OR_RETURN(Id id, Id::Parse(*text));
  return std::optional<Id>(std::move(id));
}

inline absl::StatusOr<base::Uuid> ReadUuid(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const std::string bytes, row.Bytes(column));
  return base::Uuid::FromBytes(bytes);
}

// A start and an end next to each other.
inline absl::StatusOr<DayRange> ReadDays(const storage::Row& row, size_t column) {
  ASSIGN_OR_RETURN(const int64_t start, row.Int64(column));
  ASSIGN_OR_RETURN(const std::optional<int64_t> end, row.OptionalInt64(column + 1));
  DayRange days{.start = base::FromDayNumber(start), .end = std::nullopt};
  if (end.has_value()) days.end = base::FromDayNumber(*end);
  return days;
}

// INTERNAL for a number the enum does not have.
template <typename E>
absl::StatusOr<E> ReadEnum(const storage::Row& row, size_t column, int64_t last) {
  ASSIGN_OR_RETURN(const int64_t number, row.Int64(column));
  if (number < 1 || number > last) return base::Internal("a stored enum is out of range");
  return static_cast<E>(number);
}

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_STORE_COLUMNS_H_
