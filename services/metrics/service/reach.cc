#include "services/metrics/service/reach.h"

#include <utility>

#include "base/period.h"
#include "base/status_macros.h"
#include "services/metrics/domain/errors.h"
#include "services/metrics/service/names.h"
#include "tenants/access.h"

namespace argosy::metrics {

absl::StatusOr<std::optional<Audience>> ReadAudience(const tenants::RequestContext& ctx,
                                                     PeopleSource& people) {
  const tenants::TenantContext& tenant = ctx.tenant();
  if (tenant.ReachFor(tenants::Permission::kMetricsRead) == tenants::Reach::kWholeTenant) {
    return std::optional<Audience>();
  }
  if (!tenant.member_id().has_value()) return ScopeEmpty(TenantName(tenant.tenant_id()));
  ASSIGN_OR_RETURN(const absl::TimeZone zone, base::ParseTimeZone(tenant.reporting_time_zone()));
  absl::StatusOr<Audience> audience =
      people.GetAudience(ctx, *tenant.member_id(), base::LocalDay(ctx.now(), zone));
  // An account may be linked before its member is made.
  if (absl::IsNotFound(audience.status())) return ScopeEmpty(TenantName(tenant.tenant_id()));
  if (!audience.ok()) return std::move(audience).status();
  return std::optional<Audience>(*std::move(audience));
}

}  // namespace argosy::metrics
