#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "base/crypto.h"
#include "base/status_macros.h"
#include "services/teams/domain/stage_evidence.h"
#include "services/teams/service/convert_stage.h"
#include "services/teams/service/own_scope.h"
#include "services/teams/service/stage_inputs_reader.h"
#include "services/teams/service/stage_service.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

using tenants::Permission;
using tenants::RequestContext;
using tenants::TenantReader;

absl::StatusOr<std::optional<StageEvaluationId>> ParseBefore(const std::string& key) {
  if (key.empty()) return std::optional<StageEvaluationId>();
  ASSIGN_OR_RETURN(const base::Uuid uuid, base::Uuid::FromBytes(key));
  return std::optional<StageEvaluationId>(StageEvaluationId(uuid));
}

// What was stored of an evaluation, with what it judged.
struct StoredWithInputs {
  StoredEvaluation evaluation;
  StageInputs inputs;
};

std::string DigestOf(const StageInputs& inputs, const StagePolicy& policy) {
  return base::Sha256(EncodeEvidence(Evaluate(inputs, policy)));
}

}  // namespace

absl::StatusOr<v1::StageEvaluation> StageService::GetStageEvaluation(
    const RequestContext& ctx, const v1::GetStageEvaluationRequest& request) {
  RETURN_IF_ERROR(RequireWholeTenant(ctx, Permission::kTeamsRead));
  ASSIGN_OR_RETURN(const StageEvaluationId id, ParseEvaluationName(request.name()));
  return with_.db.Read<v1::StageEvaluation>(
      ctx, [&](TenantReader& reader) -> absl::StatusOr<v1::StageEvaluation> {
        ASSIGN_OR_RETURN(const StoredEvaluation stored,
                         with_.evaluations.Get(reader, ctx.tenant().tenant_id(), id));
        return ToProto(ctx.tenant().tenant_id(), stored);
      });
}

absl::StatusOr<v1::ListStageEvaluationsResponse> StageService::ListStageEvaluations(
    const RequestContext& ctx, const v1::ListStageEvaluationsRequest& request) {
  RETURN_IF_ERROR(RequireWholeTenant(ctx, Permission::kTeamsRead));
  ASSIGN_OR_RETURN(const int64_t limit,
                   base::PageSize(request.page_size(), kEvaluationsDefault, kEvaluationsMax));
  const base::PageScope scope = PageScopeOf(ctx, "");
  ASSIGN_OR_RETURN(const std::string key, with_.pages.Open(scope, request.page_token()));
  ASSIGN_OR_RETURN(const std::optional<StageEvaluationId> before, ParseBefore(key));
  using Reply = v1::ListStageEvaluationsResponse;
  return with_.db.Read<Reply>(ctx, [&](TenantReader& reader) -> absl::StatusOr<Reply> {
    ASSIGN_OR_RETURN(std::vector<StoredEvaluation> found,
                     with_.evaluations.List(reader, before, limit + 1));
    Reply reply;
    if (static_cast<int64_t>(found.size()) > limit) {
      found.pop_back();
      reply.set_next_page_token(with_.pages.Seal(scope, found.back().id.ToBytes()));
    }
    for (const StoredEvaluation& one : found) {
      *reply.add_stage_evaluations() = ToProto(ctx.tenant().tenant_id(), one);
    }
    return reply;
  });
}

absl::StatusOr<v1::ReplayStageEvaluationResponse> StageService::ReplayStageEvaluation(
    const RequestContext& ctx, const v1::ReplayStageEvaluationRequest& request) {
  RETURN_IF_ERROR(RequireWholeTenant(ctx, Permission::kStagesEvaluate));
  ASSIGN_OR_RETURN(const StageEvaluationId id, ParseEvaluationName(request.name()));
  ASSIGN_OR_RETURN(
      const StoredWithInputs stored,
      with_.db.Read<StoredWithInputs>(
          ctx, [&](TenantReader& reader) -> absl::StatusOr<StoredWithInputs> {
            StoredWithInputs found;
            ASSIGN_OR_RETURN(found.evaluation,
                             with_.evaluations.Get(reader, ctx.tenant().tenant_id(), id));
            ASSIGN_OR_RETURN(found.inputs,
                             with_.evaluations.GetInputs(reader, ctx.tenant().tenant_id(), id));
            return found;
          }));
  const StagePolicy& policy = stored.evaluation.evidence.policy;
  ASSIGN_OR_RETURN(const StageInputs asked_again,
                   ReadStageInputs(ctx, source_, stored.evaluation.evidence.moment));
  const std::string& kept = stored.evaluation.evidence_digest;
  const std::string replayed = DigestOf(stored.inputs, policy);
  const std::string recomputed = DigestOf(asked_again, policy);
  v1::ReplayStageEvaluationResponse reply;
  reply.set_evidence_digest(absl::BytesToHexString(kept));
  reply.set_replayed_digest(absl::BytesToHexString(replayed));
  reply.set_recomputed_digest(absl::BytesToHexString(recomputed));
  reply.set_identical(kept == replayed && kept == recomputed);
  return reply;
}

}  // namespace argosy::teams
