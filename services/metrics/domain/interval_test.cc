#include "services/metrics/domain/interval.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::metrics {
namespace {

// Percentages to one decimal, as published: Brown, Cai and DasGupta 2001 recommend the interval;
// the values are those of Wilson's formula in R (binom::binom.wilson).
struct WilsonCase {
  std::string name;
  int64_t successes;
  int64_t trials;
  double lower;
  double upper;
};
class WilsonTest : public ::testing::TestWithParam<WilsonCase> {};
TEST_P(WilsonTest, MatchesPublishedValues) {
  const auto interval = WilsonInterval(GetParam().successes, GetParam().trials);
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(*interval->lower, GetParam().lower, 0.0005);
  EXPECT_NEAR(*interval->upper, GetParam().upper, 0.0005);
}
INSTANTIATE_TEST_SUITE_P(Published, WilsonTest,
                         ::testing::Values(WilsonCase{"None", 0, 30, 0.0, 0.1135},
                                           WilsonCase{"Three", 3, 100, .0103, .0845},
                                           WilsonCase{"Six", 6, 200, .0138, .0639},
                                           WilsonCase{"Fifteen", 15, 500, .0183, .0489},
                                           WilsonCase{"All", 10, 10, .7225, 1.0}),
                         [](const auto& param) { return param.param.name; });

TEST(Wilson, HasNoIntervalForWhatIsNoShare) {
  EXPECT_FALSE(WilsonInterval(0, 0).has_value());
  EXPECT_FALSE(WilsonInterval(3, 2).has_value());
  EXPECT_FALSE(WilsonInterval(-1, 2).has_value());
}

// Garwood 1936, table of confidence limits of a Poisson expectation.
struct PoissonCase {
  std::string name;
  int64_t count;
  double lower;
  double upper;
};
class PoissonTest : public ::testing::TestWithParam<PoissonCase> {};
TEST_P(PoissonTest, MatchesGarwood) {
  const PoissonLimits limits = ExactPoissonLimits(GetParam().count);
  EXPECT_NEAR(limits.lower, GetParam().lower, 0.005);
  EXPECT_NEAR(limits.upper, GetParam().upper, 0.005);
}
INSTANTIATE_TEST_SUITE_P(Garwood, PoissonTest,
                         ::testing::Values(PoissonCase{"Zero", 0, 0.0, 3.689},
                                           PoissonCase{"One", 1, 0.0253, 5.572},
                                           PoissonCase{"Five", 5, 1.623, 11.668},
                                           PoissonCase{"Ten", 10, 4.795, 18.390},
                                           PoissonCase{"Thirty", 30, 20.241, 42.827}),
                         [](const auto& param) { return param.param.name; });

// The multiples of the point value that the cost of 10, 20, 30, 60, 100, 200 and 400 inquiries has.
TEST(CostInterval, IsTheKnownMultipleOfTheCost) {
  struct Known {
    int64_t count;
    double lower;
    double upper;
  };
  for (const Known& known :
       {Known{10, .54, 2.09}, Known{20, .65, 1.64}, Known{30, .70, 1.48}, Known{60, .78, 1.31},
        Known{100, .82, 1.23}, Known{200, .87, 1.15}, Known{400, .91, 1.11}}) {
    const Interval interval = CostInterval(1'000'000 * known.count, known.count);
    EXPECT_NEAR(*interval.lower / 1e6, known.lower, 0.005) << known.count;
    EXPECT_NEAR(*interval.upper / 1e6, known.upper, 0.005) << known.count;
  }
}

TEST(CostInterval, IsUnboundedAboveWithoutInquiries) {
  const Interval interval = CostInterval(36'889, 0);
  EXPECT_NEAR(*interval.lower, 10'000, 1);
  EXPECT_FALSE(interval.upper.has_value());
}

}  // namespace
}  // namespace argosy::metrics
