// VG4: is the cost of an effective inquiry stable? Pure.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_COST_STABILITY_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_COST_STABILITY_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "services/teams/domain/criterion.h"
#include "services/teams/domain/stage_inputs.h"
#include "services/teams/domain/stage_policy.h"

namespace argosy::teams {

// Of the latest weeks_max closed weeks those that have spend, oldest first.
std::vector<WeekFigures> KeptWeeks(absl::Span<const WeekFigures> weeks, const StagePolicy& policy);

// How the cost of the later half of the weeks compares with that of the earlier.
struct CostShift {
  int64_t earlier_inquiries = 0;
  int64_t later_inquiries = 0;
  int64_t phi_ppm = 0;           // dispersion against Poisson, at least 1,000,000
  int64_t shift_micro_nats = 0;  // ln(later cost / earlier cost)
  int64_t lower_micro_nats = 0;
  int64_t upper_micro_nats = 0;
};

// `weeks` has at least two entries with spend above 0 and at least one inquiry in each half; the
// earlier half has floor(n/2) weeks.
CostShift ComputeCostShift(absl::Span<const WeekFigures> weeks, const StagePolicy& policy);

// Standard score of a log-linear trend of the cost over calendar weeks, in millionths, positive
// when cost rises: the score test of a Poisson rate with offset ln(spend), its variance times phi
// (Rao 1948; McCullagh and Nelder, "Generalized Linear Models", 1989). Same requirements.
int64_t CostTrendMicro(absl::Span<const WeekFigures> weeks, int64_t phi_ppm);

// Each week against limits that the other weeks set, so that a week cannot widen its own
// (Shewhart's chart on counts with unequal exposure). Same requirements, at least three weeks.
std::vector<ChartedWeek> ChartWeeks(absl::Span<const WeekFigures> weeks, const StagePolicy& policy);

// About how many effective inquiries give a truly stable company a PASS in 80 of 100 evaluations.
int64_t InquiriesNeeded(int64_t phi_ppm, const StagePolicy& policy);

// The verdict on `weeks`, oldest first.
CriterionResult JudgeCostStability(absl::Span<const WeekFigures> weeks, const StagePolicy& policy);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_COST_STABILITY_H_
