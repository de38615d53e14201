#include "base/status_macros.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/service/tenant_service.h"
#include "services/tenancy/store/global_access.h"

namespace argosy::tenancy {

absl::StatusOr<v1::Tenant> TenantService::UpdateTenant(const tenants::RequestContext& ctx,
                                                       const v1::UpdateTenantRequest& request) {
  ASSIGN_OR_RETURN(const SettingsChange change, ParseSettingsChange(request));
  auto reply =
      with_.db.Mutate<v1::Tenant>(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Tenant> {
        tenants::GlobalTxn global = GlobalAccess::On(txn);
        ASSIGN_OR_RETURN(const Tenant current,
                         with_.tenants.LockByUid(global, ctx.tenant().tenant_uid()));
        ASSIGN_OR_RETURN(const Tenant next,
                         ReviseTenant(current, change, request.tenant().etag(), ctx.now()));
        RETURN_IF_ERROR(with_.tenants.Update(global, next, current.version));
        return ToProto(next);
      });
  with_.directory.Forget();
  return reply;
}

}  // namespace argosy::tenancy
