#include "demo/distributions.h"

#include <algorithm>
#include <cmath>

namespace argosy::demo {

double DrawLogNormal(base::Generator& generator, double median, double sigma) {
  return median * std::exp(sigma * generator.Normal());
}

int64_t DrawPoisson(base::Generator& generator, double mean) {
  constexpr double kPieceMax = 25;
  int64_t count = 0;
  for (double left = mean; left > 0; left -= kPieceMax) {
    const double limit = std::exp(-std::min(left, kPieceMax));
    for (double product = generator.Unit(); product > limit; product *= generator.Unit()) ++count;
  }
  return count;
}

double DrawGamma(base::Generator& generator, double shape, double scale) {
  if (shape < 1) {
    const double boosted = DrawGamma(generator, shape + 1, scale);
    return boosted * std::pow(1 - generator.Unit(), 1 / shape);
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = generator.Normal();
    const double v = 1 + c * x;
    if (v <= 0) continue;
    const double cube = v * v * v;
    if (std::log(1 - generator.Unit()) < 0.5 * x * x + d - d * cube + d * std::log(cube)) {
      return d * cube * scale;
    }
  }
}

double DrawDispersion(base::Generator& generator, double mean, double phi) {
  if (phi <= 1 || mean <= 0) return 1;
  const double squared_variation = (phi - 1) / mean;
  return DrawGamma(generator, 1 / squared_variation, squared_variation);
}

double DrawBeta(base::Generator& generator, double mean, double concentration) {
  const double a = DrawGamma(generator, mean * concentration, 1);
  const double b = DrawGamma(generator, (1 - mean) * concentration, 1);
  return a / (a + b);
}

int64_t DrawGeometric(base::Generator& generator, double mean) {
  const double failure = mean / (1 + mean);
  return static_cast<int64_t>(std::log(1 - generator.Unit()) / std::log(failure));
}

bool DrawChance(base::Generator& generator, double probability) {
  return generator.Unit() < probability;
}

int64_t DrawBetween(base::Generator& generator, int64_t low, int64_t high) {
  return low + static_cast<int64_t>(generator.Below(static_cast<uint64_t>(high - low + 1)));
}

size_t DrawIndex(base::Generator& generator, absl::Span<const double> weights) {
  double total = 0;
  for (const double weight : weights) total += weight;
  double rest = generator.Unit() * total;
  for (size_t i = 0; i + 1 < weights.size(); ++i) {
    if (rest < weights[i]) return i;
    rest -= weights[i];
  }
  return weights.size() - 1;
}

}  // namespace argosy::demo
