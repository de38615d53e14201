#include "services/teams/domain/intervals.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace argosy::teams {
namespace {

struct WilsonCase {
  std::string name;
  int64_t hits;
  int64_t trials;
  double lower;
  double upper;
};

class WilsonBoundsTest : public ::testing::TestWithParam<WilsonCase> {};

TEST_P(WilsonBoundsTest, AgreesWithPublishedTables) {
  constexpr double kZ95 = 1.959964;
  const RateBounds bounds = WilsonBounds(GetParam().hits, GetParam().trials, kZ95);
  EXPECT_NEAR(bounds.lower, GetParam().lower, 0.0005);
  EXPECT_NEAR(bounds.upper, GetParam().upper, 0.0005);
}

INSTANTIATE_TEST_SUITE_P(Rows, WilsonBoundsTest,
                         ::testing::ValuesIn(std::vector<WilsonCase>{
                             {"NoneOf30", 0, 30, 0, .114},
                             {"ThreeOf100", 3, 100, .010, .085},
                             {"SixOf200", 6, 200, .014, .064},
                             {"FifteenOf500", 15, 500, .018, .049},
                             {"AllOf10", 10, 10, .722, 1}}),
                         [](const auto& row) { return row.param.name; });

TEST(FisherTwoSided, AgreesWithKnownTables) {
  // Fisher's own tea tasting, and tables computed with exact fractions.
  EXPECT_NEAR(FisherTwoSided({3, 1, 1, 3}), 0.485714, 1e-6);
  EXPECT_NEAR(FisherTwoSided({8, 2, 1, 5}), 0.034965, 1e-6);
  EXPECT_NEAR(FisherTwoSided({10, 90, 2, 98}), 0.033040, 1e-6);
  EXPECT_NEAR(FisherTwoSided({9, 91, 2, 98}), 0.058221, 1e-6);
}

TEST(FisherTwoSided, CannotTellWithoutAMargin) {
  EXPECT_DOUBLE_EQ(FisherTwoSided({0, 50, 0, 50}), 1);
  EXPECT_DOUBLE_EQ(FisherTwoSided({5, 0, 7, 0}), 1);
}

TEST(FisherTwoSided, IsTheSameForExchangedGroups) {
  EXPECT_DOUBLE_EQ(FisherTwoSided({12, 388, 25, 375}), FisherTwoSided({25, 375, 12, 388}));
}

TEST(ToMillionths, RoundsHalfAwayFromZeroAndHoldsInfinities) {
  EXPECT_EQ(ToMillionths(0.0000005), 1);
  EXPECT_EQ(ToMillionths(-0.0000005), -1);
  EXPECT_EQ(ToMillionths(1.6449), 1'644'900);
  EXPECT_EQ(ToMillionths(std::numeric_limits<double>::infinity()), 9'000'000'000'000'000'000);
}

}  // namespace
}  // namespace argosy::teams
