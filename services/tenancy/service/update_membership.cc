#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/service/membership_service.h"
#include "services/tenancy/store/global_access.h"

namespace argosy::tenancy {

absl::StatusOr<v1::Membership> MembershipService::UpdateMembership(
    const tenants::RequestContext& ctx, const v1::UpdateMembershipRequest& request) {
  ASSIGN_OR_RETURN(const MembershipId id, ParseMembershipName(request.membership().name()));
  ASSIGN_OR_RETURN(const MembershipChange change, ParseMembershipChange(request));
  auto reply = with_.db.Mutate<v1::Membership>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Membership> {
        tenants::GlobalTxn global = GlobalAccess::On(txn);
        ASSIGN_OR_RETURN(const Tenant tenant,
                         with_.tenants.LockByUid(global, ctx.tenant().tenant_uid()));
        ASSIGN_OR_RETURN(const Membership current, Get(ctx, txn, id));
        ASSIGN_OR_RETURN(
            const MembershipRevision next,
            ReviseMembership(tenant, current, change, request.membership().etag(), ctx.now()));
        ASSIGN_OR_RETURN(const bool updated,
                         with_.memberships.Update(txn, next.membership, current.version));
        if (!updated) return EtagMismatch(MembershipName(tenant.id, id));
        RETURN_IF_ERROR(with_.tenants.Update(global, next.tenant, tenant.version));
        txn.Note("membership", id.ToString());
        txn.Note("access_role", ToText(next.membership.role));
        return ToProto(tenant.id, next.membership);
      });
  with_.directory.Forget();
  return reply;
}

}  // namespace argosy::tenancy
