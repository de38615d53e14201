// Rows of teams.
#ifndef ARGOSY_SERVICES_TEAMS_STORE_TEAM_STORE_H_
#define ARGOSY_SERVICES_TEAMS_STORE_TEAM_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/ids.h"
#include "services/teams/domain/team.h"
#include "services/teams/store/among.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {

// Stateless.
class TeamStore {
 public:
  // The largest company foreseen has some dozens.
  static constexpr int64_t kTeamsLedMax = 200;

  absl::StatusOr<std::optional<Team>> Find(tenants::TenantReader& reader,
                                           const base::TeamId& id) const;
  // NOT_FOUND / RESOURCE_NOT_FOUND.
  absl::StatusOr<Team> Get(tenants::TenantReader& reader, const base::TenantId& tenant,
                           const base::TeamId& id) const;
  // At most `limit` of `among` by id, after `after`.
  absl::StatusOr<std::vector<Team>> List(tenants::TenantReader& reader,
                                         const Among<base::TeamId>& among, absl::string_view after,
                                         int64_t limit) const;
  // At most kTeamsLedMax by id.
  absl::StatusOr<std::vector<base::TeamId>> ListLed(tenants::TenantReader& reader,
                                                    const base::MemberId& lead) const;
  // Marketing teams with a lead and a budget.
  absl::StatusOr<int64_t> CountMarketingDepartments(tenants::TenantReader& reader) const;

  // ALREADY_EXISTS / RESOURCE_EXISTS when the id is taken.
  absl::Status Insert(tenants::TenantTxn& txn, const Team& team) const;
  // False when the row is no longer of `current_version`.
  absl::StatusOr<bool> Update(tenants::TenantTxn& txn, const Team& next,
                              int64_t current_version) const;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_STORE_TEAM_STORE_H_
