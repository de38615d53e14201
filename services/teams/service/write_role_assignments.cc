#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/names.h"
#include "services/teams/service/convert.h"
#include "services/teams/service/people_service.h"
#include "tenants/errors.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

using tenants::RequestContext;
using tenants::TenantReader;
using tenants::TenantTxn;

absl::StatusOr<RoleAssignment> NewRole(const RequestContext& ctx, base::IdSource& ids,
                                       const v1::RoleAssignment& assignment) {
  RoleAssignment made{.id = RoleAssignmentId(ids.NewUuid(ctx.now())),
                      .created_at = ctx.now(),
                      .updated_at = ctx.now()};
  ASSIGN_OR_RETURN(made.fields, ParseRole(assignment));
  return made;
}

// By member in one order everywhere, so that two batches never wait for one another in a ring.
using RolesByMember = absl::btree_map<base::MemberId, std::vector<RoleAssignment>>;

// Checks the roles of one member against those he holds and against one another.
absl::Status CheckRolesOf(const Collaborators& with, TenantTxn& txn, const base::TenantId& tenant,
                          const base::MemberId& id, const std::vector<RoleAssignment>& added) {
  ASSIGN_OR_RETURN(const Member member, with.members.Lock(txn, tenant, id));
  std::vector<RoleAssignment> before;
  for (const RoleAssignment& role : added) {
    if (role.fields.team.has_value()) {
      RETURN_IF_ERROR(with.teams.Get(txn, tenant, *role.fields.team).status());
    }
    ASSIGN_OR_RETURN(std::vector<RoleAssignment> held,
                     with.assignments.ListOfMember(txn, id, role.fields.days));
    held.insert(held.end(), before.begin(), before.end());
    RETURN_IF_ERROR(CheckRole(MemberName(tenant, id), role.fields, member.fields.employment, held));
    before.push_back(role);
  }
  return absl::OkStatus();
}

absl::Status StoreRoles(const Collaborators& with, TenantTxn& txn, const base::TenantId& tenant,
                        const std::vector<RoleAssignment>& added) {
  RolesByMember by_member;
  for (const RoleAssignment& role : added) by_member[role.fields.member].push_back(role);
  for (const auto& [member, roles] : by_member) {
    RETURN_IF_ERROR(CheckRolesOf(with, txn, tenant, member, roles));
  }
  return with.assignments.Insert(txn, added);
}

// The stored row of a role given before: nothing else of the member has its role, team and start.
absl::StatusOr<RoleAssignment> FindGiven(const Collaborators& with, TenantReader& reader,
                                         const base::TenantId& tenant, const RoleFields& given) {
  const DayRange first_day{.start = given.days.start, .end = given.days.start + 1};
  ASSIGN_OR_RETURN(const std::vector<RoleAssignment> held,
                   with.assignments.ListOfMember(reader, given.member, first_day));
  for (const RoleAssignment& one : held) {
    if (one.fields.role == given.role && one.fields.team == given.team &&
        one.fields.days.start == given.days.start) {
      return one;
    }
  }
  return ResourceMissing("argosy.dev/RoleAssignment", MemberName(tenant, given.member));
}

v1::BatchCreateRoleAssignmentsResponse ToReply(const base::TenantId& tenant,
                                               const std::vector<RoleAssignment>& roles) {
  v1::BatchCreateRoleAssignmentsResponse reply;
  for (const RoleAssignment& role : roles) *reply.add_role_assignments() = ToProto(tenant, role);
  return reply;
}

}  // namespace

absl::StatusOr<v1::RoleAssignment> PeopleService::CreateRoleAssignment(
    const RequestContext& ctx, const v1::CreateRoleAssignmentRequest& request) {
  ASSIGN_OR_RETURN(const RoleAssignment role, NewRole(ctx, with_.ids, request.role_assignment()));
  return with_.db.Mutate<v1::RoleAssignment>(
      ctx, [&](TenantTxn& txn) -> absl::StatusOr<v1::RoleAssignment> {
        RETURN_IF_ERROR(StoreRoles(with_, txn, ctx.tenant().tenant_id(), {role}));
        return ToProto(ctx.tenant().tenant_id(), role);
      });
}

absl::StatusOr<v1::BatchCreateRoleAssignmentsResponse> PeopleService::BatchCreateRoleAssignments(
    const RequestContext& ctx, const v1::BatchCreateRoleAssignmentsRequest& request) {
  std::vector<RoleAssignment> roles;
  for (const v1::RoleAssignment& item : request.role_assignments()) {
    ASSIGN_OR_RETURN(RoleAssignment role, NewRole(ctx, with_.ids, item));
    roles.push_back(std::move(role));
  }
  using Reply = v1::BatchCreateRoleAssignmentsResponse;
  auto reply = with_.db.Mutate<Reply>(ctx, [&](TenantTxn& txn) -> absl::StatusOr<Reply> {
    RETURN_IF_ERROR(StoreRoles(with_, txn, ctx.tenant().tenant_id(), roles));
    txn.Note("role_assignments", static_cast<int64_t>(roles.size()));
    return ToReply(ctx.tenant().tenant_id(), roles);
  });
  if (!tenants::IsReplyNotStored(reply.status())) return reply;
  return with_.db.Read<Reply>(ctx, [&](TenantReader& reader) -> absl::StatusOr<Reply> {
    std::vector<RoleAssignment> present;
    for (const RoleAssignment& role : roles) {
      ASSIGN_OR_RETURN(RoleAssignment one,
                       FindGiven(with_, reader, ctx.tenant().tenant_id(), role.fields));
      present.push_back(std::move(one));
    }
    return ToReply(ctx.tenant().tenant_id(), present);
  });
}

absl::StatusOr<v1::RoleAssignment> PeopleService::EndRoleAssignment(
    const RequestContext& ctx, const v1::EndRoleAssignmentRequest& request) {
  ASSIGN_OR_RETURN(const RoleAssignmentId id, ParseAssignmentName(request.name()));
  ASSIGN_OR_RETURN(const absl::CivilDay end, base::ParseCivilDay(request.effective_end_date()));
  return with_.db.Mutate<v1::RoleAssignment>(
      ctx, [&](TenantTxn& txn) -> absl::StatusOr<v1::RoleAssignment> {
        ASSIGN_OR_RETURN(const RoleAssignment current,
                         with_.assignments.Get(txn, ctx.tenant().tenant_id(), id));
        // Without the member's lock: an earlier end breaks no rule, whatever is changed meanwhile.
        ASSIGN_OR_RETURN(const RoleAssignment next,
                         EndRole(current, end, {request.name(), request.etag(), ctx.now()}));
        ASSIGN_OR_RETURN(const bool stored, with_.assignments.End(txn, next, current.version));
        if (!stored) return EtagMismatch(request.name());
        return ToProto(ctx.tenant().tenant_id(), next);
      });
}

}  // namespace argosy::teams
