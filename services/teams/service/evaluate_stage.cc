#include <optional>
#include <utility>

#include "base/crypto.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/stage_evaluation.h"
#include "services/teams/domain/stage_evidence.h"
#include "services/teams/service/convert_stage.h"
#include "services/teams/service/own_scope.h"
#include "services/teams/service/stage_inputs_reader.h"
#include "services/teams/service/stage_service.h"
#include "tenants/tenant_txn.h"

namespace argosy::teams {
namespace {

absl::Time FromTimestamp(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// What the request asks to count back from and to know; FIELD_INVALID for a cut or a knowledge that
// is still to come, and for a knowledge from before the cut.
absl::StatusOr<StageMoment> ParseMoment(const tenants::RequestContext& ctx,
                                        const v1::EvaluateStageRequest& request) {
  ASSIGN_OR_RETURN(const absl::CivilDay today, Today(ctx));
  ASSIGN_OR_RETURN(const absl::TimeZone zone,
                   base::ParseTimeZone(ctx.tenant().reporting_time_zone()));
  StageMoment moment{.cut = DefaultCut(today), .time_zone = ctx.tenant().reporting_time_zone()};
  if (!request.cut_date().empty()) {
    ASSIGN_OR_RETURN(moment.cut, base::ParseCivilDay(request.cut_date()));
  }
  if (moment.cut > today) return base::FieldInvalid("cut_date", "must not be later than today");
  const absl::Time cut = base::StartOfDay(moment.cut, zone);
  moment.as_of = request.has_as_of() ? FromTimestamp(request.as_of()) : cut;
  if (moment.as_of > ctx.now()) return base::FieldInvalid("as_of", "must not be later than now");
  if (moment.as_of < cut) return base::FieldInvalid("as_of", "must not be earlier than the cut");
  return moment;
}

}  // namespace

absl::StatusOr<v1::StageEvaluation> StageService::EvaluateStage(
    const tenants::RequestContext& ctx, const v1::EvaluateStageRequest& request) {
  RETURN_IF_ERROR(RequireWholeTenant(ctx, tenants::Permission::kStagesEvaluate));
  ASSIGN_OR_RETURN(const StageMoment moment, ParseMoment(ctx, request));
  ASSIGN_OR_RETURN(std::optional<v1::StageEvaluation> done,
                   with_.db.FindReply<v1::StageEvaluation>(ctx));
  if (done.has_value()) return *std::move(done);
  ASSIGN_OR_RETURN(const StageInputs inputs, ReadStageInputs(ctx, source_, moment));
  StoredEvaluation evaluation{.id = StageEvaluationId(with_.ids.NewUuid(ctx.now())),
                              .created_at = ctx.now()};
  evaluation.evidence = Evaluate(inputs, DefaultPolicy(ParseProfile(request.profile())));
  evaluation.evidence_digest = base::Sha256(EncodeEvidence(evaluation.evidence));
  return with_.db.Mutate<v1::StageEvaluation>(
      ctx, [&](tenants::TenantTxn& txn) -> absl::StatusOr<v1::StageEvaluation> {
        RETURN_IF_ERROR(with_.evaluations.Insert(txn, evaluation, inputs));
        return ToProto(ctx.tenant().tenant_id(), evaluation);
      });
}

}  // namespace argosy::teams
