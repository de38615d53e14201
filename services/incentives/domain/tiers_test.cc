#include "services/incentives/domain/tiers.h"

#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/incentives/domain/company_for_test.h"
#include "tests/support/status_matchers.h"

namespace argosy::incentives {
namespace {

using argosy::testing::HasReason;
using argosy::testing::IsOkAndHolds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Vector 1's table in cents: 1 % below 100,000.00, 2 % below 300,000.00, 3 % from there.
TierTable TableT(TierMode mode, Boundary boundary = Boundary::kUpperTier) {
  return TableForTest(mode, boundary, {0, 10'000'000, 30'000'000}, {10'000, 20'000, 30'000});
}

struct TierCase {
  std::string name;
  TierTable table;
  int64_t total_minor;
  int64_t want_minor;
};

class TierVectorTest : public ::testing::TestWithParam<TierCase> {};

TEST_P(TierVectorTest, EarnsWhatTheVectorSays) {
  EXPECT_THAT(ComputeEarning(GetParam().table, GetParam().total_minor),
              IsOkAndHolds(GetParam().want_minor));
}

INSTANTIATE_TEST_SUITE_P(
    Vector1, TierVectorTest,
    ::testing::Values(
        TierCase{"Marginal350k", TableT(TierMode::kMarginal), 35'000'000, 650'000},
        TierCase{"Whole350k", TableT(TierMode::kWhole), 35'000'000, 1'050'000},
        TierCase{"WholeOnBoundUpper", TableT(TierMode::kWhole), 10'000'000, 200'000},
        TierCase{"WholeOnBoundLower", TableT(TierMode::kWhole, Boundary::kLowerTier), 10'000'000,
                 100'000},
        TierCase{"MarginalOnBoundUpper", TableT(TierMode::kMarginal), 10'000'000, 100'000},
        TierCase{"MarginalOnBoundLower", TableT(TierMode::kMarginal, Boundary::kLowerTier),
                 10'000'000, 100'000},
        TierCase{"WholeOneCentBelow", TableT(TierMode::kWhole), 9'999'999, 100'000},
        TierCase{"WholeOneCentAboveLower", TableT(TierMode::kWhole, Boundary::kLowerTier),
                 10'000'001, 200'000},
        TierCase{"WholeOnSecondBoundLower", TableT(TierMode::kWhole, Boundary::kLowerTier),
                 30'000'000, 600'000},
        TierCase{"WholeOnSecondBoundUpper", TableT(TierMode::kWhole), 30'000'000, 900'000},
        // Oracle 24B, step: 0 to 1,000 at 1 %, 1,000 to 5,000 at 2 %; 2,500 earns 40.
        TierCase{
            "OracleAnchor",
            TableForTest(TierMode::kMarginal, Boundary::kUpperTier, {0, 100'000}, {10'000, 20'000}),
            250'000, 4'000},
        TierCase{"Zero", TableT(TierMode::kWhole), 0, 0},
        TierCase{"ZeroLower", TableT(TierMode::kWhole, Boundary::kLowerTier), 0, 0},
        TierCase{"NegativeMarginalEarnsFirstRate", TableT(TierMode::kMarginal), -20'000'000,
                 -200'000},
        TierCase{"NegativeWholeEarnsFirstRate", TableT(TierMode::kWhole), -20'000'000, -200'000},
        TierCase{"HalfAwayFromZero", TableT(TierMode::kMarginal), 50, 1},
        TierCase{"HalfAwayFromZeroBelow", TableT(TierMode::kMarginal), -50, -1},
        TierCase{"JustUnderHalf", TableT(TierMode::kMarginal), 49, 0},
        TierCase{"LargestAmount", TableT(TierMode::kWhole), std::numeric_limits<int64_t>::max(),
                 276'701'161'105'643'274}),
    [](const auto& made) { return made.param.name; });

TEST(ComputeEarning, RefusesWhatDoesNotFit) {
  // 100 % of the lowest amount is one too low for its own magnitude, but fits; nothing above does.
  const TierTable whole = TableForTest(TierMode::kWhole, Boundary::kUpperTier, {0}, {2'000'000});
  EXPECT_THAT(ComputeEarning(whole, std::numeric_limits<int64_t>::max()),
              HasReason("AMOUNT_OVERFLOW"));
}

TEST(ComputeSlices, SplitsAStepAtTheBounds) {
  const TierTable oracle =
      TableForTest(TierMode::kMarginal, Boundary::kUpperTier, {0, 100'000}, {10'000, 20'000});
  EXPECT_THAT(ComputeSlices(oracle, 0, 250'000),
              ElementsAre(Slice{.tier = 0, .base_minor = 100'000, .rate_ppm = 10'000},
                          Slice{.tier = 1, .base_minor = 150'000, .rate_ppm = 20'000}));
  // Downwards the part that came last goes first.
  EXPECT_THAT(ComputeSlices(oracle, 250'000, 90'000),
              ElementsAre(Slice{.tier = 1, .base_minor = -150'000, .rate_ppm = 20'000},
                          Slice{.tier = 0, .base_minor = -10'000, .rate_ppm = 10'000}));
}

TEST(ComputeSlices, NamesTheRerateOfAWholeTable) {
  EXPECT_THAT(ComputeSlices(TableT(TierMode::kWhole), 9'000'000, 11'000'000),
              ElementsAre(Slice{.tier = 1, .base_minor = 2'000'000, .rate_ppm = 20'000},
                          Slice{.kind = Slice::Kind::kRerate,
                                .tier = 1,
                                .base_minor = 9'000'000,
                                .rate_ppm = 10'000}));
  EXPECT_THAT(ComputeSlices(TableT(TierMode::kWhole), 9'000'000, 9'000'000), IsEmpty());
}

auto Fault(absl::string_view field, absl::string_view what) {
  return AllOf(Field(&base::FieldViolation::field, std::string(field)),
               Field(&base::FieldViolation::description, HasSubstr(std::string(what))));
}

TEST(LintTierRows, NamesTheFaultsOfVector22) {
  // 50k-150k, 140k-300k, 300k-500k, 800k and up, in cents.
  const std::vector<TierRow> rows = {{5'000'000, 15'000'000, 100'000},
                                     {14'000'000, 30'000'000, 150'000},
                                     {30'000'000, 50'000'000, 180'000},
                                     {80'000'000, std::nullopt, 200'000}};
  EXPECT_THAT(LintTierRows(rows, TierMode::kMarginal, "tiers"),
              ElementsAre(Fault("tiers[0]", "GAP: 0 to 5000000"),
                          Fault("tiers[1]", "OVERLAP: 14000000 to 15000000"),
                          Fault("tiers[3]", "GAP: 50000000 to 80000000")));
}

TEST(LintTierRows, PassesTouchingRows) {
  EXPECT_THAT(
      LintTierRows(RowsForTest({0, 100, 300}, {10'000, 20'000, 30'000}), TierMode::kWhole, "tiers"),
      IsEmpty());
  EXPECT_THAT(LintTierRows(RowsForTest({0}, {0}), TierMode::kWhole, "tiers"), IsEmpty());
}

TEST(LintTierRows, RefusesEveryOtherShape) {
  const auto lint = [](std::vector<TierRow> rows) {
    return LintTierRows(rows, TierMode::kMarginal, "t");
  };
  EXPECT_THAT(lint({}), ElementsAre(Fault("t", "SIZE")));
  EXPECT_THAT(lint({{0, 100, 1}}), ElementsAre(Fault("t[0]", "GAP: 100 onwards")));
  EXPECT_THAT(lint({{0, std::nullopt, 1}, {100, std::nullopt, 1}}),
              ElementsAre(Fault("t[1]", "OVERLAP")));
  EXPECT_THAT(lint({{0, 0, 1}, {0, std::nullopt, 1}}),
              ElementsAre(Fault("t[0]", "UNORDERED"), Fault("t[1]", "UNORDERED")));
  EXPECT_THAT(lint({{-5, std::nullopt, 1}}), ElementsAre(Fault("t[0]", "NEGATIVE")));
  EXPECT_THAT(lint({{0, std::nullopt, -1}}), ElementsAre(Fault("t[0]", "NEGATIVE")));
  EXPECT_THAT(lint({{0, std::nullopt, 1'000'001}}), ElementsAre(Fault("t[0]", "RATE")));
  EXPECT_THAT(lint(std::vector<TierRow>(33)), ElementsAre(Fault("t", "SIZE")));
}

TEST(LintTierRows, RefusesAWholeTableWhoseRateFalls) {
  EXPECT_THAT(LintTierRows(RowsForTest({0, 100}, {20'000, 10'000}), TierMode::kWhole, "t"),
              ElementsAre(Fault("t[1]", "DROP")));
  // Marginal, a lower rate further up is a decelerator: the total still grows.
  EXPECT_THAT(LintTierRows(RowsForTest({0, 100}, {20'000, 10'000}), TierMode::kMarginal, "t"),
              IsEmpty());
}

}  // namespace
}  // namespace argosy::incentives
