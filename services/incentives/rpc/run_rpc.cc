#include "services/incentives/rpc/run_rpc.h"

#include "tenants/request_context.h"

namespace argosy::incentives {

grpc::Status RunRpc::CalculateRun(grpc::ServerContext* call, const v1::CalculateRunRequest* request,
                                  v1::Run* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CalculateRun(ctx, *request);
  });
}

grpc::Status RunRpc::GetRun(grpc::ServerContext* call, const v1::GetRunRequest* request,
                            v1::Run* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetRun(ctx, *request);
  });
}

grpc::Status RunRpc::ListRuns(grpc::ServerContext* call, const v1::ListRunsRequest* request,
                              v1::ListRunsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListRuns(ctx, *request);
  });
}

grpc::Status RunRpc::ListRunLines(grpc::ServerContext* call, const v1::ListRunLinesRequest* request,
                                  v1::ListRunLinesResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListRunLines(ctx, *request);
  });
}

grpc::Status RunRpc::ApproveRun(grpc::ServerContext* call, const v1::ApproveRunRequest* request,
                                v1::Run* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ApproveRun(ctx, *request);
  });
}

grpc::Status RunRpc::LockRun(grpc::ServerContext* call, const v1::LockRunRequest* request,
                             v1::Run* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.LockRun(ctx, *request);
  });
}

grpc::Status RunRpc::ReplayRun(grpc::ServerContext* call, const v1::ReplayRunRequest* request,
                               v1::ReplayRunResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ReplayRun(ctx, *request);
  });
}

}  // namespace argosy::incentives
