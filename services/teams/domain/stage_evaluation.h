// The gate from validating to replicating: its cut, its eleven criteria and its verdict. Pure.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_EVALUATION_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_EVALUATION_H_

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "base/period.h"
#include "services/teams/domain/criterion.h"
#include "services/teams/domain/stage_inputs.h"
#include "services/teams/domain/stage_policy.h"

namespace argosy::teams {

// A month is closed on this day of the next.
inline constexpr int kCloseDay = 5;
// An inquiry is mature when it is older than this at the cut: the window of the order rates.
inline constexpr int64_t kOrderWindowDays = 90;

// The latest close that is not after `today`.
absl::CivilDay DefaultCut(absl::CivilDay today);

// The `weeks` ISO weeks that ended by `cut`, which is the first day not looked at.
base::Period WeeksBefore(absl::CivilDay cut, int64_t weeks);

// The days before a cut that a month's last report says nothing of: it comes up to the close.
inline constexpr int64_t kCloseLagDays = kCloseDay - 1;

// The days of the twelve months before `cut` whose inquiries' windows ended kCloseLagDays before
// it: at the close of a month, by the month's end.
base::Period MaturePeriod(absl::CivilDay cut);

// VG1 to VG11 in order. The criteria this release does not judge are NOT_EVALUATED.
std::vector<CriterionResult> JudgeCriteria(const StageInputs& inputs, const StagePolicy& policy);

// FAIL when a hard or stat criterion fails; else INSUFFICIENT. Never PASS: that takes every hard
// and stat criterion in two consecutive months, and eight of them are not judged yet.
Verdict DecideGate(absl::Span<const CriterionResult> criteria);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_STAGE_EVALUATION_H_
