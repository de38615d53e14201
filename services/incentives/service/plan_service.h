// Plans: drafted, published, assigned.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_PLAN_SERVICE_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_PLAN_SERVICE_H_

#include "absl/status/statusor.h"
#include "argosy/incentives/v1/plan.pb.h"
#include "services/incentives/service/collaborators.h"
#include "tenants/request_context.h"

namespace argosy::incentives {

// The verbs of argosy.incentives.v1.PlanService, whose contract says what each refuses.
// Thread-safe.
class PlanService {
 public:
  explicit PlanService(const Collaborators& with) : with_(with) {}

  absl::StatusOr<v1::Plan> CreatePlan(const tenants::RequestContext& ctx,
                                      const v1::CreatePlanRequest& request);
  absl::StatusOr<v1::Plan> GetPlan(const tenants::RequestContext& ctx,
                                   const v1::GetPlanRequest& request);
  absl::StatusOr<v1::ListPlansResponse> ListPlans(const tenants::RequestContext& ctx,
                                                  const v1::ListPlansRequest& request);
  absl::StatusOr<v1::PlanVersion> CreatePlanVersion(const tenants::RequestContext& ctx,
                                                    const v1::CreatePlanVersionRequest& request);
  absl::StatusOr<v1::PlanVersion> GetPlanVersion(const tenants::RequestContext& ctx,
                                                 const v1::GetPlanVersionRequest& request);
  absl::StatusOr<v1::ListPlanVersionsResponse> ListPlanVersions(
      const tenants::RequestContext& ctx, const v1::ListPlanVersionsRequest& request);
  absl::StatusOr<v1::PlanVersion> PublishPlanVersion(const tenants::RequestContext& ctx,
                                                     const v1::PublishPlanVersionRequest& request);
  absl::StatusOr<v1::PlanAssignment> AssignPlan(const tenants::RequestContext& ctx,
                                                const v1::AssignPlanRequest& request);
  absl::StatusOr<v1::PlanAssignment> EndPlanAssignment(const tenants::RequestContext& ctx,
                                                       const v1::EndPlanAssignmentRequest& request);
  absl::StatusOr<v1::ListPlanAssignmentsResponse> ListPlanAssignments(
      const tenants::RequestContext& ctx, const v1::ListPlanAssignmentsRequest& request);

 private:
  // RESOURCE_NOT_FOUND.
  absl::StatusOr<Plan> Get(const tenants::RequestContext& ctx, tenants::TenantReader& reader,
                           const base::PlanId& id) const;
  absl::StatusOr<PlanVersion> GetVersion(const tenants::RequestContext& ctx,
                                         tenants::TenantReader& reader, const Plan& plan,
                                         const PlanVersionUid& uid) const;
  // The end of the latest locked month, or nothing.
  absl::StatusOr<std::optional<absl::CivilDay>> LockedUntil(tenants::TenantReader& reader) const;

  Collaborators with_;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_PLAN_SERVICE_H_
