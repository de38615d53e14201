#include "base/status_macros.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/service/tenant_service.h"
#include "services/tenancy/store/global_access.h"

namespace argosy::tenancy {

absl::StatusOr<v1::Tenant> TenantService::CreateTenant(const tenants::RequestContext& ctx,
                                                       const v1::CreateTenantRequest& request) {
  TenantOpening opening{.uid = base::TenantUid(with_.ids.NewUuid(ctx.now())),
                        .blueprint = {.name = request.tenant().blueprint().name(),
                                      .sha256 = request.tenant().blueprint().sha256()}};
  ASSIGN_OR_RETURN(opening.id, base::TenantId::Parse(request.tenant_id()));
  ASSIGN_OR_RETURN(opening.settings, ParseSettings(request.tenant()));
  ASSIGN_OR_RETURN(opening.created_by, ParseMemberActor(ctx.tenant().actor()));
  ASSIGN_OR_RETURN(const Tenant tenant, OpenTenant(opening, ctx.now()));
  auto reply =
      with_.db.Mutate<v1::Tenant>(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Tenant> {
        tenants::GlobalTxn global = GlobalAccess::On(txn);
        RETURN_IF_ERROR(with_.tenants.Insert(global, tenant));
        RETURN_IF_ERROR(global.AppendAudit(tenant.uid, ForeignEntry(ctx)));
        txn.Note("tenant", tenant.id.text());
        return ToProto(tenant);
      });
  // The directory may remember that there was no such tenant.
  with_.directory.Forget();
  return reply;
}

}  // namespace argosy::tenancy
