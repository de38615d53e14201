#include "services/metrics/rpc/fact_rpc.h"

#include "tenants/request_context.h"

namespace argosy::metrics {

grpc::Status FactRpc::BatchIngestFacts(grpc::ServerContext* call,
                                       const v1::BatchIngestFactsRequest* request,
                                       v1::BatchIngestFactsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.BatchIngestFacts(ctx, *request);
  });
}

grpc::Status FactRpc::GetFactHistory(grpc::ServerContext* call,
                                     const v1::GetFactHistoryRequest* request,
                                     v1::FactHistory* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetFactHistory(ctx, *request);
  });
}

grpc::Status FactRpc::ListFacts(grpc::ServerContext* call, const v1::ListFactsRequest* request,
                                v1::ListFactsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListFacts(ctx, *request);
  });
}

grpc::Status FactRpc::GetWatermark(grpc::ServerContext* call,
                                   const v1::GetWatermarkRequest* request,
                                   v1::Watermark* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetWatermark(ctx, *request);
  });
}

grpc::Status FactRpc::ResolveKnowledge(grpc::ServerContext* call,
                                       const v1::ResolveKnowledgeRequest* request,
                                       v1::Knowledge* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ResolveKnowledge(ctx, *request);
  });
}

}  // namespace argosy::metrics
