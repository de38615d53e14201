#include "services/incentives/service/plan_lookup.h"

#include "base/status_macros.h"
#include "services/incentives/domain/errors.h"

namespace argosy::incentives {

absl::StatusOr<std::vector<PlanVersion>> ListAllPublished(const PlanStore& store,
                                                          tenants::TenantReader& reader) {
  ASSIGN_OR_RETURN(std::vector<PlanVersion> versions,
                   store.ListPublished(reader, PlanVersionUid(), kPublishedVersionsMax + 1));
  if (static_cast<int64_t>(versions.size()) > kPublishedVersionsMax) {
    return RunTooLarge("published plan versions", kPublishedVersionsMax);
  }
  return versions;
}

absl::StatusOr<std::vector<PlanAssignment>> ListAllAssignments(const PlanStore& store,
                                                               tenants::TenantReader& reader) {
  ASSIGN_OR_RETURN(
      std::vector<PlanAssignment> assignments,
      store.ListAssignments(reader, std::nullopt, PlanAssignmentUid(), kAssignmentsMax + 1));
  if (static_cast<int64_t>(assignments.size()) > kAssignmentsMax) {
    return RunTooLarge("plan assignments", kAssignmentsMax);
  }
  return assignments;
}

absl::StatusOr<std::vector<Plan>> ListAllPlans(const PlanStore& store,
                                               tenants::TenantReader& reader) {
  ASSIGN_OR_RETURN(std::vector<Plan> plans, store.List(reader, "", kPublishedVersionsMax + 1));
  if (static_cast<int64_t>(plans.size()) > kPublishedVersionsMax) {
    return RunTooLarge("plans", kPublishedVersionsMax);
  }
  return plans;
}

}  // namespace argosy::incentives
