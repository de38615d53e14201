// How much of the tenant's facts the caller may see.
#ifndef ARGOSY_SERVICES_METRICS_SERVICE_REACH_H_
#define ARGOSY_SERVICES_METRICS_SERVICE_REACH_H_

#include <optional>

#include "absl/status/statusor.h"
#include "base/ids.h"
#include "tenants/request_context.h"

namespace argosy::metrics {

// Nothing when the caller sees the whole tenant; else the one member whose facts they see.
// PERMISSION_DENIED / PERMISSION_MISSING for a caller of own scope who is no member.
absl::StatusOr<std::optional<base::MemberId>> OnlyMember(const tenants::RequestContext& ctx);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_SERVICE_REACH_H_
