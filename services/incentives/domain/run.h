// The life of a run: calculated, approved, locked.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_RUN_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_RUN_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/money.h"
#include "base/period.h"
#include "services/incentives/domain/calculation.h"
#include "services/incentives/domain/statement.h"

namespace argosy::incentives {

enum class RunState : int64_t { kCalculated = 1, kApproved = 2, kLocked = 3 };

// REGULAR: the month's own run. CORRECTION: a further run of a locked month, which posts
// differences.
enum class RunKind : int64_t { kRegular = 1, kCorrection = 2 };

struct Run {
  RunUid uid;
  absl::CivilDay month;  // its first day
  RunKind kind = RunKind::kRegular;
  RunState state = RunState::kCalculated;
  absl::Time as_of;
  int64_t knowledge_seq = 0;
  absl::Time cut;
  std::string time_zone;
  std::string roster_digest;   // 32 bytes
  int64_t ledger_version = 0;  // locks before it was calculated
  int64_t period_version = 0;  // which lock of its month it is; 0 until locked
  std::string digest;          // 32 bytes
  int64_t payee_count = 0;
  int64_t line_count = 0;
  int64_t credit_count = 0;
  std::map<base::Currency, int64_t> totals;
  Exclusions excluded;
  std::vector<absl::CivilDay> origins;  // the months it calculated, its own last
  std::vector<AppliedPlan> plans;
  absl::Time created_at;
  std::optional<absl::Time> approved_at;
  std::optional<absl::Time> locked_at;
  int64_t version = 1;
};

// What is to be calculated: a month, for what, and as known when.
struct RunWish {
  absl::CivilDay month;
  RunKind kind = RunKind::kRegular;
  absl::Time as_of;
};

// PERIOD_NOT_OVER when the month has not ended by `as_of`; PERIOD_LOCKED for a regular run of a
// month among `locked`, PERIOD_NOT_LOCKED for a correction of another.
absl::Status CheckRunWish(const RunWish& wish, const std::vector<absl::CivilDay>& locked,
                          const absl::TimeZone& zone);

// The months a run calculates: those locked among the kRestatedMonthsMax before its own, and its
// own last.
std::vector<absl::CivilDay> ComputeOrigins(absl::CivilDay month,
                                           const std::vector<absl::CivilDay>& locked);

// The days of which a run of `origins` needs every fact, until `cut_day`: from the start of the
// year of the first of them, since a total may grow from there.
base::Period ComputeFactDays(const std::vector<absl::CivilDay>& origins, absl::CivilDay cut_day);

// Where facts are cut: the end of the run's month or of the latest locked one, so that a correction
// never forgets what a later month has already taken back.
absl::CivilDay ComputeCutDay(absl::CivilDay month, const std::vector<absl::CivilDay>& locked);

// STATE_NOT_ALLOWED with `name` unless CALCULATED.
absl::StatusOr<Run> ApproveRun(const Run& run, absl::string_view name, absl::Time now);

// STATE_NOT_ALLOWED unless APPROVED; RUN_STALE when `ledger_version` has moved on, which includes
// every other lock of the same month.
struct LockChange {
  std::string name;            // of the run, as refusals call it
  int64_t ledger_version = 0;  // locks so far
  int64_t locks_of_month = 0;
  absl::Time now;
};
absl::StatusOr<Run> LockRun(const Run& run, const LockChange& change);

// What pays: the versions in force in the months of a run, and who has which plan.
struct RunTerms {
  std::vector<AppliedPlan> plans;
  std::vector<PlanAssignment> assignments;
};
// RUN_STALE when on some day until the end of `month` other terms are in force `now` than those the
// run of that month was calculated from. Equal content is equal, whichever version has it.
absl::Status CheckTermsHold(absl::CivilDay month, const RunTerms& calculated, const RunTerms& now);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_RUN_H_
