#include "services/teams/domain/intervals.h"

#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/gamma.hpp>

namespace argosy::teams {
namespace {

double LogFactorial(int64_t n) { return boost::math::lgamma(static_cast<double>(n) + 1.0); }

double LogChoose(int64_t n, int64_t k) {
  return LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);
}

}  // namespace

RateBounds WilsonBounds(int64_t hits, int64_t trials, double z) {
  const double n = static_cast<double>(trials);
  const double p = static_cast<double>(hits) / n;
  const double centre = p + z * z / (2 * n);
  const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {.lower = std::max(0.0, (centre - reach) / scale),
          .upper = std::min(1.0, (centre + reach) / scale)};
}

double FisherTwoSided(const FourfoldTable& table) {
  const int64_t first = table.first_hits + table.first_misses;
  const int64_t second = table.second_hits + table.second_misses;
  const int64_t hits = table.first_hits + table.second_hits;
  const int64_t least = std::max<int64_t>(0, hits - second);
  const int64_t most = std::min(first, hits);
  const double log_all = LogChoose(first + second, hits);
  const auto log_probability = [&](int64_t first_hits) {
    return LogChoose(first, first_hits) + LogChoose(second, hits - first_hits) - log_all;
  };
  // Tables of equal probability differ in the last digits of their logarithms; they count as equal.
  const double observed = log_probability(table.first_hits) + 1e-7;
  double sum = 0;
  for (int64_t k = least; k <= most; ++k) {
    const double log_p = log_probability(k);
    if (log_p <= observed) sum += std::exp(log_p);
  }
  return std::min(1.0, sum);
}

int64_t ToMillionths(double value) {
  constexpr double kMost = 9e12;
  return std::llround(std::clamp(value, -kMost, kMost) * 1e6);
}

}  // namespace argosy::teams
