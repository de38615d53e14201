// Who does what, when, with how much of his time. Pure.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_ROLE_ASSIGNMENT_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_ROLE_ASSIGNMENT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "base/ids.h"
#include "services/teams/domain/ids.h"

namespace argosy::teams {

// Civil days from `start` up to, not including, `end`; without an end they go on.
struct DayRange {
  absl::CivilDay start;
  std::optional<absl::CivilDay> end;

  bool is_empty() const { return end.has_value() && *end <= start; }
  bool Contains(absl::CivilDay day) const { return start <= day && (!end || day < *end); }
  bool Covers(const DayRange& other) const;
  bool Overlaps(const DayRange& other) const;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// What a person does at work. The numbers are those of the contract and are stored.
enum class BusinessRole {
  kSales = 1,
  kCustomerService = 2,
  kMarketing = 3,
  kOperations = 4,
  kManager = 5,
  kOwner = 6,
  kAgency = 7,
};
inline constexpr int64_t kBusinessRoleLast = 7;

struct RoleFields {
  // One hundredth: nobody divides himself further, and it bounds the roles of one day to 100.
  static constexpr int64_t kSharePpmMin = 10'000;
  static constexpr int64_t kSharePpmMax = 1'000'000;

  base::MemberId member;
  std::optional<base::TeamId> team;
  BusinessRole role = BusinessRole::kSales;
  DayRange days;
  int64_t share_ppm = kSharePpmMax;

  friend bool operator==(const RoleFields&, const RoleFields&) = default;
};

struct RoleAssignment {
  RoleAssignmentId id;
  RoleFields fields;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;

  std::string etag() const { return RowEtag(id.uuid(), version); }
  friend bool operator==(const RoleAssignment&, const RoleAssignment&) = default;
};

// Whether a member employed over `employment`, who holds `held`, may also hold `added`; refusals
// call him `member`:
//   FIELD_INVALID                  no day, or a share outside its bounds
//   ASSIGNMENT_OUTSIDE_EMPLOYMENT  a day outside the employment
//   ROLE_ALREADY_HELD              the same role for the same team on a day of it
//   EFFORT_SHARE_EXCEEDED          the shares of a day would pass the whole
absl::Status CheckRole(absl::string_view member, const RoleFields& added,
                       const DayRange& employment, absl::Span<const RoleAssignment> held);

// `current` ending on `end`. ETAG_MISMATCH; FIELD_INVALID when `end` is not after its start;
// STATE_NOT_ALLOWED when it ends by then already.
absl::StatusOr<RoleAssignment> EndRole(const RoleAssignment& current, absl::CivilDay end,
                                       const RowChange& change);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_ROLE_ASSIGNMENT_H_
