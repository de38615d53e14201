#include "services/teams/rpc/grpc_metric_source.h"

#include <grpcpp/client_context.h>

#include "argosy/metrics/v1/channel_service.grpc.pb.h"
#include "argosy/metrics/v1/query_service.grpc.pb.h"
#include "base/status_macros.h"
#include "rpc/client_call.h"

namespace argosy::teams {
namespace {

constexpr char kMetrics[] = "metrics";

}  // namespace

absl::StatusOr<metrics::v1::ListChannelsResponse> GrpcMetricSource::ListChannels(
    const tenants::RequestContext& ctx, const metrics::v1::ListChannelsRequest& request) {
  ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo(kMetrics));
  const auto stub = metrics::v1::ChannelService::NewStub(channel);
  using Reply = metrics::v1::ListChannelsResponse;
  return rpc::InnerCall<Reply>(ctx, [&](grpc::ClientContext& call, Reply& reply) {
    return stub->ListChannels(&call, request, &reply);
  });
}

absl::StatusOr<metrics::v1::QueryMetricsResponse> GrpcMetricSource::QueryMetrics(
    const tenants::RequestContext& ctx, const metrics::v1::QueryMetricsRequest& request) {
  ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo(kMetrics));
  const auto stub = metrics::v1::QueryService::NewStub(channel);
  using Reply = metrics::v1::QueryMetricsResponse;
  return rpc::InnerCall<Reply>(ctx, [&](grpc::ClientContext& call, Reply& reply) {
    return stub->QueryMetrics(&call, request, &reply);
  });
}

absl::StatusOr<metrics::v1::ListCohortUnitsResponse> GrpcMetricSource::ListCohortUnits(
    const tenants::RequestContext& ctx, const metrics::v1::ListCohortUnitsRequest& request) {
  ASSIGN_OR_RETURN(const auto channel, channels_.ChannelTo(kMetrics));
  const auto stub = metrics::v1::QueryService::NewStub(channel);
  using Reply = metrics::v1::ListCohortUnitsResponse;
  return rpc::InnerCall<Reply>(ctx, [&](grpc::ClientContext& call, Reply& reply) {
    return stub->ListCohortUnits(&call, request, &reply);
  });
}

}  // namespace argosy::teams
