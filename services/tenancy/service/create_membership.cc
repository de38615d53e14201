#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/service/membership_service.h"
#include "services/tenancy/store/global_access.h"

namespace argosy::tenancy {

absl::StatusOr<v1::Membership> MembershipService::CreateMembership(
    const tenants::RequestContext& ctx, const v1::CreateMembershipRequest& request) {
  ASSIGN_OR_RETURN(Membership membership, ParseMembership(request.membership()));
  membership.id = MembershipId(with_.ids.NewUuid(ctx.now()));
  membership.create_time = ctx.now();
  membership.update_time = ctx.now();
  return with_.db.Mutate<v1::Membership>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Membership> {
        tenants::GlobalTxn global = GlobalAccess::On(txn);
        ASSIGN_OR_RETURN(const Tenant tenant,
                         with_.tenants.LockByUid(global, ctx.tenant().tenant_uid()));
        ASSIGN_OR_RETURN(const auto same,
                         with_.memberships.FindByPrincipal(txn, membership.principal));
        if (same) {
          return ResourceExists("argosy.dev/Membership", MembershipName(tenant.id, same->id));
        }
        ASSIGN_OR_RETURN(const Tenant next, AfterGrant(tenant, membership));
        RETURN_IF_ERROR(with_.memberships.Insert(txn, membership));
        RETURN_IF_ERROR(with_.tenants.Update(global, next, tenant.version));
        txn.Note("membership", membership.id.ToString());
        txn.Note("access_role", ToText(membership.role));
        return ToProto(tenant.id, membership);
      });
}

}  // namespace argosy::tenancy
