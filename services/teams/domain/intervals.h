// Bounds and tests on counts. Pure; plain doubles, which callers round before they compare or keep
// them.
#ifndef ARGOSY_SERVICES_TEAMS_DOMAIN_INTERVALS_H_
#define ARGOSY_SERVICES_TEAMS_DOMAIN_INTERVALS_H_

#include <cstdint>

namespace argosy::teams {

struct RateBounds {
  double lower = 0;
  double upper = 1;
};

// Score interval of a rate (E. B. Wilson, "Probable inference, the law of succession, and
// statistical inference", 1927). `trials` > 0, 0 <= `hits` <= `trials`, `z` the normal quantile of
// one side.
RateBounds WilsonBounds(int64_t hits, int64_t trials, double z);

// Hits and misses of two groups, none negative.
struct FourfoldTable {
  int64_t first_hits = 0;
  int64_t first_misses = 0;
  int64_t second_hits = 0;
  int64_t second_misses = 0;
};

// Two-sided p of Fisher's exact test: the probability, margins given, of every table that is no
// more probable than this one (R. A. Fisher, "Statistical Methods for Research Workers", 1934). 1
// when a margin is 0.
double FisherTwoSided(const FourfoldTable& table);

// Millionths of `value`, half away from zero; beyond +-9e12 cut to that, so that the result always
// fits and infinities have a place.
int64_t ToMillionths(double value);

}  // namespace argosy::teams

#endif  // ARGOSY_SERVICES_TEAMS_DOMAIN_INTERVALS_H_
