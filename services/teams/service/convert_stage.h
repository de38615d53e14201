// Between the contract of stages and the domain.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_CONVERT_STAGE_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_CONVERT_STAGE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "argosy/teams/v1/stage_service.pb.h"
#include "base/ids.h"
#include "services/teams/domain/ids.h"
#include "services/teams/domain/stage_policy.h"
#include "services/teams/store/stage_evaluation_store.h"

namespace argosy::teams {

v1::StageEvaluation ToProto(const base::TenantId& tenant, const StoredEvaluation& evaluation);

// INVALID_ARGUMENT / FIELD_INVALID.
absl::StatusOr<StageEvaluationId> ParseEvaluationName(absl::string_view name);

// STANDARD when nothing is asked for.
StageProfile ParseProfile(v1::StageProfile profile);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_CONVERT_STAGE_H_
