// Rows of stage evaluations, which are never changed.
#ifndef ARGOSY_SERVICES_TEAMS_STORE_STAGE_EVALUATION_STORE_H_
#define ARGOSY_SERVICES_TEAMS_STORE_STAGE_EVALUATION_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/teams/domain/ids.h"
#include "services/teams/domain/stage_evidence.h"
#include "services/teams/domain/stage_inputs.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {

// An evaluation as it was written.
struct StoredEvaluation {
  StageEvaluationId id;
  StageEvidence evidence;
  std::string evidence_digest;  // SHA-256 of the evidence's bytes when it was written
  absl::Time created_at;
};

// Stateless.
class StageEvaluationStore {
 public:
  // `inputs` are what the evaluation judged.
  absl::Status Insert(tenants::TenantTxn& txn, const StoredEvaluation& evaluation,
                      const StageInputs& inputs) const;
  // NOT_FOUND / RESOURCE_NOT_FOUND with the name in `tenant`; INTERNAL when the stored bytes cannot
  // be read.
  absl::StatusOr<StoredEvaluation> Get(tenants::TenantReader& reader, const base::TenantId& tenant,
                                       const StageEvaluationId& id) const;
  // What the evaluation judged. As Get.
  absl::StatusOr<StageInputs> GetInputs(tenants::TenantReader& reader, const base::TenantId& tenant,
                                        const StageEvaluationId& id) const;
  // At most `limit`, the newest first, older than `before`; absent begins at the newest.
  absl::StatusOr<std::vector<StoredEvaluation>> List(tenants::TenantReader& reader,
                                                     const std::optional<StageEvaluationId>& before,
                                                     int64_t limit) const;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_STORE_STAGE_EVALUATION_STORE_H_
