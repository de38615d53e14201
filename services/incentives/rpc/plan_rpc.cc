#include "services/incentives/rpc/plan_rpc.h"

#include "tenants/request_context.h"

namespace argosy::incentives {

grpc::Status PlanRpc::CreatePlan(grpc::ServerContext* call, const v1::CreatePlanRequest* request,
                                 v1::Plan* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreatePlan(ctx, *request);
  });
}

grpc::Status PlanRpc::GetPlan(grpc::ServerContext* call, const v1::GetPlanRequest* request,
                              v1::Plan* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetPlan(ctx, *request);
  });
}

grpc::Status PlanRpc::ListPlans(grpc::ServerContext* call, const v1::ListPlansRequest* request,
                                v1::ListPlansResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListPlans(ctx, *request);
  });
}

grpc::Status PlanRpc::CreatePlanVersion(grpc::ServerContext* call,
                                        const v1::CreatePlanVersionRequest* request,
                                        v1::PlanVersion* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.CreatePlanVersion(ctx, *request);
  });
}

grpc::Status PlanRpc::GetPlanVersion(grpc::ServerContext* call,
                                     const v1::GetPlanVersionRequest* request,
                                     v1::PlanVersion* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.GetPlanVersion(ctx, *request);
  });
}

grpc::Status PlanRpc::ListPlanVersions(grpc::ServerContext* call,
                                       const v1::ListPlanVersionsRequest* request,
                                       v1::ListPlanVersionsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListPlanVersions(ctx, *request);
  });
}

grpc::Status PlanRpc::PublishPlanVersion(grpc::ServerContext* call,
                                         const v1::PublishPlanVersionRequest* request,
                                         v1::PlanVersion* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.PublishPlanVersion(ctx, *request);
  });
}

grpc::Status PlanRpc::AssignPlan(grpc::ServerContext* call, const v1::AssignPlanRequest* request,
                                 v1::PlanAssignment* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.AssignPlan(ctx, *request);
  });
}

grpc::Status PlanRpc::EndPlanAssignment(grpc::ServerContext* call,
                                        const v1::EndPlanAssignmentRequest* request,
                                        v1::PlanAssignment* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.EndPlanAssignment(ctx, *request);
  });
}

grpc::Status PlanRpc::ListPlanAssignments(grpc::ServerContext* call,
                                          const v1::ListPlanAssignmentsRequest* request,
                                          v1::ListPlanAssignmentsResponse* response) {
  return chassis_.Unary(*call, *request, *response, [&](const tenants::RequestContext& ctx) {
    return service_.ListPlanAssignments(ctx, *request);
  });
}

}  // namespace argosy::incentives
