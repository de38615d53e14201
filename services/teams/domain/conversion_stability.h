// VG5: does the sales conversion, stable over the cohort, pay for the inquiries? Pure.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_CONVERSION_STABILITY_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_CONVERSION_STABILITY_H_

#include <cstdint>

#include "services/teams/domain/criterion.h"
#include "services/teams/domain/stage_inputs.h"
#include "services/teams/domain/stage_policy.h"

namespace argosy::teams {

// Bounds of the order rate, each one-sided, in parts per million.
struct OrderRate {
  int64_t rate_ppm = 0;
  int64_t lower_ppm = 0;
  int64_t upper_ppm = 0;
};

// `inquiries` > 0, 0 <= `converted` <= `inquiries`.
OrderRate ComputeOrderRate(int64_t converted, int64_t inquiries, const StagePolicy& policy);

// The verdict on the mature cohort: the order rate against p*, the LOADED cost of an effective
// inquiry divided by the mean margin of a kept order.
CriterionResult JudgeConversionStability(const MatureCohort& cohort, const StagePolicy& policy);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_CONVERSION_STABILITY_H_
