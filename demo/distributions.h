// Draws from named distributions, all on top of base::Generator, so that a seed gives the same
// numbers with every standard library.
#ifndef ARGOSY_DEMO_DISTRIBUTIONS_H_
#define ARGOSY_DEMO_DISTRIBUTIONS_H_

#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "base/random.h"

namespace argosy::demo {

// exp(N(ln median, sigma^2)). Its mean is median * exp(sigma^2 / 2). `median` > 0, `sigma` >= 0.
double DrawLogNormal(base::Generator& generator, double median, double sigma);

// Mean and variance `mean` >= 0. Knuth's product of uniforms, in pieces of at most 25, because a
// sum of Poisson variables is Poisson and exp(-25) is far from underflow.
int64_t DrawPoisson(base::Generator& generator, double mean);

// Mean shape * scale. Marsaglia and Tsang, "A simple method for generating gamma variables", 2000,
// with their boost for shape < 1. Both arguments > 0.
double DrawGamma(base::Generator& generator, double shape, double scale);

// A gamma factor of mean 1 which makes a Poisson count of mean `mean` a negative binomial one of
// variance `phi` * `mean`; 1 when `phi` <= 1 or `mean` is 0.
double DrawDispersion(base::Generator& generator, double mean, double phi);

// Beta of mean `mean` in (0, 1) and of `concentration` = a + b > 0, as a ratio of two gammas.
double DrawBeta(base::Generator& generator, double mean, double concentration);

// How many failures precede the first success; mean `mean` > 0. By inversion.
int64_t DrawGeometric(base::Generator& generator, double mean);

// True with `probability`.
bool DrawChance(base::Generator& generator, double probability);

// Uniform whole number in [low, high].
int64_t DrawBetween(base::Generator& generator, int64_t low, int64_t high);

// An index into `weights`, each >= 0 and not all 0, in proportion to them.
size_t DrawIndex(base::Generator& generator, absl::Span<const double> weights);

}  // namespace argosy::demo

#endif  // ARGOSY_DEMO_DISTRIBUTIONS_H_
