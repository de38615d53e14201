// argosy.teams.v1.StageService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_TEAMS_RPC_STAGE_RPC_H_
#define ARGOSY_SERVICES_TEAMS_RPC_STAGE_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/teams/v1/stage_service.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/teams/service/stage_service.h"

namespace argosy::teams {

// Thread-safe; both references outlive it.
class StageRpc final : public v1::StageService::Service {
 public:
  StageRpc(rpc::Chassis& chassis, StageService& service) : chassis_(chassis), service_(service) {}

  grpc::Status EvaluateStage(grpc::ServerContext* call, const v1::EvaluateStageRequest* request,
                             v1::StageEvaluation* response) override;
  grpc::Status GetStageEvaluation(grpc::ServerContext* call,
                                  const v1::GetStageEvaluationRequest* request,
                                  v1::StageEvaluation* response) override;
  grpc::Status ListStageEvaluations(grpc::ServerContext* call,
                                    const v1::ListStageEvaluationsRequest* request,
                                    v1::ListStageEvaluationsResponse* response) override;
  grpc::Status ReplayStageEvaluation(grpc::ServerContext* call,
                                     const v1::ReplayStageEvaluationRequest* request,
                                     v1::ReplayStageEvaluationResponse* response) override;

 private:
  rpc::Chassis& chassis_;
  StageService& service_;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_RPC_STAGE_RPC_H_
