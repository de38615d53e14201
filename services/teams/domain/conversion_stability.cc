#include "services/teams/domain/conversion_stability.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "absl/numeric/int128.h"
#include "absl/types/span.h"
#include "services/teams/domain/intervals.h"

namespace argosy::teams {
namespace {

// Searching further would promise a date nobody can plan by.
constexpr int64_t kInquiriesSearchMax = 1'000'000;
// A break-even rate of a million percent and more is told as that.
constexpr int64_t kBreakEvenPpmMax = 10'000'000'000;

struct CohortTotals {
  int64_t inquiries = 0;
  int64_t converted = 0;  // inquiries with a kept order
  int64_t orders = 0;
  int64_t orders_with_margin = 0;
  absl::int128 margin = 0;
};

CohortTotals Sum(absl::Span<const CohortUnit> units) {
  CohortTotals totals;
  for (const CohortUnit& unit : units) {
    ++totals.inquiries;
    totals.converted += unit.kept_orders > 0 ? 1 : 0;
    totals.orders += unit.kept_orders;
    totals.orders_with_margin += unit.orders_with_margin;
    totals.margin += unit.margin_minor;
  }
  return totals;
}

// (cost / inquiries) / (margin / orders), rounded up so that rounding never helps a company
// through.
int64_t BreakEvenPpm(const MatureCohort& cohort, const CohortTotals& totals) {
  const absl::int128 above =
      absl::int128(cohort.loaded_cost_minor) * totals.orders_with_margin * 1'000'000;
  const absl::int128 below = absl::int128(cohort.effective_inquiries) * totals.margin;
  const absl::int128 ppm = (above + below - 1) / below;
  return static_cast<int64_t>(std::min<absl::int128>(ppm, kBreakEvenPpmMax));
}

// Whether the order rate of the later half lies below that of the earlier beyond chance; the middle
// unit of an odd number belongs to neither.
struct Halves {
  int64_t earlier_converted = 0;
  int64_t later_converted = 0;
  int64_t p_ppm = 0;
};

// Fisher's p of two halves of `half` inquiries each, in parts per million.
int64_t HalvesPpm(int64_t earlier, int64_t later, size_t half) {
  const auto inquiries = static_cast<int64_t>(half);
  return ToMillionths(FisherTwoSided({.first_hits = earlier,
                                      .first_misses = inquiries - earlier,
                                      .second_hits = later,
                                      .second_misses = inquiries - later}));
}

Halves CompareHalves(absl::Span<const CohortUnit> units) {
  const size_t half = units.size() / 2;
  const CohortTotals earlier = Sum(units.subspan(0, half));
  const CohortTotals later = Sum(units.subspan(units.size() - half));
  return {.earlier_converted = earlier.converted,
          .later_converted = later.converted,
          .p_ppm = HalvesPpm(earlier.converted, later.converted, half)};
}

// Inquiries at which the lower bound would reach `break_even_ppm` at the present rate; 0 when
// never.
int64_t InquiriesForPass(const CohortTotals& totals, int64_t break_even_ppm,
                         const StagePolicy& policy) {
  const auto passes = [&](int64_t inquiries) {
    const auto converted =
        static_cast<int64_t>(absl::int128(totals.converted) * inquiries / totals.inquiries);
    return ComputeOrderRate(converted, inquiries, policy).lower_ppm >= break_even_ppm;
  };
  if (!passes(kInquiriesSearchMax)) return 0;
  int64_t low = totals.inquiries;
  int64_t high = kInquiriesSearchMax;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (passes(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return high;
}

// `more` inquiries at the rate since the first one of the cohort; 0 weeks when the whole period at
// that rate would not hold them, because old inquiries leave as new ones come.
Shortfall InquiryShortfall(int64_t more, const MatureCohort& cohort) {
  constexpr int64_t kDayMicros = 86'400'000'000;
  const auto present = static_cast<int64_t>(cohort.units.size());
  int64_t weeks = 0;
  if (present > 0) {
    const int64_t since = cohort.units.front().occurred_at_micros;
    const int64_t span_days = 1 + (cohort.units.back().occurred_at_micros - since) / kDayMicros;
    if ((present + more) * span_days <= present * cohort.period.days()) {
      weeks = std::max<int64_t>(1, (more * span_days + 7 * present - 1) / (7 * present));
    }
  }
  return {.what = "mature_inquiries", .count = more, .weeks = weeks};
}

// How many of as many inquiries would have to convert beyond those that did for the lower bound to
// reach `break_even_ppm`; all the others when even that is too few.
int64_t ConversionsForPass(const CohortTotals& totals, int64_t break_even_ppm,
                           const StagePolicy& policy) {
  const int64_t others = totals.inquiries - totals.converted;
  int64_t more = 1;
  while (more < others &&
         ComputeOrderRate(totals.converted + more, totals.inquiries, policy).lower_ppm <
             break_even_ppm) {
    ++more;
  }
  return more;
}

// How many more of the later half would have to convert for the halves not to differ beyond chance.
int64_t ConversionsForNoFall(absl::Span<const CohortUnit> units, const Halves& halves,
                             const StagePolicy& policy) {
  int64_t more = 1;
  while (halves.later_converted + more < halves.earlier_converted &&
         HalvesPpm(halves.earlier_converted, halves.later_converted + more, units.size() / 2) <
             policy.halves_p_ppm_min) {
    ++more;
  }
  return more;
}

void AddThresholds(const StagePolicy& policy, CriterionResult& result) {
  result.thresholds = {
      {.name = "mature_inquiries_min", .value = policy.cohort_inquiries_min},
      {.name = "rate_z", .value = policy.rate_z_micro, .unit = MeasureUnit::kPpm},
      {.name = "halves_p_min", .value = policy.halves_p_ppm_min, .unit = MeasureUnit::kPpm},
      {.name = "margin_known_min", .value = policy.margin_known_ppm_min, .unit = MeasureUnit::kPpm},
      {.name = "spend_coverage_min",
       .value = policy.spend_coverage_ppm_min,
       .unit = MeasureUnit::kPpm}};
}

// The first thing for want of which the cohort cannot be judged.
struct Want {
  CriterionReason reason;
  Shortfall shortfall;
};

std::optional<Want> FindWant(const MatureCohort& cohort, const CohortTotals& totals,
                             const StagePolicy& policy) {
  if (totals.inquiries < policy.cohort_inquiries_min) {
    return Want{CriterionReason::kTooFewInquiries,
                InquiryShortfall(policy.cohort_inquiries_min - totals.inquiries, cohort)};
  }
  if (cohort.orders != MatureCohort::Orders::kWhole) {
    return Want{CriterionReason::kOrdersUnknown, {.what = "order_facts", .count = 1}};
  }
  if (totals.orders == 0) {
    return Want{CriterionReason::kNoOrders, {.what = "kept_orders", .count = 1}};
  }
  if (cohort.loaded_cost_minor <= 0 || cohort.effective_inquiries <= 0) {
    return Want{CriterionReason::kCostUnknown, {.what = "spend_facts", .count = 1}};
  }
  const int64_t spend_days_wanting = SpendDaysRequired(cohort.spend_days, policy) -
                                     (cohort.spend_days - cohort.spend_days_missing);
  if (spend_days_wanting > 0) {
    return Want{CriterionReason::kSpendDaysMissing,
                {.what = "spend_days", .count = spend_days_wanting}};
  }
  if (cohort.ungraded_inquiries > 0) {
    return Want{CriterionReason::kInquiriesUngraded,
                {.what = "inquiry_grades", .count = cohort.ungraded_inquiries}};
  }
  const int64_t margins_needed =
      std::max<int64_t>(1, (totals.orders * policy.margin_known_ppm_min + 999'999) / 1'000'000);
  if (totals.orders_with_margin < margins_needed) {
    return Want{CriterionReason::kMarginUnknown,
                {.what = "order_margins", .count = margins_needed - totals.orders_with_margin}};
  }
  return std::nullopt;
}

void Decide(const MatureCohort& cohort, const CohortTotals& totals, const StagePolicy& policy,
            CriterionResult& result) {
  const OrderRate rate = ComputeOrderRate(totals.converted, totals.inquiries, policy);
  const int64_t break_even = BreakEvenPpm(cohort, totals);
  const Halves halves = CompareHalves(cohort.units);
  const std::vector<Measure> statistics = {
      {.name = "rate_lower", .value = rate.lower_ppm, .unit = MeasureUnit::kPpm},
      {.name = "rate_upper", .value = rate.upper_ppm, .unit = MeasureUnit::kPpm},
      {.name = "break_even", .value = break_even, .unit = MeasureUnit::kPpm},
      {.name = "earlier_converted", .value = halves.earlier_converted},
      {.name = "later_converted", .value = halves.later_converted},
      {.name = "halves_p", .value = halves.p_ppm, .unit = MeasureUnit::kPpm}};
  result.measures.insert(result.measures.end(), statistics.begin(), statistics.end());
  if (rate.upper_ppm < break_even) {
    result.verdict = Verdict::kFail;
    result.reason = CriterionReason::kRateBelowBreakEven;
  } else if (halves.p_ppm < policy.halves_p_ppm_min &&
             halves.later_converted < halves.earlier_converted) {
    result.reason = CriterionReason::kRateFell;
    result.shortfalls.push_back({.what = "later_converted_inquiries",
                                 .count = ConversionsForNoFall(cohort.units, halves, policy)});
  } else if (rate.lower_ppm >= break_even) {
    result.verdict = Verdict::kPass;
    result.reason = CriterionReason::kRateAboveBreakEven;
  } else {
    result.reason = CriterionReason::kRateUndecided;
    const int64_t needed = InquiriesForPass(totals, break_even, policy);
    if (needed > totals.inquiries) {
      result.shortfalls.push_back(InquiryShortfall(needed - totals.inquiries, cohort));
    } else {
      // More inquiries at a rate that does not pay only make that surer.
      result.shortfalls.push_back(
          {.what = "converted_inquiries", .count = ConversionsForPass(totals, break_even, policy)});
    }
  }
}

}  // namespace

OrderRate ComputeOrderRate(int64_t converted, int64_t inquiries, const StagePolicy& policy) {
  const RateBounds bounds =
      WilsonBounds(converted, inquiries, static_cast<double>(policy.rate_z_micro) / 1e6);
  return {.rate_ppm = ToMillionths(static_cast<double>(converted) / static_cast<double>(inquiries)),
          .lower_ppm = ToMillionths(bounds.lower),
          .upper_ppm = ToMillionths(bounds.upper)};
}

CriterionResult JudgeConversionStability(const MatureCohort& cohort, const StagePolicy& policy) {
  const CohortTotals totals = Sum(cohort.units);
  CriterionResult result{.criterion = "VG5", .kind = CriterionKind::kStat};
  result.verdict = Verdict::kInsufficient;
  AddThresholds(policy, result);
  result.measures = {
      {.name = "mature_inquiries", .value = totals.inquiries},
      {.name = "converted_inquiries", .value = totals.converted},
      {.name = "kept_orders", .value = totals.orders},
      {.name = "orders_with_margin", .value = totals.orders_with_margin},
      {.name = "loaded_cost", .value = cohort.loaded_cost_minor, .unit = MeasureUnit::kMinor},
      {.name = "spend_days_missing",
       .value = cohort.spend_days_missing,
       .unit = MeasureUnit::kDays}};
  if (totals.inquiries > 0) {
    result.measures.push_back(
        {.name = "rate",
         .value = ComputeOrderRate(totals.converted, totals.inquiries, policy).rate_ppm,
         .unit = MeasureUnit::kPpm});
  }
  if (std::optional<Want> want = FindWant(cohort, totals, policy)) {
    result.reason = want->reason;
    result.shortfalls.push_back(std::move(want->shortfall));
    return result;
  }
  if (totals.margin <= 0) {
    // No order rate breaks even on orders that lose money.
    result.verdict = Verdict::kFail;
    result.reason = CriterionReason::kMarginNotPositive;
    return result;
  }
  Decide(cohort, totals, policy, result);
  return result;
}

}  // namespace argosy::teams
