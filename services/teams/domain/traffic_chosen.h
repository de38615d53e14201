// VG1: has the company chosen its traffic? Pure.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_TRAFFIC_CHOSEN_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_TRAFFIC_CHOSEN_H_

#include "absl/types/span.h"
#include "services/teams/domain/criterion.h"
#include "services/teams/domain/stage_inputs.h"
#include "services/teams/domain/stage_policy.h"

namespace argosy::teams {

// The verdict on `channels`. A channel counts when it has spend; one without, that has spend facts
// on too few days of the latest spend_weeks_min weeks (an explicit zero is one), may yet count.
// FAIL: too few of both together, or no search or no social channel among them; INSUFFICIENT: too
// few, or none, that count for certain. Then of the best covered search channel, the best covered
// social channel and as many more as the policy asks for, each must have spend facts in
// spend_weeks_min weeks and on spend_coverage_ppm_min of the days of the latest spend_weeks_min
// weeks; else INSUFFICIENT, because time or a late import brings what is missing.
CriterionResult JudgeTrafficChosen(absl::Span<const PaidChannel> channels,
                                   const StagePolicy& policy);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_TRAFFIC_CHOSEN_H_
