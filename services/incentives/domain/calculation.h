// The calculation of one month: a pure function of facts, plans, people and what is posted already.
#ifndef ARGOSY_SERVICES_INCENTIVES_DOMAIN_CALCULATION_H_
#define ARGOSY_SERVICES_INCENTIVES_DOMAIN_CALCULATION_H_

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/ids.h"
#include "base/money.h"
#include "services/incentives/domain/credit_bytes.h"
#include "services/incentives/domain/credits.h"
#include "services/incentives/domain/exclusion.h"
#include "services/incentives/domain/facts.h"
#include "services/incentives/domain/plan.h"
#include "services/incentives/domain/roster.h"

namespace argosy::incentives {

// The version of a plan in force in one month.
struct MonthPlan {
  absl::CivilDay month;  // its first day
  base::PlanId plan;
  PlanVersionUid version;
  std::string content_hash;  // 32 bytes
  base::Currency currency;
  PlanSpec spec;
};

// What is earned and posted apart from everything else: one payee, one component, one month.
struct LineKey {
  base::MemberId member;
  base::PlanId plan;
  absl::CivilDay origin;
  ComponentId component;

  friend bool operator==(const LineKey&, const LineKey&) = default;
  friend bool operator<(const LineKey& a, const LineKey& b);
};

// What earlier runs posted for a key, by whichever version did so last.
struct PostedLine {
  int64_t minor = 0;
  PlanVersionUid version;
  std::string content_hash;  // 32 bytes
  base::Currency currency;
};

struct CalculationInputs {
  // Earlier months a run restates, by the calendar: whoever finds a mistake later than that settles
  // it by hand. It bounds the facts a run reads.
  static constexpr int kRestatedMonthsMax = 36;
  // A run in memory: about 1 GiB at the bound.
  static constexpr size_t kFactsMax = 2'000'000;
  static constexpr int64_t kCreditsMax = 2'000'000;
  // Keeps a statement's content far below a packet.
  static constexpr size_t kLinesPerPayeeMax = 1'024;

  absl::CivilDay month;                 // the run's own, its first day
  std::vector<absl::CivilDay> origins;  // months to calculate, ascending; the run's own is the last
  std::vector<MonthPlan> plans;         // for each origin the versions in force
  RosterSnapshot people;
  SalesFacts facts;
  absl::Time cut;  // facts that happened from here on do not count
  absl::TimeZone zone;
  std::map<LineKey, PostedLine> posted;  // for the origins
};

// The earliest month a run of `month` may restate, its first day.
absl::CivilDay EarliestRestated(absl::CivilDay month);

// What a payee has earned by one component for one month, and what of it is not yet posted.
struct RunLine {
  LineKey key;
  PlanVersionUid version;
  std::string content_hash;
  base::Currency currency;
  int64_t base_minor = 0;    // what was credited in the month, as known now
  int64_t earned_minor = 0;  // what the month earns, as known now
  int64_t posted_minor = 0;  // what earlier runs posted for it
  int64_t amount_minor = 0;  // the difference: what this run posts
  int64_t credit_count = 0;
  std::string credits_digest;
  std::vector<CreditChunk> chunks;
};

// A plan version a run used for a month.
struct AppliedPlan {
  absl::CivilDay month;
  base::PlanId plan;
  PlanVersionUid version;
  std::string content_hash;  // 32 bytes
};

struct RunResult {
  std::vector<AppliedPlan> plans;  // by plan and month
  // By payee, plan, month and component as listed: those of the run's own month always, of an
  // earlier month only where the amount is not 0. After the listed ones of a month, by id, what no
  // version in force has any more and is not at 0: such a line takes back what was posted, under
  // the version that posted it.
  std::vector<RunLine> lines;
  Exclusions excluded;  // of every month it calculated
  std::map<base::Currency, int64_t> totals;
  int64_t payee_count = 0;
  int64_t credit_count = 0;
  std::string digest;  // ComputeRunDigest
};

// SHA-256 over the canonical bytes of a run's month, plans, lines and exclusions: 32 bytes. Ids
// that are drawn at random are not in it, nor is when anything was calculated or recorded.
std::string ComputeRunDigest(absl::CivilDay month, const RunResult& result);

// Calculates. The answer does not depend on the order of anything in `inputs`. RUN_TOO_LARGE,
// PAYEE_UNKNOWN, AMOUNT_OVERFLOW.
absl::StatusOr<RunResult> CalculateRun(const CalculationInputs& inputs);

}  // namespace argosy::incentives

#endif  // ARGOSY_SERVICES_INCENTIVES_DOMAIN_CALCULATION_H_
