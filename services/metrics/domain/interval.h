// 95 % intervals of shares and of counts.
#ifndef ARGOSY_SERVICES_METRICS_DOMAIN_INTERVAL_H_
#define ARGOSY_SERVICES_METRICS_DOMAIN_INTERVAL_H_

#include <cstdint>
#include <optional>

#include "absl/numeric/int128.h"

namespace argosy::metrics {

// Ends of an interval; an end that is absent is unbounded.
struct Interval {
  std::optional<double> lower;
  std::optional<double> upper;
};

// Wilson's score interval (Wilson 1927) of `successes` in `trials`, z = 1.959964. Absent unless
// 0 <= successes <= trials and trials > 0: such a quotient is no share.
std::optional<Interval> WilsonInterval(int64_t successes, int64_t trials);

// The exact limits of a Poisson mean (Garwood 1936) when `count` events were seen: half the
// chi-square quantiles at 2.5 % with 2 count and at 97.5 % with 2 count + 2 degrees of freedom. The
// lower limit of 0 is 0; the upper limit of 0 is 3.6889. `count` is not negative.
struct PoissonLimits {
  double lower = 0;
  double upper = 0;
};
PoissonLimits ExactPoissonLimits(int64_t count);

// The interval of amount / count with the amount fixed and the count Poisson:
// [amount / upper limit, amount / lower limit]; unbounded above when the count is 0.
Interval CostInterval(absl::int128 amount, int64_t count);

}  // namespace argosy::metrics

#endif  // ARGOSY_SERVICES_METRICS_DOMAIN_INTERVAL_H_
