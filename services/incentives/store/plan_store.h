// Plans, their versions and their assignments in the database.
#ifndef ARGOSY_SERVICES_INCENTIVES_STORE_PLAN_STORE_H_
#define ARGOSY_SERVICES_INCENTIVES_STORE_PLAN_STORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/incentives/domain/plan.h"
#include "tenants/tenant_txn.h"

namespace argosy::incentives {

// Stateless; every method runs in the transaction it is given. Refuses only what the database
// refuses.
class PlanStore {
 public:
  // ALREADY_EXISTS when the id is taken.
  absl::Status Insert(tenants::TenantTxn& txn, const Plan& plan) const;
  absl::StatusOr<std::optional<Plan>> Find(tenants::TenantReader& reader,
                                           const base::PlanId& id) const;
  // By id after `after` ("" from the first).
  absl::StatusOr<std::vector<Plan>> List(tenants::TenantReader& reader, absl::string_view after,
                                         int64_t limit) const;

  // Stores the canonical bytes of the spec under `currency`.
  absl::Status InsertVersion(tenants::TenantTxn& txn, const PlanVersion& version,
                             const base::Currency& currency) const;
  absl::StatusOr<std::optional<PlanVersion>> FindVersion(tenants::TenantReader& reader,
                                                         const PlanVersionUid& uid) const;
  absl::StatusOr<std::vector<PlanVersion>> ListVersions(tenants::TenantReader& reader,
                                                        const PlanUid& plan, int64_t after_ordinal,
                                                        int64_t limit) const;
  // 0 when the plan has no version.
  absl::StatusOr<int64_t> LastOrdinal(tenants::TenantReader& reader, const PlanUid& plan) const;
  // Every published version of every plan, by uid.
  absl::StatusOr<std::vector<PlanVersion>> ListPublished(tenants::TenantReader& reader,
                                                         const PlanVersionUid& after,
                                                         int64_t limit) const;
  // Writes state, months and version; false when the stored version is not `next.version - 1`.
  absl::StatusOr<bool> Publish(tenants::TenantTxn& txn, const PlanVersion& next) const;

  absl::Status InsertAssignment(tenants::TenantTxn& txn, const PlanAssignment& assignment) const;
  absl::StatusOr<std::optional<PlanAssignment>> FindAssignment(tenants::TenantReader& reader,
                                                               const PlanAssignmentUid& uid) const;
  // Of `plan`, or of every plan.
  absl::StatusOr<std::vector<PlanAssignment>> ListAssignments(tenants::TenantReader& reader,
                                                              const std::optional<PlanUid>& plan,
                                                              const PlanAssignmentUid& after,
                                                              int64_t limit) const;
  absl::StatusOr<bool> EndAssignment(tenants::TenantTxn& txn, const PlanAssignment& next) const;
};

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_STORE_PLAN_STORE_H_
