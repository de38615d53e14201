#include "demo/distributions.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::demo {
namespace {

constexpr uint64_t kSeed = 7;
constexpr int kDraws = 200'000;

struct MomentCase {
  std::string name;
  std::function<double(base::Generator&)> draw;
  double mean;
  double variance;
};

class MomentTest : public testing::TestWithParam<MomentCase> {};

// The tolerance is five standard errors of the mean; the variance gets 5 %.
TEST_P(MomentTest, HasMeanAndVariance) {
  base::Generator generator(kSeed);
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = GetParam().draw(generator);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / kDraws;
  EXPECT_NEAR(mean, GetParam().mean, 5 * std::sqrt(GetParam().variance / kDraws))
      << "seed " << kSeed;
  EXPECT_NEAR(squares / kDraws - mean * mean, GetParam().variance, 0.05 * GetParam().variance)
      << "seed " << kSeed;
}

double LogNormalVariance(double median, double sigma) {
  const double s2 = sigma * sigma;
  return median * median * std::exp(s2) * (std::exp(s2) - 1);
}

INSTANTIATE_TEST_SUITE_P(
    Draws, MomentTest,
    testing::ValuesIn(std::vector<MomentCase>{
        {"LogNormal", [](base::Generator& g) { return DrawLogNormal(g, 2, 0.5); },
         2 * std::exp(0.125), LogNormalVariance(2, 0.5)},
        {"PoissonSmall", [](base::Generator& g) { return double(DrawPoisson(g, 0.3)); }, 0.3, 0.3},
        {"PoissonInPieces", [](base::Generator& g) { return double(DrawPoisson(g, 60)); }, 60, 60},
        {"GammaBelowOne", [](base::Generator& g) { return DrawGamma(g, 0.5, 3); }, 1.5, 4.5},
        {"Gamma", [](base::Generator& g) { return DrawGamma(g, 4, 0.5); }, 2, 1},
        {"NegativeBinomial",
         [](base::Generator& g) { return double(DrawPoisson(g, 20 * DrawDispersion(g, 20, 1.5))); },
         20, 30},
        {"Beta", [](base::Generator& g) { return DrawBeta(g, 0.2, 50); }, 0.2, 0.2 * 0.8 / 51},
        {"Geometric", [](base::Generator& g) { return double(DrawGeometric(g, 3)); }, 3, 12},
        {"Chance", [](base::Generator& g) { return DrawChance(g, 0.25) ? 1.0 : 0.0; }, 0.25,
         0.1875},
        {"Between", [](base::Generator& g) { return double(DrawBetween(g, -1, 3)); }, 1, 2},
        {"Index",
         [](base::Generator& g) {
           return double(DrawIndex(g, std::vector<double>{1, 0, 3}));
         },
         1.5, 0.75},
    }),
    [](const auto& test) { return test.param.name; });

TEST(DrawPoisson, IsZeroForMeanZero) {
  base::Generator generator(kSeed);
  EXPECT_EQ(DrawPoisson(generator, 0), 0);
}

TEST(DrawDispersion, IsOneWithoutOverdispersion) {
  base::Generator generator(kSeed);
  EXPECT_EQ(DrawDispersion(generator, 20, 1), 1);
  EXPECT_EQ(DrawDispersion(generator, 0, 2), 1);
}

TEST(DrawLogNormal, HasItsMedian) {
  base::Generator generator(kSeed);
  int below = 0;
  for (int i = 0; i < kDraws; ++i) below += DrawLogNormal(generator, 6'000, 1) < 6'000 ? 1 : 0;
  EXPECT_NEAR(double(below) / kDraws, 0.5, 5 * 0.5 / std::sqrt(kDraws)) << "seed " << kSeed;
}

}  // namespace
}  // namespace argosy::demo
