#include "services/teams/service/convert_stage.h"

#include <string>

#include "absl/strings/escaping.h"
#include "base/period.h"
#include "base/status_macros.h"
#include "services/teams/domain/criterion.h"
#include "services/teams/domain/names.h"
#include "services/teams/service/convert.h"

namespace argosy::teams {
namespace {

v1::Measure ToProto(const Measure& measure) {
  v1::Measure proto;
  proto.set_name(measure.name);
  proto.set_value(measure.value);
  proto.set_unit(static_cast<v1::MeasureUnit>(measure.unit));
  return proto;
}

v1::Shortfall ToProto(const Shortfall& shortfall) {
  v1::Shortfall proto;
  proto.set_what(shortfall.what);
  proto.set_count(shortfall.count);
  proto.set_weeks(shortfall.weeks);
  return proto;
}

v1::ChartedWeek ToProto(const ChartedWeek& week) {
  v1::ChartedWeek proto;
  proto.set_week(week.week);
  proto.set_spend_minor(week.spend_minor);
  proto.set_effective_inquiries(week.effective_inquiries);
  proto.set_expected_ppm(week.expected_ppm);
  proto.set_limit_ppm(week.limit_ppm);
  proto.set_out_of_control(week.out_of_control());
  return proto;
}

v1::CriterionResult ToProto(const CriterionResult& result) {
  v1::CriterionResult proto;
  proto.set_criterion(result.criterion);
  proto.set_kind(static_cast<v1::CriterionKind>(result.kind));
  proto.set_verdict(static_cast<v1::Verdict>(result.verdict));
  proto.set_reason(static_cast<v1::CriterionReason>(result.reason));
  for (const Measure& measure : result.measures) *proto.add_measures() = ToProto(measure);
  for (const Measure& measure : result.thresholds) *proto.add_thresholds() = ToProto(measure);
  for (const Shortfall& shortfall : result.shortfalls) {
    *proto.add_shortfalls() = ToProto(shortfall);
  }
  for (const ChartedWeek& week : result.weeks) *proto.add_weeks() = ToProto(week);
  return proto;
}

// True when more is known than at the cut.
bool IsBackfilled(const StageMoment& moment) {
  const absl::StatusOr<absl::TimeZone> zone = base::ParseTimeZone(moment.time_zone);
  return zone.ok() && moment.as_of > base::StartOfDay(moment.cut, *zone);
}

}  // namespace

v1::StageEvaluation ToProto(const base::TenantId& tenant, const StoredEvaluation& evaluation) {
  const StageEvidence& evidence = evaluation.evidence;
  const StageMoment& moment = evidence.moment;
  v1::StageEvaluation proto;
  proto.set_name(EvaluationName(tenant, evaluation.id));
  proto.set_gate(v1::STAGE_GATE_VALIDATE_TO_REPLICATE);
  proto.set_verdict(static_cast<v1::Verdict>(evidence.verdict));
  proto.set_cut_date(base::FormatCivilDay(moment.cut));
  *proto.mutable_as_of() = ToProto(moment.as_of);
  proto.set_knowledge_seq(moment.knowledge_seq);
  proto.set_backfilled(IsBackfilled(moment));
  proto.set_reporting_time_zone(moment.time_zone);
  proto.set_currency_code(moment.currency);
  proto.set_profile(static_cast<v1::StageProfile>(evidence.policy.profile));
  proto.set_thresholds_version(evidence.policy.version);
  for (const CriterionResult& result : evidence.criteria) *proto.add_criteria() = ToProto(result);
  proto.set_inputs_digest(absl::BytesToHexString(evidence.inputs_digest));
  proto.set_evidence_digest(absl::BytesToHexString(evaluation.evidence_digest));
  *proto.mutable_create_time() = ToProto(evaluation.created_at);
  return proto;
}

absl::StatusOr<StageEvaluationId> ParseEvaluationName(absl::string_view name) {
  ASSIGN_OR_RETURN(const std::string id, ParseLastPart(name, "stageEvaluations"));
  return StageEvaluationId::Parse(id);
}

StageProfile ParseProfile(v1::StageProfile profile) {
  return profile == v1::STAGE_PROFILE_MICRO ? StageProfile::kMicro : StageProfile::kStandard;
}

}  // namespace argosy::teams
