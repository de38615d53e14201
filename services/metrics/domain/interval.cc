#include "services/metrics/domain/interval.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

namespace argosy::metrics {
namespace {

constexpr double kZ = 1.959963984540054;  // 97.5 % quantile of the standard normal
constexpr double kTail = 0.025;

}  // namespace

std::optional<Interval> WilsonInterval(int64_t successes, int64_t trials) {
  if (trials <= 0 || successes < 0 || successes > trials) return std::nullopt;
  const double n = static_cast<double>(trials);
  const double p = static_cast<double>(successes) / n;
  const double z2 = kZ * kZ;
  const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  // The ends are exactly 0 and 1 at no and at only successes; the subtraction leaves a residue.
  return Interval{.lower = successes == 0 ? 0.0 : std::max(0.0, centre - half),
                  .upper = successes == trials ? 1.0 : std::min(1.0, centre + half)};
}

PoissonLimits ExactPoissonLimits(int64_t count) {
  const double n = static_cast<double>(count);
  using ChiSquared = boost::math::chi_squared_distribution<double>;
  PoissonLimits limits;
  if (count > 0) limits.lower = boost::math::quantile(ChiSquared(2 * n), kTail) / 2;
  limits.upper = boost::math::quantile(ChiSquared(2 * n + 2), 1 - kTail) / 2;
  return limits;
}

Interval CostInterval(absl::int128 amount, int64_t count) {
  const PoissonLimits limits = ExactPoissonLimits(count);
  const double money = static_cast<double>(amount);
  Interval interval{.lower = money / limits.upper};
  if (count > 0) interval.upper = money / limits.lower;
  return interval;
}

}  // namespace argosy::metrics
