#include "services/teams/domain/stage_evaluation.h"

#include <algorithm>

#include "services/teams/domain/conversion_stability.h"
#include "services/teams/domain/cost_stability.h"
#include "services/teams/domain/traffic_chosen.h"

namespace argosy::teams {
namespace {

CriterionResult NotBuilt(const char* criterion, CriterionKind kind) {
  return {.criterion = criterion,
          .kind = kind,
          .verdict = Verdict::kNotEvaluated,
          .reason = CriterionReason::kNotBuilt};
}

}  // namespace

absl::CivilDay DefaultCut(absl::CivilDay today) {
  const absl::CivilMonth month(today);
  const absl::CivilDay close = absl::CivilDay(month) + (kCloseDay - 1);
  return close <= today ? close : absl::CivilDay(month - 1) + (kCloseDay - 1);
}

base::Period WeeksBefore(absl::CivilDay cut, int64_t weeks) {
  const absl::CivilDay end = base::PeriodOf(cut, base::Grain::kIsoWeek).begin;
  return {.begin = end - 7 * weeks, .end = end};
}

base::Period MaturePeriod(absl::CivilDay cut) {
  return {.begin = absl::CivilDay(cut.year() - 1, cut.month(), cut.day()),
          .end = cut - kCloseLagDays - kOrderWindowDays};
}

std::vector<CriterionResult> JudgeCriteria(const StageInputs& inputs, const StagePolicy& policy) {
  std::vector<CriterionResult> criteria;
  criteria.push_back(JudgeTrafficChosen(inputs.channels, policy));
  criteria.push_back(NotBuilt("VG2", CriterionKind::kHard));
  criteria.push_back(NotBuilt("VG3", CriterionKind::kHard));
  criteria.push_back(JudgeCostStability(inputs.weeks, policy));
  criteria.push_back(JudgeConversionStability(inputs.cohort, policy));
  criteria.push_back(NotBuilt("VG6", CriterionKind::kHard));
  criteria.push_back(NotBuilt("VG7", CriterionKind::kHard));
  criteria.push_back(NotBuilt("VG8", CriterionKind::kHard));
  criteria.push_back(NotBuilt("VG9", CriterionKind::kStat));
  criteria.push_back(NotBuilt("VG10", CriterionKind::kStat));
  criteria.push_back(NotBuilt("VG11", CriterionKind::kSoft));
  return criteria;
}

Verdict DecideGate(absl::Span<const CriterionResult> criteria) {
  const bool failed =
      std::any_of(criteria.begin(), criteria.end(), [](const CriterionResult& result) {
        return result.kind != CriterionKind::kSoft && result.verdict == Verdict::kFail;
      });
  return failed ? Verdict::kFail : Verdict::kInsufficient;
}

}  // namespace argosy::teams
