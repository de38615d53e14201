// argosy.teams.v1.StageService as absl::Status: one method per RPC.
#ifndef ARGOSY_SERVICES_TEAMS_SERVICE_STAGE_SERVICE_H_
#define ARGOSY_SERVICES_TEAMS_SERVICE_STAGE_SERVICE_H_

#include "absl/status/statusor.h"
#include "argosy/teams/v1/stage_service.pb.h"
#include "services/teams/service/collaborators.h"
#include "services/teams/service/metric_source.h"
#include "tenants/request_context.h"

namespace argosy::teams {

// The refusals of each method are those its RPC names, and those of TenantSession. Thread-safe;
// `source` outlives it.
class StageService {
 public:
  StageService(const Collaborators& with, MetricSource& source) : with_(with), source_(source) {}

  absl::StatusOr<v1::StageEvaluation> EvaluateStage(const tenants::RequestContext& ctx,
                                                    const v1::EvaluateStageRequest& request);
  absl::StatusOr<v1::StageEvaluation> GetStageEvaluation(
      const tenants::RequestContext& ctx, const v1::GetStageEvaluationRequest& request);
  absl::StatusOr<v1::ListStageEvaluationsResponse> ListStageEvaluations(
      const tenants::RequestContext& ctx, const v1::ListStageEvaluationsRequest& request);
  absl::StatusOr<v1::ReplayStageEvaluationResponse> ReplayStageEvaluation(
      const tenants::RequestContext& ctx, const v1::ReplayStageEvaluationRequest& request);

 private:
  const Collaborators& with_;
  MetricSource& source_;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_SERVICE_STAGE_SERVICE_H_
