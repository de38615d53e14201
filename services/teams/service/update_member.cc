#include <vector>

#include "base/status_macros.h"
#include "services/teams/domain/errors.h"
#include "services/teams/domain/names.h"
#include "services/teams/service/convert.h"
#include "services/teams/service/people_service.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

absl::Status CheckLink(const Collaborators& with, tenants::TenantTxn& txn,
                       const base::TenantId& tenant, const MemberFields& current,
                       const MemberFields& next) {
  if (!next.membership.has_value() || next.membership == current.membership) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto linked, with.members.FindByMembership(txn, *next.membership));
  if (!linked.has_value()) return absl::OkStatus();
  return MembershipLinked(MembershipName(tenant, *next.membership));
}

}  // namespace

absl::StatusOr<v1::Member> PeopleService::UpdateMember(const tenants::RequestContext& ctx,
                                                       const v1::UpdateMemberRequest& request) {
  ASSIGN_OR_RETURN(const base::MemberId id, ParseMemberName(request.member().name()));
  return with_.db.Mutate<v1::Member>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Member> {
        const base::TenantId& tenant = ctx.tenant().tenant_id();
        ASSIGN_OR_RETURN(const Member current, with_.members.Lock(txn, tenant, id));
        ASSIGN_OR_RETURN(const MemberFields fields,
                         MergeMember(current.fields, request.member(), request.update_mask()));
        ASSIGN_OR_RETURN(const std::vector<RoleAssignment> held,
                         with_.assignments.ListOfMember(txn, id, DayRange()));
        ASSIGN_OR_RETURN(
            const Member next,
            ReviseMember(current, fields,
                         {request.member().name(), request.member().etag(), ctx.now()}, held));
        RETURN_IF_ERROR(CheckLink(with_, txn, tenant, current.fields, fields));
        ASSIGN_OR_RETURN(const bool stored, with_.members.Update(txn, next, current.version));
        if (!stored) return EtagMismatch(request.member().name());
        return ToProto(tenant, next);
      });
}

}  // namespace argosy::teams
