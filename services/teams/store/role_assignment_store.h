// Rows of role assignments.
#ifndef ARGOSY_SERVICES_TEAMS_STORE_ROLE_ASSIGNMENT_STORE_H_
#define ARGOSY_SERVICES_TEAMS_STORE_ROLE_ASSIGNMENT_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "base/ids.h"
#include "services/teams/domain/current_model.h"
#include "services/teams/domain/role_assignment.h"
#include "services/teams/store/among.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {

// Which assignments a listing is about; what is absent does not narrow it.
struct AssignmentFilter {
  Among<base::MemberId> among;
  std::optional<base::MemberId> member;
  std::optional<base::TeamId> team;
  std::optional<BusinessRole> role;
  std::optional<DayRange> days;  // those that hold on one of these days
};

// Stateless.
class RoleAssignmentStore {
 public:
  // A lead sees at most so many people; the largest company foreseen has a tenth of them.
  static constexpr int64_t kMembersLedMax = 5'000;

  // NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::StatusOr<RoleAssignment> Get(tenants::TenantReader& reader, const base::TenantId& tenant,
                                     const RoleAssignmentId& id) const;
  // Those of `member` that hold on one of `days`, by start.
  absl::StatusOr<std::vector<RoleAssignment>> ListOfMember(tenants::TenantReader& reader,
                                                           const base::MemberId& member,
                                                           const DayRange& days) const;
  // At most `limit` by id, after `after`.
  absl::StatusOr<std::vector<RoleAssignment>> List(tenants::TenantReader& reader,
                                                   const AssignmentFilter& filter,
                                                   const RoleAssignmentId& after,
                                                   int64_t limit) const;
  // Those that hold on `day`, of the members from `first` to `last`, by member.
  absl::StatusOr<std::vector<RoleAssignment>> ListOfMembers(tenants::TenantReader& reader,
                                                            const base::MemberId& first,
                                                            const base::MemberId& last,
                                                            absl::CivilDay day) const;
  // Members with a role on `day` in a team that `lead` leads; at most kMembersLedMax by id.
  absl::StatusOr<std::vector<base::MemberId>> ListMembersLed(tenants::TenantReader& reader,
                                                             const base::MemberId& lead,
                                                             absl::CivilDay day) const;
  // Fills in the counts by role on `day`, and takes off the heads of those who only run advertising
  // from outside.
  absl::Status CountRoles(tenants::TenantReader& reader, absl::CivilDay day,
                          RoleLayout& layout) const;

  absl::Status Insert(tenants::TenantTxn& txn, const std::vector<RoleAssignment>& added) const;
  // Stores the end of `next`. False when the row is no longer of `current_version`.
  absl::StatusOr<bool> End(tenants::TenantTxn& txn, const RoleAssignment& next,
                           int64_t current_version) const;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_STORE_ROLE_ASSIGNMENT_STORE_H_
