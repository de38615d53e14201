#include "services/teams/domain/cost_stability.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>

#include "base/period.h"
#include "services/teams/domain/intervals.h"

namespace argosy::teams {
namespace {

struct Totals {
  double spend = 0;
  double provisional = 0;
  int64_t inquiries = 0;

  double rate() const { return static_cast<double>(inquiries) / spend; }
};

Totals Sum(absl::Span<const WeekFigures> weeks) {
  Totals totals;
  for (const WeekFigures& week : weeks) {
    totals.spend += static_cast<double>(week.spend_minor);
    totals.provisional += static_cast<double>(week.provisional_minor);
    totals.inquiries += week.effective;
  }
  return totals;
}

// Pearson's dispersion of the counts against `rate` on `freedom` degrees, never below Poisson's 1.
double Dispersion(absl::Span<const WeekFigures> weeks, double rate, size_t freedom) {
  double sum = 0;
  for (const WeekFigures& week : weeks) {
    const double expected = static_cast<double>(week.spend_minor) * rate;
    const double miss = static_cast<double>(week.effective) - expected;
    sum += miss * miss / expected;
  }
  return std::max(1.0, sum / static_cast<double>(freedom));
}

ChartedWeek ChartWeek(absl::Span<const WeekFigures> weeks, size_t at, const StagePolicy& policy) {
  std::vector<WeekFigures> rest(weeks.begin(), weeks.end());
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
  const Totals others = Sum(rest);
  const double spend = static_cast<double>(weeks[at].spend_minor);
  const double expected = spend * others.rate();
  const double phi = Dispersion(rest, others.rate(), rest.size() - 1);
  const double sigma = std::sqrt(phi * expected * (1 + spend / others.spend));
  return {.week = base::PeriodLabel(weeks[at].monday, base::Grain::kIsoWeek),
          .spend_minor = weeks[at].spend_minor,
          .effective_inquiries = weeks[at].effective,
          .expected_ppm = ToMillionths(expected),
          .limit_ppm = ToMillionths(static_cast<double>(policy.signal_sigma_micro) / 1e6 * sigma)};
}

int64_t CeilDivide(int64_t a, int64_t b) { return (a + b - 1) / b; }

// `more` inquiries at the rate of `total` in `weeks` weeks; 0 when even a full window of weeks_max
// weeks at that rate would not hold total + more, because old weeks leave as new ones come.
int64_t WeeksUntil(int64_t more, int64_t total, int64_t weeks, const StagePolicy& policy) {
  if (total == 0 || policy.weeks_max * total < (total + more) * weeks) return 0;
  return std::max<int64_t>(1, CeilDivide(more * weeks, total));
}

bool AddEvidenceShortfalls(absl::Span<const WeekFigures> kept, const Totals& all,
                           const StagePolicy& policy, CriterionResult& result) {
  const auto weeks = static_cast<int64_t>(kept.size());
  if (weeks < policy.weeks_min) {
    result.reason = CriterionReason::kTooFewWeeks;
    const int64_t more = policy.weeks_min - weeks;
    result.shortfalls.push_back({.what = "closed_weeks", .count = more, .weeks = more});
  }
  if (all.inquiries < policy.charted_inquiries_min) {
    if (result.shortfalls.empty()) result.reason = CriterionReason::kTooFewInquiries;
    const int64_t more = policy.charted_inquiries_min - all.inquiries;
    result.shortfalls.push_back({.what = "effective_inquiries",
                                 .count = more,
                                 .weeks = WeeksUntil(more, all.inquiries, weeks, policy)});
  }
  if (!result.shortfalls.empty()) return true;
  const size_t half = kept.size() / 2;
  if (Sum(kept.subspan(0, half)).inquiries > 0 && Sum(kept.subspan(half)).inquiries > 0) {
    return false;
  }
  result.reason = CriterionReason::kEmptyHalf;
  result.shortfalls.push_back({.what = "halves_with_inquiries", .count = 1, .weeks = 0});
  return true;
}

void AddThresholds(const StagePolicy& policy, CriterionResult& result) {
  result.thresholds = {
      {.name = "weeks_max", .value = policy.weeks_max, .unit = MeasureUnit::kWeeks},
      {.name = "weeks_min", .value = policy.weeks_min, .unit = MeasureUnit::kWeeks},
      {.name = "effective_inquiries_min", .value = policy.charted_inquiries_min},
      {.name = "band", .value = policy.band_micro_nats, .unit = MeasureUnit::kMicroNats},
      {.name = "interval_z", .value = policy.interval_z_micro, .unit = MeasureUnit::kPpm},
      {.name = "signal_sigma", .value = policy.signal_sigma_micro, .unit = MeasureUnit::kPpm},
      {.name = "trend_z", .value = policy.trend_z_micro, .unit = MeasureUnit::kPpm}};
}

void Decide(const CostShift& shift, int64_t trend, const StagePolicy& policy,
            CriterionResult& result) {
  const bool inside = -policy.band_micro_nats <= shift.lower_micro_nats &&
                      shift.upper_micro_nats <= policy.band_micro_nats;
  const bool excludes_zero = shift.lower_micro_nats > 0 || shift.upper_micro_nats < 0;
  const bool signal = std::any_of(result.weeks.begin(), result.weeks.end(),
                                  [](const ChartedWeek& week) { return week.out_of_control(); });
  const auto decide = [&](Verdict verdict, CriterionReason reason) {
    result.verdict = verdict;
    result.reason = reason;
  };
  if (signal) return decide(Verdict::kFail, CriterionReason::kWeekOutOfControl);
  if (excludes_zero && !inside) return decide(Verdict::kFail, CriterionReason::kCostChanged);
  if (!inside) return decide(Verdict::kInsufficient, CriterionReason::kIntervalTooWide);
  if (trend > policy.trend_z_micro) {
    return decide(Verdict::kInsufficient, CriterionReason::kCostRising);
  }
  decide(Verdict::kPass, CriterionReason::kCostStable);
}

}  // namespace

bool ChartedWeek::out_of_control() const {
  return std::abs(effective_inquiries * 1'000'000 - expected_ppm) > limit_ppm;
}

std::vector<WeekFigures> KeptWeeks(absl::Span<const WeekFigures> weeks, const StagePolicy& policy) {
  std::vector<WeekFigures> kept;
  int64_t places = policy.weeks_max;
  for (auto week = weeks.rbegin(); week != weeks.rend() && places > 0; ++week) {
    if (week->state != WeekFigures::State::kClosed) continue;
    --places;
    if (week->spend_minor > 0) kept.push_back(*week);
  }
  std::reverse(kept.begin(), kept.end());
  return kept;
}

CostShift ComputeCostShift(absl::Span<const WeekFigures> weeks, const StagePolicy& policy) {
  const size_t half = weeks.size() / 2;
  const Totals earlier = Sum(weeks.subspan(0, half));
  const Totals later = Sum(weeks.subspan(half));
  const double phi = Dispersion(weeks, Sum(weeks).rate(), weeks.size() - 1);
  const double shift = std::log(earlier.rate() / later.rate());
  const double variance =
      phi * (1 / static_cast<double>(earlier.inquiries) + 1 / static_cast<double>(later.inquiries));
  const double reach = static_cast<double>(policy.interval_z_micro) / 1e6 * std::sqrt(variance);
  return {.earlier_inquiries = earlier.inquiries,
          .later_inquiries = later.inquiries,
          .phi_ppm = ToMillionths(phi),
          .shift_micro_nats = ToMillionths(shift),
          .lower_micro_nats = ToMillionths(shift - reach),
          .upper_micro_nats = ToMillionths(shift + reach)};
}

int64_t CostTrendMicro(absl::Span<const WeekFigures> weeks, int64_t phi_ppm) {
  const double rate = Sum(weeks).rate();
  const auto week_number = [&](const WeekFigures& week) {
    return static_cast<double>(week.monday - weeks.front().monday) / 7;
  };
  double score = 0;
  double expected_sum = 0;
  double expected_time = 0;
  for (const WeekFigures& week : weeks) {
    const double expected = static_cast<double>(week.spend_minor) * rate;
    score += week_number(week) * (static_cast<double>(week.effective) - expected);
    expected_sum += expected;
    expected_time += expected * week_number(week);
  }
  const double mean_time = expected_time / expected_sum;
  double information = 0;
  for (const WeekFigures& week : weeks) {
    const double distance = week_number(week) - mean_time;
    information += static_cast<double>(week.spend_minor) * rate * distance * distance;
  }
  // Fewer inquiries per spend towards the end is a rising cost, hence the sign.
  return ToMillionths(-score / std::sqrt(static_cast<double>(phi_ppm) / 1e6 * information));
}

std::vector<ChartedWeek> ChartWeeks(absl::Span<const WeekFigures> weeks,
                                    const StagePolicy& policy) {
  std::vector<ChartedWeek> charted;
  for (size_t at = 0; at < weeks.size(); ++at) charted.push_back(ChartWeek(weeks, at, policy));
  return charted;
}

int64_t InquiriesNeeded(int64_t phi_ppm, const StagePolicy& policy) {
  // The interval of a flat company lies inside the band in 80 % of cases when
  // (band - z s) / s = 1.2816, with s^2 = 4 phi / N for two equal halves. phi is estimated and
  // never taken below 1, which adds about 18 % (simulated with 12 weeks).
  constexpr double kEightyPercent = 1.2816;
  constexpr double kEstimatedPhi = 1.18;
  const double band = static_cast<double>(policy.band_micro_nats) / 1e6;
  const double s = band / (static_cast<double>(policy.interval_z_micro) / 1e6 + kEightyPercent);
  const double phi = static_cast<double>(phi_ppm) / 1e6;
  return std::llround(std::ceil(4 * phi * kEstimatedPhi / (s * s)));
}

CriterionResult JudgeCostStability(absl::Span<const WeekFigures> weeks, const StagePolicy& policy) {
  const std::vector<WeekFigures> kept = KeptWeeks(weeks, policy);
  const Totals all = Sum(kept);
  const auto kept_weeks = static_cast<int64_t>(kept.size());
  CriterionResult result{.criterion = "VG4", .kind = CriterionKind::kStat};
  result.verdict = Verdict::kInsufficient;
  AddThresholds(policy, result);
  result.measures = {{.name = "closed_weeks", .value = kept_weeks, .unit = MeasureUnit::kWeeks},
                     {.name = "effective_inquiries", .value = all.inquiries}};
  if (all.spend > 0) {
    result.measures.push_back({.name = "provisional_spend",
                               .value = ToMillionths(all.provisional / all.spend),
                               .unit = MeasureUnit::kPpm});
  }
  if (AddEvidenceShortfalls(kept, all, policy, result)) return result;

  const CostShift shift = ComputeCostShift(kept, policy);
  const int64_t trend = CostTrendMicro(kept, shift.phi_ppm);
  const int64_t needed = InquiriesNeeded(shift.phi_ppm, policy);
  result.weeks = ChartWeeks(kept, policy);
  const std::vector<Measure> statistics = {
      {.name = "earlier_inquiries", .value = shift.earlier_inquiries},
      {.name = "later_inquiries", .value = shift.later_inquiries},
      {.name = "phi", .value = shift.phi_ppm, .unit = MeasureUnit::kPpm},
      {.name = "shift", .value = shift.shift_micro_nats, .unit = MeasureUnit::kMicroNats},
      {.name = "interval_lower", .value = shift.lower_micro_nats, .unit = MeasureUnit::kMicroNats},
      {.name = "interval_upper", .value = shift.upper_micro_nats, .unit = MeasureUnit::kMicroNats},
      {.name = "trend", .value = trend, .unit = MeasureUnit::kPpm},
      {.name = "inquiries_needed", .value = needed}};
  result.measures.insert(result.measures.end(), statistics.begin(), statistics.end());
  Decide(shift, trend, policy, result);
  if (result.verdict != Verdict::kInsufficient) return result;
  if (result.reason == CriterionReason::kIntervalTooWide && needed > all.inquiries) {
    const int64_t more = needed - all.inquiries;
    result.shortfalls.push_back({.what = "effective_inquiries",
                                 .count = more,
                                 .weeks = WeeksUntil(more, all.inquiries, kept_weeks, policy)});
  } else {
    // There is enough to see that the cost moves: only weeks in which it does not bring a pass.
    result.shortfalls.push_back({.what = "weeks_at_steady_cost", .count = 1});
  }
  return result;
}

}  // namespace argosy::teams
