// How much of the tenant's facts the caller may see.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_REACH_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_REACH_H_

#include <optional>

#include "absl/status/statusor.h"
#include "services/metrics/domain/audience.h"
#include "services/metrics/service/people_source.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// Nothing when the caller sees the whole tenant; else whose facts they see today, as teams says
// now. PERMISSION_DENIED / PERMISSION_MISSING for a caller of own scope who is no member. When
// teams cannot tell, its error: nobody sees more because it is away.
absl::StatusOr<std::optional<Audience>> ReadAudience(const tenants::RequestContext& ctx,
                                                     PeopleSource& people);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_REACH_H_
