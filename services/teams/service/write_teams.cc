#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/names.h"
#include "services/teams/service/convert.h"
#include "services/teams/service/people_service.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

// NOT_FOUND / RESOURCE_NOT_FOUND when the lead is not a member.
absl::Status CheckLead(const Collaborators& with, tenants::TenantTxn& txn,
                       const base::TenantId& tenant, const TeamFields& fields) {
  if (!fields.lead.has_value()) return absl::OkStatus();
  return with.members.Get(txn, tenant, *fields.lead).status();
}

}  // namespace

absl::StatusOr<v1::Team> PeopleService::CreateTeam(const tenants::RequestContext& ctx,
                                                   const v1::CreateTeamRequest& request) {
  Team team{.uid = with_.ids.NewUuid(ctx.now()), .created_at = ctx.now(), .updated_at = ctx.now()};
  ASSIGN_OR_RETURN(team.id, base::TeamId::Parse(request.team_id()));
  ASSIGN_OR_RETURN(team.fields, ParseTeam(request.team()));
  return with_.db.Mutate<v1::Team>(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Team> {
    ASSIGN_OR_RETURN(const auto same, with_.teams.Find(txn, team.id));
    const base::TenantId& tenant = ctx.tenant().tenant_id();
    if (same.has_value()) return ResourceExists("argosy.dev/Team", TeamName(tenant, team.id));
    RETURN_IF_ERROR(CheckLead(with_, txn, tenant, team.fields));
    RETURN_IF_ERROR(with_.teams.Insert(txn, team));
    return ToProto(tenant, team);
  });
}

absl::StatusOr<v1::Team> PeopleService::UpdateTeam(const tenants::RequestContext& ctx,
                                                   const v1::UpdateTeamRequest& request) {
  ASSIGN_OR_RETURN(const base::TeamId id, ParseTeamName(request.team().name()));
  return with_.db.Mutate<v1::Team>(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Team> {
    const base::TenantId& tenant = ctx.tenant().tenant_id();
    ASSIGN_OR_RETURN(const Team current, with_.teams.Get(txn, tenant, id));
    ASSIGN_OR_RETURN(const TeamFields fields,
                     MergeTeam(current.fields, request.team(), request.update_mask()));
    ASSIGN_OR_RETURN(
        const Team next,
        ReviseTeam(current, fields, {request.team().name(), request.team().etag(), ctx.now()}));
    RETURN_IF_ERROR(CheckLead(with_, txn, tenant, fields));
    ASSIGN_OR_RETURN(const bool stored, with_.teams.Update(txn, next, current.version));
    if (!stored) return EtagMismatch(request.team().name());
    return ToProto(tenant, next);
  });
}

}  // namespace argosy::teams
