// The bounds of the gate from validating to replicating, all integers so that they can be kept and
// hashed with the evidence they judged.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_POLICY_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_POLICY_H_

#include <cstdint>
#include <string>

namespace argosy::teams {

enum class StageProfile { kStandard = 1, kMicro = 2 };

struct StagePolicy {
  std::string version;
  StageProfile profile = StageProfile::kStandard;

  // VG1, traffic chosen.
  int64_t paid_channels_min = 2;
  int64_t spend_weeks_min = 8;
  int64_t spend_coverage_ppm_min = 950'000;  // of VG5's cost as well

  // VG4, stable inquiry cost.
  int64_t weeks_max = 12;
  int64_t weeks_min = 10;
  int64_t charted_inquiries_min = 60;
  int64_t band_micro_nats = 405'465;       // ln 1.5
  int64_t interval_z_micro = 1'644'900;    // 90 % two-sided
  int64_t signal_sigma_micro = 3'000'000;  // Shewhart's limit
  int64_t trend_z_micro = 1'644'900;       // 5 % one-sided

  // VG5, stable sales conversion.
  int64_t cohort_inquiries_min = 100;
  int64_t rate_z_micro = 1'281'600;  // 90 % one-sided
  int64_t halves_p_ppm_min = 50'000;
  int64_t margin_known_ppm_min = 900'000;

  friend bool operator==(const StagePolicy&, const StagePolicy&) = default;
};

// The default bounds of a profile. kMicro widens VG4's band to a factor of 2, for companies under
// about 10 effective inquiries a week.
StagePolicy DefaultPolicy(StageProfile profile);

// Of `days`, how many must have a spend fact: policy.spend_coverage_ppm_min of them, upward.
int64_t SpendDaysRequired(int64_t days, const StagePolicy& policy);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_POLICY_H_
