// argosy.incentives.v1.PlanService on the wire: one statement per RPC.
#ifndef ARGOSY_SERVICES_INCENTIVES_RPC_PLAN_RPC_H_
#define ARGOSY_SERVICES_INCENTIVES_RPC_PLAN_RPC_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "argosy/incentives/v1/plan.grpc.pb.h"
#include "rpc/chassis.h"
#include "services/incentives/service/plan_service.h"

namespace argosy::incentives {

// Thread-safe; both references outlive it.
class PlanRpc final : public v1::PlanService::Service {
 public:
  PlanRpc(rpc::Chassis& chassis, PlanService& service) : chassis_(chassis), service_(service) {}

  grpc::Status CreatePlan(grpc::ServerContext* call, const v1::CreatePlanRequest* request,
                          v1::Plan* response) override;
  grpc::Status GetPlan(grpc::ServerContext* call, const v1::GetPlanRequest* request,
                       v1::Plan* response) override;
  grpc::Status ListPlans(grpc::ServerContext* call, const v1::ListPlansRequest* request,
                         v1::ListPlansResponse* response) override;
  grpc::Status CreatePlanVersion(grpc::ServerContext* call,
                                 const v1::CreatePlanVersionRequest* request,
                                 v1::PlanVersion* response) override;
  grpc::Status GetPlanVersion(grpc::ServerContext* call, const v1::GetPlanVersionRequest* request,
                              v1::PlanVersion* response) override;
  grpc::Status ListPlanVersions(grpc::ServerContext* call,
                                const v1::ListPlanVersionsRequest* request,
                                v1::ListPlanVersionsResponse* response) override;
  grpc::Status PublishPlanVersion(grpc::ServerContext* call,
                                  const v1::PublishPlanVersionRequest* request,
                                  v1::PlanVersion* response) override;
  grpc::Status AssignPlan(grpc::ServerContext* call, const v1::AssignPlanRequest* request,
                          v1::PlanAssignment* response) override;
  grpc::Status EndPlanAssignment(grpc::ServerContext* call,
                                 const v1::EndPlanAssignmentRequest* request,
                                 v1::PlanAssignment* response) override;
  grpc::Status ListPlanAssignments(grpc::ServerContext* call,
                                   const v1::ListPlanAssignmentsRequest* request,
                                   v1::ListPlanAssignmentsResponse* response) override;

 private:
  rpc::Chassis& chassis_;
  PlanService& service_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_RPC_PLAN_RPC_H_
