// Tenants: opened, read, changed and stopped.
#ifndef ARGOSY_SERVICES_TENANCY_SERVICE_TENANT_SERVICE_H_
#define ARGOSY_SERVICES_TENANCY_SERVICE_TENANT_SERVICE_H_

#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "argosy/tenancy/v1/tenant.pb.h"
#include "services/tenancy/domain/tenant.h"
#include "services/tenancy/service/collaborators.h"
#include "services/tenancy/service/tenant_memory.h"
#include "tenants/request_context.h"

namespace argosy::tenancy {

// The verbs of argosy.tenancy.v1.TenantService, whose contract says what each refuses. Thread-safe.
class TenantService {
 public:
  explicit TenantService(const Collaborators& with) : with_(with), memory_(with.directory) {}

  absl::StatusOr<v1::Tenant> CreateTenant(const tenants::RequestContext& ctx,
                                          const v1::CreateTenantRequest& request);
  absl::StatusOr<v1::Tenant> GetTenant(const tenants::RequestContext& ctx,
                                       const v1::GetTenantRequest& request);
  absl::StatusOr<v1::Tenant> LookupTenant(const tenants::RequestContext& ctx,
                                          const v1::LookupTenantRequest& request);
  absl::StatusOr<v1::ListTenantsResponse> ListTenants(const tenants::RequestContext& ctx,
                                                      const v1::ListTenantsRequest& request);
  absl::StatusOr<v1::Tenant> UpdateTenant(const tenants::RequestContext& ctx,
                                          const v1::UpdateTenantRequest& request);
  absl::StatusOr<v1::Tenant> ActivateTenant(const tenants::RequestContext& ctx,
                                            const v1::ActivateTenantRequest& request);
  absl::StatusOr<v1::Tenant> SuspendTenant(const tenants::RequestContext& ctx,
                                           const v1::SuspendTenantRequest& request);
  absl::StatusOr<v1::Tenant> ResumeTenant(const tenants::RequestContext& ctx,
                                          const v1::ResumeTenantRequest& request);

 private:
  // One of the domain's moves.
  using Move =
      absl::FunctionRef<absl::StatusOr<Tenant>(const Tenant&, absl::string_view, absl::Time)>;
  // Moves the tenant `name`, and records it in that tenant's own chain too.
  absl::StatusOr<v1::Tenant> MoveTenant(const tenants::RequestContext& ctx, absl::string_view name,
                                        absl::string_view etag, Move move);

  Collaborators with_;
  TenantMemory memory_;
};

}  // namespace argosy::tenancy

#endif  // ARGOSY_SERVICES_TENANCY_SERVICE_TENANT_SERVICE_H_
