#include "services/teams/rpc/stage_rpc.h"

#include "tenants/request_context.h"

namespace argosy::teams {

grpc::Status StageRpc::EvaluateStage(grpc::ServerContext* call,
                                     const v1::EvaluateStageRequest* request,
                                     v1::StageEvaluation* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.EvaluateStage(ctx, *request);
  });
}

grpc::Status StageRpc::GetStageEvaluation(grpc::ServerContext* call,
                                          const v1::GetStageEvaluationRequest* request,
                                          v1::StageEvaluation* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetStageEvaluation(ctx, *request);
  });
}

grpc::Status StageRpc::ListStageEvaluations(grpc::ServerContext* call,
                                            const v1::ListStageEvaluationsRequest* request,
                                            v1::ListStageEvaluationsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListStageEvaluations(ctx, *request);
  });
}

grpc::Status StageRpc::ReplayStageEvaluation(grpc::ServerContext* call,
                                             const v1::ReplayStageEvaluationRequest* request,
                                             v1::ReplayStageEvaluationResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ReplayStageEvaluation(ctx, *request);
  });
}

}  // namespace argosy::teams
