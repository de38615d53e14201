#include "services/metrics/service/reach.h"

#include "services/metrics/domain/errors.h"
#include "services/metrics/service/names.h"
#include "tenants/access.h"

namespace argosy::metrics {

absl::StatusOr<std::optional<base::MemberId>> OnlyMember(const tenants::RequestContext& ctx) {
  const tenants::TenantContext& tenant = ctx.tenant();
  if (tenant.ReachFor(tenants::Permission::kMetricsRead) == tenants::Reach::kWholeTenant) {
    return std::optional<base::MemberId>();
  }
  if (!tenant.member_id().has_value()) return ScopeEmpty(TenantName(tenant.tenant_id()));
  return tenant.member_id();
}

}  // namespace argosy::metrics
