// argosy.metrics.v1.FactService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_METRICS_RPC_FACT_RPC_H_
#define ARGOSY_SERVICES_METRICS_RPC_FACT_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/metrics/v1/fact_service.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/metrics/service/fact_service.h"

namespace argosy::metrics {

// Thread-safe; both references outlive it.
class FactRpc final : public v1::FactService::Service {
 public:
  FactRpc(rpc::Chassis& chassis, FactService& service) : chassis_(chassis), service_(service) {}

  grpc::Status BatchIngestFacts(grpc::ServerContext* call,
                                const v1::BatchIngestFactsRequest* request,
                                v1::BatchIngestFactsResponse* response) override;
  grpc::Status GetFactHistory(grpc::ServerContext* call, const v1::GetFactHistoryRequest* request,
                              v1::FactHistory* response) override;
  grpc::Status ListFacts(grpc::ServerContext* call, const v1::ListFactsRequest* request,
                         v1::ListFactsResponse* response) override;
  grpc::Status GetWatermark(grpc::ServerContext* call, const v1::GetWatermarkRequest* request,
                            v1::Watermark* response) override;
  grpc::Status ResolveKnowledge(grpc::ServerContext* call,
                                const v1::ResolveKnowledgeRequest* request,
                                v1::Knowledge* response) override;

 private:
  rpc::Chassis& chassis_;
  FactService& service_;
};

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_RPC_FACT_RPC_H_
