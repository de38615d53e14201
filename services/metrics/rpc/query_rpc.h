// argosy.metrics.v1.QueryService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_METRICS_RPC_QUERY_RPC_H_
#define ARGOSY_SERVICES_METRICS_RPC_QUERY_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/metrics/v1/query_service.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/metrics/service/query_service.h"

namespace argosy::metrics {

// Thread-safe; both references outlive it.
class QueryRpc final : public v1::QueryService::Service {
 public:
  QueryRpc(rpc::Chassis& chassis, QueryService& service) : chassis_(chassis), service_(service) {}

  grpc::Status ListMetricDefinitions(grpc::ServerContext* call,
                                     const v1::ListMetricDefinitionsRequest* request,
                                     v1::ListMetricDefinitionsResponse* response) override;
  grpc::Status QueryMetrics(grpc::ServerContext* call, const v1::QueryMetricsRequest* request,
                            v1::QueryMetricsResponse* response) override;
  grpc::Status QueryFunnel(grpc::ServerContext* call, const v1::QueryFunnelRequest* request,
                           v1::Funnel* response) override;
  grpc::Status ExplainMetric(grpc::ServerContext* call, const v1::ExplainMetricRequest* request,
                             v1::MetricExplanation* response) override;
  grpc::Status ListCohortUnits(grpc::ServerContext* call, const v1::ListCohortUnitsRequest* request,
                               v1::ListCohortUnitsResponse* response) override;

 private:
  rpc::Chassis& chassis_;
  QueryService& service_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_RPC_QUERY_RPC_H_
