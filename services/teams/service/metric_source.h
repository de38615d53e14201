// What stage evaluations ask of the metrics service.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_METRIC_SOURCE_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_METRIC_SOURCE_H_

#include "absl/status/statusor.h"
#include "argosy/metrics/v1/channel_service.pb.h"
#include "argosy/metrics/v1/query_service.pb.h"
#include "tenants/request_context.h"

namespace argosy::teams {

// The metrics service, asked as the actor of `ctx`. A refusal keeps its code and reason;
// UNAVAILABLE / DEPENDENCY_DOWN when it does not answer. Thread-safe. Never to be asked within a
// transaction.
class MetricSource {
 public:
  virtual ~MetricSource() = default;
  virtual absl::StatusOr<metrics::v1::ListChannelsResponse> ListChannels(
      const tenants::RequestContext& ctx, const metrics::v1::ListChannelsRequest& request) = 0;
  virtual absl::StatusOr<metrics::v1::QueryMetricsResponse> QueryMetrics(
      const tenants::RequestContext& ctx, const metrics::v1::QueryMetricsRequest& request) = 0;
  virtual absl::StatusOr<metrics::v1::ListCohortUnitsResponse> ListCohortUnits(
      const tenants::RequestContext& ctx, const metrics::v1::ListCohortUnitsRequest& request) = 0;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_METRIC_SOURCE_H_
