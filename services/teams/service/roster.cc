#include <algorithm>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/names.h"
#include "services/teams/service/convert.h"
#include "services/teams/service/own_scope.h"
#include "services/teams/service/people_service.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

using tenants::RequestContext;
using tenants::TenantReader;

v1::RosterEntry ToEntry(const base::TenantId& tenant, const Member& member,
                        const std::vector<RoleAssignment>& roles) {
  v1::RosterEntry entry;
  *entry.mutable_member() = ToProto(tenant, member);
  for (const RoleAssignment& role : roles) {
    if (role.fields.member == member.id) *entry.add_role_assignments() = ToProto(tenant, role);
  }
  return entry;
}

}  // namespace

absl::StatusOr<v1::ListRosterResponse> PeopleService::ListRoster(
    const RequestContext& ctx, const v1::ListRosterRequest& request) {
  ASSIGN_OR_RETURN(const absl::CivilDay day, base::ParseCivilDay(request.date()));
  ASSIGN_OR_RETURN(const int64_t limit,
                   base::PageSize(request.page_size(), kPageDefault, kPageMax));
  const base::PageScope scope = PageScopeOf(ctx, base::ByteWriter(1).Text(request.date()).bytes());
  ASSIGN_OR_RETURN(const std::string after, with_.pages.Open(scope, request.page_token()));
  using Reply = v1::ListRosterResponse;
  return with_.db.Read<Reply>(ctx, [&](TenantReader& reader) -> absl::StatusOr<Reply> {
    ASSIGN_OR_RETURN(const VisiblePeople visible, ReadVisible(with_, reader, ctx));
    ASSIGN_OR_RETURN(std::vector<Member> members,
                     with_.members.ListPresent(reader, visible.members(), after, day, limit + 1));
    Reply reply;
    if (members.empty()) return reply;
    if (static_cast<int64_t>(members.size()) > limit) {
      members.pop_back();
      reply.set_next_page_token(with_.pages.Seal(scope, members.back().id.text()));
    }
    ASSIGN_OR_RETURN(
        const std::vector<RoleAssignment> roles,
        with_.assignments.ListOfMembers(reader, members.front().id, members.back().id, day));
    for (const Member& member : members) {
      *reply.add_entries() = ToEntry(ctx.tenant().tenant_id(), member, roles);
    }
    return reply;
  });
}

absl::StatusOr<v1::MemberScope> PeopleService::GetMemberScope(
    const RequestContext& ctx, const v1::GetMemberScopeRequest& request) {
  ASSIGN_OR_RETURN(const base::MemberId id, ParseMemberName(request.name()));
  ASSIGN_OR_RETURN(const absl::CivilDay day, base::ParseCivilDay(request.date()));
  return with_.db.Read<v1::MemberScope>(
      ctx, [&](TenantReader& reader) -> absl::StatusOr<v1::MemberScope> {
        ASSIGN_OR_RETURN(const VisiblePeople visible, ReadVisible(with_, reader, ctx));
        if (!visible.Has(id)) return Unseen(request.name());
        const base::TenantId& tenant = ctx.tenant().tenant_id();
        RETURN_IF_ERROR(with_.members.Get(reader, tenant, id).status());
        ASSIGN_OR_RETURN(const std::vector<base::TeamId> teams, with_.teams.ListLed(reader, id));
        ASSIGN_OR_RETURN(std::vector<base::MemberId> members,
                         with_.assignments.ListMembersLed(reader, id, day));
        const auto place = std::lower_bound(members.begin(), members.end(), id);
        if (place == members.end() || *place != id) members.insert(place, id);
        v1::MemberScope scope;
        scope.set_member(request.name());
        scope.set_date(request.date());
        for (const base::TeamId& team : teams) scope.add_teams(TeamName(tenant, team));
        for (const base::MemberId& member : members) scope.add_members(MemberName(tenant, member));
        return scope;
      });
}

absl::StatusOr<v1::CurrentModel> PeopleService::GetCurrentModel(
    const RequestContext& ctx, const v1::GetCurrentModelRequest& request) {
  RETURN_IF_ERROR(RequireWholeTenant(ctx, tenants::Permission::kTeamsRead));
  ASSIGN_OR_RETURN(const absl::CivilDay day, base::ParseCivilDay(request.date()));
  return with_.db.Read<v1::CurrentModel>(
      ctx, [&](TenantReader& reader) -> absl::StatusOr<v1::CurrentModel> {
        RoleLayout layout;
        ASSIGN_OR_RETURN(layout.headcount, with_.members.CountPresent(reader, day));
        RETURN_IF_ERROR(with_.assignments.CountRoles(reader, day, layout));
        ASSIGN_OR_RETURN(layout.marketing_departments,
                         with_.teams.CountMarketingDepartments(reader));
        v1::CurrentModel model = ToProto(layout, DecideCurrentModel(layout, ModelBounds()));
        model.set_parent(request.parent());
        model.set_date(request.date());
        return model;
      });
}

}  // namespace argosy::teams
