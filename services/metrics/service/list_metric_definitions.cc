#include <string>

#include "base/page_token.h"
#include "base/status_macros.h"
#include "services/metrics/service/query_service.h"

namespace argosy::metrics {
namespace {

constexpr int32_t kPageMax = 100;

}  // namespace

absl::StatusOr<v1::ListMetricDefinitionsResponse> QueryService::ListMetricDefinitions(
    const tenants::RequestContext& ctx, const v1::ListMetricDefinitionsRequest& request) {
  ASSIGN_OR_RETURN(const int32_t size, base::PageSize(request.page_size(), kPageMax, kPageMax));
  const base::PageScope scope = PageScopeOf(ctx, "");
  ASSIGN_OR_RETURN(const std::string after, with_.pages.Open(scope, request.page_token()));
  v1::ListMetricDefinitionsResponse response;
  for (const MetricDefinition& definition : Catalogue()) {
    if (definition.id <= after) continue;
    if (response.definitions_size() == size) {
      const std::string last = response.definitions(size - 1).metric_id();
      response.set_next_page_token(with_.pages.Seal(scope, last));
      break;
    }
    *response.add_definitions() = ToProto(ctx.tenant().tenant_id(), definition);
  }
  return response;
}

}  // namespace argosy::metrics
