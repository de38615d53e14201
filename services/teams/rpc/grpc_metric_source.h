// MetricSource over the metrics service's stubs.
#ifndef ARGOSY_SERVICES_TEAMS_RPC_GRPC_METRIC_SOURCE_H_
#define ARGOSY_SERVICES_TEAMS_RPC_GRPC_METRIC_SOURCE_H_

#include "absl/status/statusor.h"
#include "rpc/channel_source.h"
#include "services/teams/service/metric_source.h"
#include "tenants/request_context.h"

namespace argosy::teams {

// Thread-safe; `channels` outlives it.
class GrpcMetricSource final : public MetricSource {
 public:
  explicit GrpcMetricSource(rpc::ChannelSource& channels) : channels_(channels) {}

  absl::StatusOr<metrics::v1::ListChannelsResponse> ListChannels(
      const tenants::RequestContext& ctx, const metrics::v1::ListChannelsRequest& request) override;
  absl::StatusOr<metrics::v1::QueryMetricsResponse> QueryMetrics(
      const tenants::RequestContext& ctx, const metrics::v1::QueryMetricsRequest& request) override;
  absl::StatusOr<metrics::v1::ListCohortUnitsResponse> ListCohortUnits(
      const tenants::RequestContext& ctx,
      const metrics::v1::ListCohortUnitsRequest& request) override;

 private:
  rpc::ChannelSource& channels_;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_RPC_GRPC_METRIC_SOURCE_H_
