// Reads of plans that more than one service class makes.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_PLAN_LOOKUP_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_PLAN_LOOKUP_H_

#include <vector>

#include "absl/status/statusor.h"
#include "services/incentives/service/collaborators.h"

namespace argosy::incentives {

// Published versions and assignments of one tenant: hundreds at most; more stops a calculation
// before it fills the memory.
inline constexpr int64_t kPublishedVersionsMax = 5'000;
inline constexpr int64_t kAssignmentsMax = 5'000;

// RUN_TOO_LARGE above kPublishedVersionsMax.
absl::StatusOr<std::vector<PlanVersion>> ListAllPublished(const PlanStore& store,
                                                          tenants::TenantReader& reader);
// RUN_TOO_LARGE above kAssignmentsMax.
absl::StatusOr<std::vector<PlanAssignment>> ListAllAssignments(const PlanStore& store,
                                                               tenants::TenantReader& reader);
// All plans, as many as there may be versions.
absl::StatusOr<std::vector<Plan>> ListAllPlans(const PlanStore& store,
                                               tenants::TenantReader& reader);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_PLAN_LOOKUP_H_
