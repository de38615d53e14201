#include "services/teams/domain/stage_policy.h"

namespace argosy::teams {

StagePolicy DefaultPolicy(StageProfile profile) {
  constexpr int64_t kLnTwoMicroNats = 693'147;
  StagePolicy policy{.version = "validate-1", .profile = profile};
  if (profile == StageProfile::kMicro) policy.band_micro_nats = kLnTwoMicroNats;
  return policy;
}

int64_t SpendDaysRequired(int64_t days, const StagePolicy& policy) {
  return (days * policy.spend_coverage_ppm_min + 999'999) / 1'000'000;
}

}  // namespace argosy::teams
