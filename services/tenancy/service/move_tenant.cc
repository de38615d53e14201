#include "base/status_macros.h"
#include "services/tenancy/domain/api_token.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/service/tenant_service.h"
#include "services/tenancy/store/global_access.h"

namespace argosy::tenancy {

absl::StatusOr<v1::Tenant> TenantService::ActivateTenant(const tenants::RequestContext& ctx,
                                                         const v1::ActivateTenantRequest& request) {
  return MoveTenant(ctx, request.name(), request.etag(), &tenancy::ActivateTenant);
}

absl::StatusOr<v1::Tenant> TenantService::SuspendTenant(const tenants::RequestContext& ctx,
                                                        const v1::SuspendTenantRequest& request) {
  return MoveTenant(ctx, request.name(), request.etag(), &tenancy::SuspendTenant);
}

absl::StatusOr<v1::Tenant> TenantService::ResumeTenant(const tenants::RequestContext& ctx,
                                                       const v1::ResumeTenantRequest& request) {
  return MoveTenant(ctx, request.name(), request.etag(), &tenancy::ResumeTenant);
}

absl::StatusOr<v1::Tenant> TenantService::MoveTenant(const tenants::RequestContext& ctx,
                                                     absl::string_view name, absl::string_view etag,
                                                     Move move) {
  ASSIGN_OR_RETURN(const base::TenantId id, ParseTenantName(name));
  auto reply =
      with_.db.Mutate<v1::Tenant>(ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::Tenant> {
        tenants::GlobalTxn global = GlobalAccess::On(txn);
        ASSIGN_OR_RETURN(const Tenant current, with_.tenants.LockById(global, id));
        ASSIGN_OR_RETURN(const Tenant next, move(current, etag, ctx.now()));
        RETURN_IF_ERROR(with_.tenants.Update(global, next, current.version));
        if (current.state == TenantState::kOnboarding) {
          RETURN_IF_ERROR(with_.tokens.EndBy(global, next.uid, ctx.now() + kHandOverTime));
        }
        RETURN_IF_ERROR(global.AppendAudit(next.uid, ForeignEntry(ctx)));
        txn.Note("tenant", id.text());
        return ToProto(next);
      });
  with_.directory.Forget();
  return reply;
}

}  // namespace argosy::tenancy
