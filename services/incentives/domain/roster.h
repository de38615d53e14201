// Who is there and who holds which role when: what incentives read of the teams service.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_ROSTER_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_ROSTER_H_

#include <compare>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "base/ids.h"
#include "services/incentives/domain/plan.h"

namespace argosy::incentives {

// A role one member holds from `starts` until `ends` (exclusive; nothing: still).
struct RoleHolding {
  base::MemberId member;
  BusinessRole role = BusinessRole::kSales;
  absl::CivilDay starts;
  std::optional<absl::CivilDay> ends;

  bool Holds(absl::CivilDay day) const { return starts <= day && (!ends || day < *ends); }
  friend bool operator==(const RoleHolding&, const RoleHolding&) = default;
};

// Immutable once made.
class Roster {
 public:
  // Far above any company this product is for; a run keeps its roster.
  static constexpr size_t kHoldingsMax = 50'000;
  static constexpr size_t kMembersMax = 20'000;

  Roster() = default;
  // Sorts both, so that equal rosters have equal bytes whatever the order they came in.
  Roster(std::vector<base::MemberId> members, std::vector<RoleHolding> holdings);

  bool Has(const base::MemberId& member) const { return members_.contains(member); }
  bool Holds(const base::MemberId& member, BusinessRole role, absl::CivilDay day) const;
  // Everybody who holds `role` on `day`, each once, by id.
  std::vector<base::MemberId> HoldersOf(BusinessRole role, absl::CivilDay day) const;

  const std::set<base::MemberId>& members() const { return members_; }
  const std::vector<RoleHolding>& holdings() const { return holdings_; }

 private:
  std::set<base::MemberId> members_;
  std::vector<RoleHolding> holdings_;  // by member, role, start
};

// Canonical bytes of roster and assignments: the recorded inputs of a run, for its replay.
struct RosterSnapshot {
  Roster roster;
  std::vector<PlanAssignment> assignments;
};
std::string ToCanonicalBytes(const RosterSnapshot& snapshot);
// DATA_LOSS for anything but what ToCanonicalBytes wrote. Of an assignment only plan, role and days
// come back: that is all a calculation reads.
absl::StatusOr<RosterSnapshot> ParseRosterSnapshot(absl::string_view bytes);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_ROSTER_H_
