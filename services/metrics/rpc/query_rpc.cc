#include "services/metrics/rpc/query_rpc.h"

#include "tenants/request_context.h"

namespace argosy::metrics {

grpc::Status QueryRpc::ListMetricDefinitions(grpc::ServerContext* call,
                                             const v1::ListMetricDefinitionsRequest* request,
                                             v1::ListMetricDefinitionsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListMetricDefinitions(ctx, *request);
  });
}

grpc::Status QueryRpc::QueryMetrics(grpc::ServerContext* call,
                                    const v1::QueryMetricsRequest* request,
                                    v1::QueryMetricsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.QueryMetrics(ctx, *request);
  });
}

grpc::Status QueryRpc::QueryFunnel(grpc::ServerContext* call, const v1::QueryFunnelRequest* request,
                                   v1::Funnel* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.QueryFunnel(ctx, *request);
  });
}

grpc::Status QueryRpc::ExplainMetric(grpc::ServerContext* call,
                                     const v1::ExplainMetricRequest* request,
                                     v1::MetricExplanation* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ExplainMetric(ctx, *request);
  });
}

grpc::Status QueryRpc::ListCohortUnits(grpc::ServerContext* call,
                                       const v1::ListCohortUnitsRequest* request,
                                       v1::ListCohortUnitsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListCohortUnits(ctx, *request);
  });
}

}  // namespace argosy::metrics
