// What a judgement of one criterion says. The numbers of the enums are those of the contract.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_CRITERION_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_CRITERION_H_

#include <cstdint>
#include <string>
#include <vector>

namespace argosy::teams {

enum class Verdict { kPass = 1, kFail = 2, kInsufficient = 3, kNotEvaluated = 4 };

enum class CriterionKind { kHard = 1, kStat = 2, kSoft = 3 };

enum class CriterionReason {
  kNotBuilt = 1,
  kTrafficChosen = 2,
  kTooFewPaidChannels = 3,
  kNoSearchChannel = 4,
  kNoSocialChannel = 5,
  kTooFewSpendWeeks = 6,
  kSpendDaysMissing = 7,
  kCostStable = 8,
  kWeekOutOfControl = 9,
  kCostChanged = 10,
  kCostRising = 11,
  kIntervalTooWide = 12,
  kTooFewWeeks = 13,
  kTooFewInquiries = 14,
  kEmptyHalf = 15,
  kRateAboveBreakEven = 16,
  kRateBelowBreakEven = 17,
  kRateUndecided = 18,
  kRateFell = 19,
  kNoOrders = 20,
  kMarginUnknown = 21,
  kCostUnknown = 22,
  kMarginNotPositive = 23,
  kOrdersUnknown = 24,
  kInquiriesUngraded = 25,
  kSpendUnknown = 26,
};

enum class MeasureUnit { kCount = 1, kPpm = 2, kMinor = 3, kMicroNats = 4, kDays = 5, kWeeks = 6 };

// One number, measured or compared with, an integer in its unit.
struct Measure {
  std::string name;
  int64_t value = 0;
  MeasureUnit unit = MeasureUnit::kCount;

  friend bool operator==(const Measure&, const Measure&) = default;
};

// What there is too little of: how many more, and about how many weeks at the present rate (0 when
// waiting alone does not bring it).
struct Shortfall {
  std::string what;
  int64_t count = 0;
  int64_t weeks = 0;

  friend bool operator==(const Shortfall&, const Shortfall&) = default;
};

// One week against the limits the other weeks set for it.
struct ChartedWeek {
  std::string week;
  int64_t spend_minor = 0;
  int64_t effective_inquiries = 0;
  int64_t expected_ppm = 0;
  int64_t limit_ppm = 0;

  bool out_of_control() const;
  friend bool operator==(const ChartedWeek&, const ChartedWeek&) = default;
};

struct CriterionResult {
  std::string criterion;
  CriterionKind kind = CriterionKind::kHard;
  Verdict verdict = Verdict::kNotEvaluated;
  CriterionReason reason = CriterionReason::kNotBuilt;
  std::vector<Measure> measures;
  std::vector<Measure> thresholds;
  std::vector<Shortfall> shortfalls;
  std::vector<ChartedWeek> weeks;

  friend bool operator==(const CriterionResult&, const CriterionResult&) = default;
};

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_CRITERION_H_
