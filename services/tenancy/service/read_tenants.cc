#include <string>
#include <vector>

#include "base/status_macros.h"
#include "services/tenancy/service/convert.h"
#include "services/tenancy/service/tenant_service.h"

namespace argosy::tenancy {

absl::StatusOr<v1::Tenant> TenantService::GetTenant(const tenants::RequestContext& ctx,
                                                    const v1::GetTenantRequest&) {
  const base::TenantUid& uid = ctx.tenant().tenant_uid();
  return memory_.Get(uid, ctx.now(), [&] {
    return with_.global.Read<v1::Tenant>(
        ctx.deadline(), [&](tenants::GlobalTxn& txn) -> absl::StatusOr<v1::Tenant> {
          ASSIGN_OR_RETURN(const Tenant tenant, with_.tenants.GetByUid(txn, uid));
          return ToProto(tenant);
        });
  });
}

absl::StatusOr<v1::Tenant> TenantService::LookupTenant(const tenants::RequestContext& ctx,
                                                       const v1::LookupTenantRequest& request) {
  ASSIGN_OR_RETURN(const base::TenantId id, ParseTenantName(request.name()));
  return with_.global.Read<v1::Tenant>(
      ctx.deadline(), [&](tenants::GlobalTxn& txn) -> absl::StatusOr<v1::Tenant> {
        ASSIGN_OR_RETURN(const Tenant tenant, with_.tenants.GetById(txn, id));
        return ToProto(tenant);
      });
}

absl::StatusOr<v1::ListTenantsResponse> TenantService::ListTenants(
    const tenants::RequestContext& ctx, const v1::ListTenantsRequest& request) {
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageDefault, kPageMax));
  ASSIGN_OR_RETURN(const std::string after,
                   with_.pages.Open(PageScopeOf(ctx), request.page_token()));
  ASSIGN_OR_RETURN(
      std::vector<Tenant> tenants,
      with_.global.Read<std::vector<Tenant>>(ctx.deadline(), [&](tenants::GlobalTxn& txn) {
        return with_.tenants.ListCompanies(txn, after, size + 1);
      }));
  v1::ListTenantsResponse response;
  if (tenants.size() > static_cast<size_t>(size)) {
    tenants.pop_back();
    response.set_next_page_token(with_.pages.Seal(PageScopeOf(ctx), tenants.back().id.text()));
  }
  for (const Tenant& tenant : tenants) *response.add_tenants() = ToProto(tenant);
  return response;
}

}  // namespace argosy::tenancy
