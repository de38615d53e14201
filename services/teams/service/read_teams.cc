#include <string>
#include <vector>

#include "base/status_macros.h"
#include "services/teams/service/convert.h"
#include "services/teams/service/own_scope.h"
#include "services/teams/service/people_service.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {

using tenants::RequestContext;
using tenants::TenantReader;

absl::StatusOr<v1::Team> PeopleService::GetTeam(const RequestContext& ctx,
                                                const v1::GetTeamRequest& request) {
  ASSIGN_OR_RETURN(const base::TeamId id, ParseTeamName(request.name()));
  return with_.db.Read<v1::Team>(ctx, [&](TenantReader& reader) -> absl::StatusOr<v1::Team> {
    ASSIGN_OR_RETURN(const VisiblePeople visible, ReadVisible(with_, reader, ctx));
    if (!visible.Has(id)) return Unseen(request.name());
    ASSIGN_OR_RETURN(const Team team, with_.teams.Get(reader, ctx.tenant().tenant_id(), id));
    return ToProto(ctx.tenant().tenant_id(), team);
  });
}

absl::StatusOr<v1::ListTeamsResponse> PeopleService::ListTeams(
    const RequestContext& ctx, const v1::ListTeamsRequest& request) {
  ASSIGN_OR_RETURN(const int64_t limit,
                   base::PageSize(request.page_size(), kPageDefault, kPageMax));
  const base::PageScope scope = PageScopeOf(ctx, "");
  ASSIGN_OR_RETURN(const std::string after, with_.pages.Open(scope, request.page_token()));
  return with_.db.Read<v1::ListTeamsResponse>(
      ctx, [&](TenantReader& reader) -> absl::StatusOr<v1::ListTeamsResponse> {
        ASSIGN_OR_RETURN(const VisiblePeople visible, ReadVisible(with_, reader, ctx));
        ASSIGN_OR_RETURN(std::vector<Team> teams,
                         with_.teams.List(reader, visible.teams(), after, limit + 1));
        v1::ListTeamsResponse reply;
        if (static_cast<int64_t>(teams.size()) > limit) {
          teams.pop_back();
          reply.set_next_page_token(with_.pages.Seal(scope, teams.back().id.text()));
        }
        for (const Team& team : teams) {
          *reply.add_teams() = ToProto(ctx.tenant().tenant_id(), team);
        }
        return reply;
      });
}

}  // namespace argosy::teams
