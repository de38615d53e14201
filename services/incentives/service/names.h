// Resource names and etags of the service. The tenant of a name has been checked before a handler
// runs, so only the rest is read.
#ifndef ARGOSY_SERVICES_INCENTIVES_SERVICE_NAMES_H_
#define ARGOSY_SERVICES_INCENTIVES_SERVICE_NAMES_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/ids.h"
#include "services/incentives/domain/plan.h"
#include "services/incentives/domain/statement.h"

namespace argosy::incentives {

// Writes the names of one tenant's resources.
class Names {
 public:
  explicit Names(const base::TenantId& tenant);

  std::string Plan(const base::PlanId& plan) const;
  std::string PlanVersion(const base::PlanId& plan, const PlanVersionUid& version) const;
  std::string PlanAssignment(const base::PlanId& plan, const PlanAssignmentUid& assignment) const;
  std::string Member(const base::MemberId& member) const;
  std::string Run(const RunUid& run) const;
  std::string RunLine(const RunUid& run, int64_t line) const;
  std::string Statement(const StatementUid& statement) const;
  std::string StatementLine(const StatementUid& statement, int64_t line) const;
  std::string LedgerEntry(int64_t seq) const;

 private:
  std::string tenant_;  // "tenants/acme/"
};

struct PlanVersionName {
  base::PlanId plan;
  PlanVersionUid version;
};
struct PlanAssignmentName {
  base::PlanId plan;
  PlanAssignmentUid assignment;
};
struct StatementLineName {
  StatementUid statement;
  int64_t line = 0;
};

// All: INVALID_ARGUMENT / FIELD_INVALID with `field` for anything else.
absl::StatusOr<base::PlanId> ParsePlanName(absl::string_view field, absl::string_view name);
// Nothing for plan "-".
absl::StatusOr<std::optional<base::PlanId>> ParsePlanOrAll(absl::string_view field,
                                                           absl::string_view name);
absl::StatusOr<PlanVersionName> ParsePlanVersionName(absl::string_view name);
absl::StatusOr<PlanAssignmentName> ParsePlanAssignmentName(absl::string_view name);
absl::StatusOr<RunUid> ParseRunName(absl::string_view field, absl::string_view name);
absl::StatusOr<base::MemberId> ParseMemberName(absl::string_view field, absl::string_view name);
absl::StatusOr<StatementUid> ParseStatementName(absl::string_view name);
absl::StatusOr<StatementLineName> ParseStatementLineName(absl::string_view name);

// The etag of a version of a resource, quoted.
std::string ToEtag(const base::Uuid& uid, int64_t version);
// ETAG_MISMATCH unless `etag` is that of this version.
absl::Status CheckEtag(absl::string_view name, absl::string_view etag, const base::Uuid& uid,
                       int64_t version);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_SERVICE_NAMES_H_
