// Companies whose cost of an inquiry is known, for simulations of VG4.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_COST_SIMULATION_TEST_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_COST_SIMULATION_TEST_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "base/random.h"
#include "services/teams/domain/cost_stability.h"

namespace argosy::teams {

struct SimulatedCompany {
  double weekly_inquiries = 20;
  double phi = 1;    // variance over mean of the weekly counts
  double step = 1;   // cost of the later half over that of the earlier
  double drift = 1;  // cost of the last week over that of the first, growing week by week
};

// Poisson by Knuth's product for small means, split in parts for larger ones.
inline int64_t DrawPoisson(base::Generator& generator, double mean) {
  int64_t count = 0;
  while (mean > 0) {
    const double part = std::min(mean, 20.0);
    const double limit = std::exp(-part);
    for (double product = generator.Unit(); product > limit; product *= generator.Unit()) ++count;
    mean -= part;
  }
  return count;
}

// A count of the mean with variance phi * mean: a Poisson number of clusters of geometric size.
inline int64_t DrawCount(base::Generator& generator, double mean, double phi) {
  if (phi <= 1) return DrawPoisson(generator, mean);
  // Clusters of geometric size with mean m have variance over mean 2 m - 1.
  const double cluster_mean = (phi + 1) / 2;
  const int64_t clusters = DrawPoisson(generator, mean / cluster_mean);
  int64_t count = 0;
  for (int64_t i = 0; i < clusters; ++i) {
    ++count;
    while (generator.Unit() > 1 / cluster_mean) ++count;
  }
  return count;
}

inline std::vector<WeekFigures> DrawWeeks(base::Generator& generator,
                                          const SimulatedCompany& company) {
  constexpr int64_t kWeeks = 12;
  const absl::CivilDay first_monday(2026, 1, 5);
  std::vector<WeekFigures> weeks;
  for (int64_t week = 0; week < kWeeks; ++week) {
    const double cost = (week < kWeeks / 2 ? 1.0 : company.step) *
                        std::pow(company.drift, static_cast<double>(week) / (kWeeks - 1));
    weeks.push_back(
        {.monday = first_monday + 7 * week,
         .state = WeekFigures::State::kClosed,
         .spend_minor = 100'000,
         .effective = DrawCount(generator, company.weekly_inquiries / cost, company.phi)});
  }
  return weeks;
}

// Shares of verdicts over many evaluations of one company. `pass_before_trend` also counts the
// passes that the trend veto takes away.
struct VerdictShares {
  double pass = 0;
  double pass_before_trend = 0;
  double fail = 0;
  double insufficient = 0;
};

inline VerdictShares Simulate(const SimulatedCompany& company, const StagePolicy& policy, int runs,
                              uint64_t seed) {
  base::Generator generator(seed);
  VerdictShares shares;
  const double one = 1.0 / runs;
  for (int run = 0; run < runs; ++run) {
    const CriterionResult result = JudgeCostStability(DrawWeeks(generator, company), policy);
    const bool vetoed = result.reason == CriterionReason::kCostRising;
    if (result.verdict == Verdict::kPass) shares.pass += one;
    if (result.verdict == Verdict::kPass || vetoed) shares.pass_before_trend += one;
    if (result.verdict == Verdict::kFail) shares.fail += one;
    if (result.verdict == Verdict::kInsufficient && !vetoed) shares.insufficient += one;
  }
  return shares;
}

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_COST_SIMULATION_TEST_H_
