// argosy.incentives.v1.RunService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_INCENTIVES_RPC_RUN_RPC_H_
#define ARGOSY_SERVICES_INCENTIVES_RPC_RUN_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/incentives/v1/run.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/incentives/service/run_service.h"

namespace argosy::incentives {

// Thread-safe; both references outlive it.
class RunRpc final : public v1::RunService::Service {
 public:
  RunRpc(rpc::Chassis& chassis, RunService& service) : chassis_(chassis), service_(service) {}

  grpc::Status CalculateRun(grpc::ServerContext* call, const v1::CalculateRunRequest* request,
                            v1::Run* response) override;
  grpc::Status GetRun(grpc::ServerContext* call, const v1::GetRunRequest* request,
                      v1::Run* response) override;
  grpc::Status ListRuns(grpc::ServerContext* call, const v1::ListRunsRequest* request,
                        v1::ListRunsResponse* response) override;
  grpc::Status ListRunLines(grpc::ServerContext* call, const v1::ListRunLinesRequest* request,
                            v1::ListRunLinesResponse* response) override;
  grpc::Status ApproveRun(grpc::ServerContext* call, const v1::ApproveRunRequest* request,
                          v1::Run* response) override;
  grpc::Status LockRun(grpc::ServerContext* call, const v1::LockRunRequest* request,
                       v1::Run* response) override;
  grpc::Status ReplayRun(grpc::ServerContext* call, const v1::ReplayRunRequest* request,
                         v1::ReplayRunResponse* response) override;

 private:
  rpc::Chassis& chassis_;
  RunService& service_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_RPC_RUN_RPC_H_
