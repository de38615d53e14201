#include "services/teams/service/own_scope.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"

namespace argosy::teams {

absl::StatusOr<absl::CivilDay> Today(const tenants::RequestContext& ctx) {
  const absl::StatusOr<absl::TimeZone> zone =
      base::ParseTimeZone(ctx.tenant().reporting_time_zone());
  if (!zone.ok()) return base::Internal("the tenant's time zone is unknown");
  return base::LocalDay(ctx.now(), *zone);
}

absl::StatusOr<VisiblePeople> ReadVisible(const Collaborators& with, tenants::TenantReader& reader,
                                          const tenants::RequestContext& ctx) {
  if (ctx.tenant().ReachFor(tenants::Permission::kTeamsRead) == tenants::Reach::kWholeTenant) {
    return VisiblePeople();
  }
  absl::flat_hash_set<base::MemberId> members;
  absl::flat_hash_set<base::TeamId> teams;
  const std::optional<base::MemberId>& self = ctx.tenant().member_id();
  if (self.has_value()) {
    ASSIGN_OR_RETURN(const absl::CivilDay today, Today(ctx));
    ASSIGN_OR_RETURN(const std::vector<base::TeamId> led, with.teams.ListLed(reader, *self));
    ASSIGN_OR_RETURN(const std::vector<base::MemberId> people,
                     with.assignments.ListMembersLed(reader, *self, today));
    teams.insert(led.begin(), led.end());
    members.insert(people.begin(), people.end());
    members.insert(*self);
  }
  return VisiblePeople(std::move(members), std::move(teams));
}

absl::Status RequireWholeTenant(const tenants::RequestContext& ctx,
                                tenants::Permission permission) {
  if (ctx.tenant().ReachFor(permission) == tenants::Reach::kWholeTenant) return absl::OkStatus();
  return OutsideOwnScope(tenants::PermissionName(permission), ctx.resource());
}

absl::Status Unseen(absl::string_view name) {
  return OutsideOwnScope(tenants::PermissionName(tenants::Permission::kTeamsRead), name);
}

}  // namespace argosy::teams
