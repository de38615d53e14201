#include "services/teams/domain/stage_policy.h"

namespace argosy::teams {

StagePolicy DefaultPolicy(StageProfile profile) {
  constexpr int64_t kLnTwoMicroNats = 693'147;
  StagePolicy policy{.version = "validate-1", .profile = profile};
  if (profile == StageProfile::kMicro) policy.band_micro_nats = kLnTwoMicroNats;
  return policy;
}

}  // namespace argosy::teams
