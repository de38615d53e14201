#include "services/teams/domain/conversion_stability.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::teams {
namespace {

constexpr int64_t kDayMicros = 86'400'000'000;

StagePolicy Standard() { return DefaultPolicy(StageProfile::kStandard); }

struct CohortShape {
  int64_t inquiries = 200;
  std::vector<int64_t> order_places = {};  // which inquiries brought an order
  int64_t margin_minor = 100'000;          // of each order
  int64_t loaded_cost_minor = 400'000;
};

// One inquiry a day for the length of the cohort.
MatureCohort Cohort(const CohortShape& shape) {
  MatureCohort cohort;
  cohort.period = {.begin = absl::CivilDay(2025, 4, 5), .end = absl::CivilDay(2026, 1, 5)};
  cohort.loaded_cost_minor = shape.loaded_cost_minor;
  cohort.effective_inquiries = shape.inquiries;
  cohort.orders = MatureCohort::Orders::kWhole;
  for (int64_t i = 0; i < shape.inquiries; ++i)
    cohort.units.push_back({.occurred_at_micros = i * kDayMicros});
  for (const int64_t place : shape.order_places) {
    CohortUnit& unit = cohort.units[static_cast<size_t>(place)];
    unit.kept_orders = 1;
    unit.orders_with_margin = 1;
    unit.margin_minor = shape.margin_minor;
  }
  return cohort;
}

// `orders` places spread evenly over `inquiries`.
std::vector<int64_t> Evenly(int64_t orders, int64_t inquiries) {
  std::vector<int64_t> places;
  for (int64_t i = 0; i < orders; ++i) places.push_back(i * inquiries / orders);
  return places;
}

std::vector<int64_t> First(int64_t orders) {
  std::vector<int64_t> places;
  for (int64_t i = 0; i < orders; ++i) places.push_back(i);
  return places;
}

int64_t MeasureOf(const CriterionResult& result, const std::string& name) {
  for (const Measure& measure : result.measures) {
    if (measure.name == name) return measure.value;
  }
  ADD_FAILURE() << name << " was not measured";
  return 0;
}

struct VerdictCase {
  std::string name;
  CohortShape shape;
  Verdict verdict;
  CriterionReason reason;
};

void PrintTo(const VerdictCase& row, std::ostream* out) { *out << row.name; }

class JudgeConversionTest : public ::testing::TestWithParam<VerdictCase> {};

TEST_P(JudgeConversionTest, Decides) {
  const CriterionResult result = JudgeConversionStability(Cohort(GetParam().shape), Standard());
  EXPECT_EQ(result.criterion, "VG5");
  EXPECT_EQ(result.kind, CriterionKind::kStat);
  EXPECT_EQ(result.verdict, GetParam().verdict);
  EXPECT_EQ(result.reason, GetParam().reason);
  EXPECT_EQ(result.shortfalls.empty(), result.verdict != Verdict::kInsufficient);
}

// A cost of 2,000 an inquiry and a margin of 100,000 an order break even at 2 %. With 12 orders of
// 200 the one-sided 90 % bounds are 4.19 % and 8.53 %.
INSTANTIATE_TEST_SUITE_P(
    Rows, JudgeConversionTest,
    ::testing::ValuesIn(std::vector<VerdictCase>{
        {"Pays",
         {.order_places = Evenly(12, 200)},
         Verdict::kPass,
         CriterionReason::kRateAboveBreakEven},
        {"DoesNotPay",
         {.order_places = Evenly(12, 200), .loaded_cost_minor = 1'720'000},
         Verdict::kFail,
         CriterionReason::kRateBelowBreakEven},
        {"Between",
         {.order_places = Evenly(12, 200), .loaded_cost_minor = 1'000'000},
         Verdict::kInsufficient,
         CriterionReason::kRateUndecided},
        {"BetweenAndBelow",
         {.order_places = Evenly(12, 200), .loaded_cost_minor = 1'400'000},
         Verdict::kInsufficient,
         CriterionReason::kRateUndecided},
        {"FellBetweenTheHalves",
         {.order_places = First(12)},
         Verdict::kInsufficient,
         CriterionReason::kRateFell},
        {"FallingAndNotPayingFails",
         {.order_places = First(12), .loaded_cost_minor = 1'720'000},
         Verdict::kFail,
         CriterionReason::kRateBelowBreakEven},
        {"TooFew",
         {.inquiries = 99, .order_places = Evenly(12, 99)},
         Verdict::kInsufficient,
         CriterionReason::kTooFewInquiries},
        {"JustEnough",
         {.inquiries = 100, .order_places = Evenly(12, 100)},
         Verdict::kPass,
         CriterionReason::kRateAboveBreakEven},
        {"NoInquiry", {.inquiries = 0}, Verdict::kInsufficient, CriterionReason::kTooFewInquiries},
        {"NoOrder", {}, Verdict::kInsufficient, CriterionReason::kNoOrders},
        {"NoCost",
         {.order_places = Evenly(12, 200), .loaded_cost_minor = 0},
         Verdict::kInsufficient,
         CriterionReason::kCostUnknown},
        {"LosesOnOrders",
         {.order_places = Evenly(12, 200), .margin_minor = -1},
         Verdict::kFail,
         CriterionReason::kMarginNotPositive}}),
    [](const auto& row) { return row.param.name; });

// 95 of 100 days are enough.
TEST(JudgeConversionStability, WantsTheCostOfNearlyEveryDay) {
  MatureCohort cohort = Cohort({.order_places = Evenly(12, 200)});
  cohort.spend_days = 100;
  cohort.spend_days_missing = 5;
  EXPECT_EQ(JudgeConversionStability(cohort, Standard()).verdict, Verdict::kPass);
  cohort.spend_days_missing = 8;
  const CriterionResult result = JudgeConversionStability(cohort, Standard());
  EXPECT_EQ(result.verdict, Verdict::kInsufficient);
  EXPECT_EQ(result.reason, CriterionReason::kSpendDaysMissing);
  ASSERT_EQ(result.shortfalls.size(), 1u);
  EXPECT_EQ(result.shortfalls[0].what, "spend_days");
  EXPECT_EQ(result.shortfalls[0].count, 3);
  EXPECT_EQ(MeasureOf(result, "spend_days_missing"), 8);
}

TEST(ComputeOrderRate, AgreesWithTheHandComputation) {
  const OrderRate rate = ComputeOrderRate(12, 200, Standard());
  EXPECT_EQ(rate.rate_ppm, 60'000);
  EXPECT_EQ(rate.lower_ppm, 41'853);
  EXPECT_EQ(rate.upper_ppm, 85'316);
}

TEST(JudgeConversionStability, PassesExactlyAtTheLowerBound) {
  // The lower bound is 41,853 ppm: 200 inquiries at 4,185.3 against a margin of 100,000.
  CohortShape shape{.order_places = Evenly(12, 200), .loaded_cost_minor = 837'060};
  CriterionResult result = JudgeConversionStability(Cohort(shape), Standard());
  EXPECT_EQ(MeasureOf(result, "break_even"), 41'853);
  EXPECT_EQ(result.verdict, Verdict::kPass);
  shape.loaded_cost_minor += 1;
  result = JudgeConversionStability(Cohort(shape), Standard());
  EXPECT_EQ(MeasureOf(result, "break_even"), 41'854);
  EXPECT_EQ(result.verdict, Verdict::kInsufficient);
}

TEST(JudgeConversionStability, LeavesTheMiddleInquiryOutOfTheHalves) {
  const CohortShape shape{.inquiries = 201,
                          .order_places = {3, 20, 37, 60, 77, 100, 120, 150, 190}};
  const CriterionResult result = JudgeConversionStability(Cohort(shape), Standard());
  EXPECT_EQ(MeasureOf(result, "converted_inquiries"), 9);
  EXPECT_EQ(MeasureOf(result, "earlier_converted") + MeasureOf(result, "later_converted"), 8);
}

TEST(JudgeConversionStability, CountsAnInquiryWithTwoOrdersOnce) {
  MatureCohort cohort = Cohort({.order_places = Evenly(12, 200)});
  cohort.units.front().kept_orders = 2;
  cohort.units.front().orders_with_margin = 2;
  cohort.units.front().margin_minor = 200'000;
  const CriterionResult result = JudgeConversionStability(cohort, Standard());
  EXPECT_EQ(MeasureOf(result, "converted_inquiries"), 12);
  EXPECT_EQ(MeasureOf(result, "kept_orders"), 13);
  EXPECT_EQ(MeasureOf(result, "break_even"), 20'000);
}

TEST(JudgeConversionStability, WantsNineOfTenMargins) {
  MatureCohort cohort = Cohort({.order_places = Evenly(20, 200)});
  const auto forget = [&](size_t place) {
    cohort.units[place].orders_with_margin = 0;
    cohort.units[place].margin_minor = 0;
  };
  forget(0);
  forget(10);
  EXPECT_EQ(JudgeConversionStability(cohort, Standard()).verdict, Verdict::kPass);
  forget(20);
  const CriterionResult result = JudgeConversionStability(cohort, Standard());
  EXPECT_EQ(result.reason, CriterionReason::kMarginUnknown);
  EXPECT_THAT(result.shortfalls, ::testing::ElementsAre(Shortfall{"order_margins", 1, 0}));
}

// Orders yet to come would lift the rate, refunds yet to come lower it: neither a FAIL nor a PASS
// nor "no order" is known.
TEST(JudgeConversionStability, DecidesNothingWhileOrdersLag) {
  for (const CohortShape& shape :
       {CohortShape{.order_places = Evenly(12, 200)},
        CohortShape{.order_places = Evenly(12, 200), .loaded_cost_minor = 1'720'000},
        CohortShape{.order_places = Evenly(12, 200), .margin_minor = -1}, CohortShape{}}) {
    MatureCohort cohort = Cohort(shape);
    cohort.orders = MatureCohort::Orders::kPartial;
    const CriterionResult result = JudgeConversionStability(cohort, Standard());
    EXPECT_EQ(result.verdict, Verdict::kInsufficient);
    EXPECT_EQ(result.reason, CriterionReason::kOrdersUnknown);
    EXPECT_THAT(result.shortfalls, ::testing::ElementsAre(Shortfall{"order_facts", 1, 0}));
  }
}

// The inquiries without a grade cost as well: the fewer are graded, the dearer an effective one
// looks.
TEST(JudgeConversionStability, DecidesNothingWhileGradesAreMissing) {
  for (const int64_t cost : {400'000, 1'720'000}) {
    MatureCohort cohort = Cohort({.order_places = Evenly(12, 200), .loaded_cost_minor = cost});
    cohort.ungraded_inquiries = 120;
    const CriterionResult result = JudgeConversionStability(cohort, Standard());
    EXPECT_EQ(result.verdict, Verdict::kInsufficient);
    EXPECT_EQ(result.reason, CriterionReason::kInquiriesUngraded);
    EXPECT_THAT(result.shortfalls, ::testing::ElementsAre(Shortfall{"inquiry_grades", 120, 0}));
  }
}

TEST(JudgeConversionStability, SaysHowManyInquiriesAndWeeksAreMissing) {
  // 50 inquiries in 50 days: 50 more take about 8 weeks.
  CohortShape shape{.inquiries = 50, .order_places = Evenly(3, 50)};
  EXPECT_THAT(JudgeConversionStability(Cohort(shape), Standard()).shortfalls,
              ::testing::ElementsAre(Shortfall{"mature_inquiries", 50, 8}));
  // One in six days never brings 100 into nine months.
  MatureCohort slow = Cohort(shape);
  for (CohortUnit& unit : slow.units) unit.occurred_at_micros *= 5;
  EXPECT_THAT(JudgeConversionStability(slow, Standard()).shortfalls,
              ::testing::ElementsAre(Shortfall{"mature_inquiries", 50, 0}));
}

TEST(JudgeConversionStability, MoreInquiriesAtTheSameRateWouldDecide) {
  const CohortShape shape{.order_places = Evenly(12, 200), .loaded_cost_minor = 1'000'000};
  const CriterionResult undecided = JudgeConversionStability(Cohort(shape), Standard());
  ASSERT_THAT(undecided.shortfalls, ::testing::SizeIs(1));
  const int64_t needed = 200 + undecided.shortfalls.front().count;
  EXPECT_GE(ComputeOrderRate(needed * 12 / 200, needed, Standard()).lower_ppm, 50'000);
}

TEST(JudgeConversionStability, BelowBreakEvenMoreInquiriesMustConvertNotMoreCome) {
  // 7 % breaks even, 6 % convert: the more come, the surer that is.
  const CohortShape shape{.order_places = Evenly(12, 200), .loaded_cost_minor = 1'400'000};
  const CriterionResult result = JudgeConversionStability(Cohort(shape), Standard());
  ASSERT_THAT(result.shortfalls, ::testing::ElementsAre(Shortfall{"converted_inquiries", 7, 0}));
  EXPECT_GE(ComputeOrderRate(12 + 7, 200, Standard()).lower_ppm, 70'000);
  EXPECT_LT(ComputeOrderRate(12 + 6, 200, Standard()).lower_ppm, 70'000);
}

TEST(JudgeConversionStability, AfterAFallTheLaterHalfMustConvertMore) {
  std::vector<int64_t> places = First(12);
  const CriterionResult fell =
      JudgeConversionStability(Cohort({.order_places = places}), Standard());
  ASSERT_THAT(fell.shortfalls, ::testing::SizeIs(1));
  EXPECT_EQ(fell.shortfalls.front().what, "later_converted_inquiries");
  EXPECT_EQ(fell.shortfalls.front().weeks, 0);
  for (int64_t i = 0; i < fell.shortfalls.front().count; ++i) {
    EXPECT_EQ(JudgeConversionStability(Cohort({.order_places = places}), Standard()).reason,
              CriterionReason::kRateFell);
    places.push_back(100 + i);
  }
  EXPECT_EQ(JudgeConversionStability(Cohort({.order_places = places}), Standard()).verdict,
            Verdict::kPass);
}

TEST(ComputeOrderRate, NeverLosesItsPassWhenEveryCountGrows) {
  constexpr uint64_t kSeed = 13;
  base::Generator generator(kSeed);
  for (int run = 0; run < 500; ++run) {
    const auto inquiries = static_cast<int64_t>(100 + generator.Below(900));
    const auto orders = static_cast<int64_t>(1 + generator.Below(60));
    const auto factor = static_cast<int64_t>(2 + generator.Below(9));
    const OrderRate before = ComputeOrderRate(orders, inquiries, Standard());
    const OrderRate after = ComputeOrderRate(orders * factor, inquiries * factor, Standard());
    ASSERT_GE(after.lower_ppm, before.lower_ppm) << "seed " << kSeed << " run " << run;
    ASSERT_LE(after.upper_ppm, before.upper_ppm) << "seed " << kSeed << " run " << run;
  }
}

}  // namespace
}  // namespace argosy::teams
