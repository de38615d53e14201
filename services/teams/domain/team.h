// A group of people with one purpose. Pure.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_TEAM_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_TEAM_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "base/money.h"
#include "services/teams/domain/ids.h"

namespace argosy::teams {

// The numbers are those of the contract and are stored.
enum class TeamKind {
  kSales = 1,
  kCustomerService = 2,
  kMarketing = 3,
  kOperations = 4,
  kMixed = 5
};
inline constexpr int64_t kTeamKindLast = 5;

// What people may change of a team.
struct TeamFields {
  std::string display_name;
  TeamKind kind = TeamKind::kMixed;
  std::optional<base::MemberId> lead;
  std::optional<base::Money> monthly_budget;

  friend bool operator==(const TeamFields&, const TeamFields&) = default;
};

struct Team {
  base::TeamId id;
  base::Uuid uid;
  TeamFields fields;
  int64_t version = 1;
  absl::Time created_at;
  absl::Time updated_at;

  std::string etag() const { return RowEtag(uid, version); }
  friend bool operator==(const Team&, const Team&) = default;
};

// INVALID_ARGUMENT / FIELD_INVALID: no name, one over 200 characters, or a budget that is not above
// 0.
absl::Status CheckTeam(const TeamFields& fields);

// The next version of `current`. ETAG_MISMATCH when the etag is neither empty nor the present one.
absl::StatusOr<Team> ReviseTeam(const Team& current, const TeamFields& fields,
                                const RowChange& change);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_TEAM_H_
