#include "base/status_macros.h"
#include "services/tenancy/domain/errors.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/service/membership_service.h"
#include "services/tenancy/store/global_access.h"

namespace argosy::tenancy {

absl::StatusOr<google::protobuf::Empty> MembershipService::DeleteMembership(
    const tenants::RequestContext& ctx, const v1::DeleteMembershipRequest& request) {
  using google::protobuf::Empty;
  ASSIGN_OR_RETURN(const MembershipId id, ParseMembershipName(request.name()));
  auto reply = with_.db.Mutate<Empty>(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<Empty> {
    tenants::GlobalTxn global = GlobalAccess::On(txn);
    ASSIGN_OR_RETURN(const Tenant tenant,
                     with_.tenants.LockByUid(global, ctx.tenant().tenant_uid()));
    ASSIGN_OR_RETURN(const Membership current, Get(ctx, txn, id));
    ASSIGN_OR_RETURN(const Tenant next, AfterRemoval(tenant, current, request.etag()));
    RETURN_IF_ERROR(with_.tokens.DeleteOfMembership(txn, id));
    RETURN_IF_ERROR(with_.tokens.DeleteLookups(global, tenant.uid, id));
    ASSIGN_OR_RETURN(const bool deleted, with_.memberships.Delete(txn, current));
    if (!deleted) return EtagMismatch(MembershipName(tenant.id, id));
    RETURN_IF_ERROR(with_.tenants.Update(global, next, tenant.version));
    txn.Note("membership", id.ToString());
    return Empty();
  });
  with_.directory.Forget();
  return reply;
}

}  // namespace argosy::tenancy
