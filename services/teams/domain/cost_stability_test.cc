#include "services/teams/domain/cost_stability.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/teams/domain/cost_simulation_test.h"

namespace argosy::teams {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

StagePolicy Standard() { return DefaultPolicy(StageProfile::kStandard); }

std::vector<WeekFigures> Weeks(const std::vector<int64_t>& spend,
                               const std::vector<int64_t>& inquiries) {
  std::vector<WeekFigures> weeks;
  for (size_t i = 0; i < spend.size(); ++i) {
    weeks.push_back({.monday = absl::CivilDay(2026, 1, 5) + 7 * static_cast<int64_t>(i),
                     .state = WeekFigures::State::kClosed,
                     .spend_minor = spend[i],
                     .effective = inquiries[i]});
  }
  return weeks;
}

std::vector<WeekFigures> EvenWeeks(const std::vector<int64_t>& inquiries) {
  return Weeks(std::vector<int64_t>(inquiries.size(), 1000), inquiries);
}

// Worked by hand: pooled rate 242 / 36,000, Pearson's sum 2.32 over 11 degrees, so phi is 1.
const std::vector<int64_t> kHandSpend = {3000, 3200, 2800, 3100, 2900, 3000,
                                         3300, 2700, 3000, 3100, 2900, 3000};
const std::vector<int64_t> kHandInquiries = {21, 19, 22, 18, 20, 17, 24, 19, 20, 23, 18, 21};

TEST(ComputeCostShift, AgreesWithTheHandComputation) {
  const CostShift shift = ComputeCostShift(Weeks(kHandSpend, kHandInquiries), Standard());
  EXPECT_EQ(shift.earlier_inquiries, 117);
  EXPECT_EQ(shift.later_inquiries, 125);
  EXPECT_EQ(shift.phi_ppm, 1'000'000);
  EXPECT_EQ(shift.shift_micro_nats, -66'140);
  EXPECT_EQ(shift.lower_micro_nats, -277'732);
  EXPECT_EQ(shift.upper_micro_nats, 145'452);
}

TEST(ComputeCostShift, WidensWithDispersion) {
  const CostShift shift =
      ComputeCostShift(EvenWeeks({5, 30, 8, 28, 6, 31, 9, 27, 7, 30, 8, 29}), Standard());
  EXPECT_EQ(shift.phi_ppm, 7'374'479);
  EXPECT_EQ(shift.lower_micro_nats, -623'446);
  EXPECT_EQ(shift.upper_micro_nats, 586'748);
}

TEST(ComputeCostShift, GivesTheLaterHalfTheOddWeek) {
  const CostShift shift =
      ComputeCostShift(EvenWeeks({1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}), Standard());
  EXPECT_EQ(shift.earlier_inquiries, 5);
  EXPECT_EQ(shift.later_inquiries, 12);
}

TEST(CostTrendMicro, AgreesWithTheHandComputation) {
  EXPECT_EQ(CostTrendMicro(Weeks(kHandSpend, kHandInquiries), 1'000'000), -199'218);
}

TEST(CostTrendMicro, IsPositiveWhenInquiriesDwindle) {
  EXPECT_GT(CostTrendMicro(EvenWeeks({30, 28, 26, 24, 22, 20, 18, 16, 14, 12}), 1'000'000),
            1'644'900);
}

TEST(CostTrendMicro, CountsCalendarWeeksNotPlaces) {
  std::vector<WeekFigures> gap = EvenWeeks({20, 22, 18, 15});
  const int64_t near = CostTrendMicro(gap, 1'000'000);
  gap.back().monday += 70;
  EXPECT_NE(CostTrendMicro(gap, 1'000'000), near);
}

TEST(ChartWeeks, JudgesEachWeekByTheOthers) {
  const std::vector<ChartedWeek> charted =
      ChartWeeks(Weeks(kHandSpend, kHandInquiries), Standard());
  ASSERT_THAT(charted, SizeIs(12));
  EXPECT_EQ(charted[6].week, "2026-W08");
  EXPECT_EQ(charted[6].expected_ppm, 22'000'000);
  EXPECT_EQ(charted[6].limit_ppm, 14'764'202);
  EXPECT_FALSE(charted[6].out_of_control());
}

TEST(KeptWeeks, TakesTheLatestClosedOnesAndLeavesOutThoseWithoutSpend) {
  std::vector<WeekFigures> weeks = EvenWeeks(std::vector<int64_t>(16, 10));
  weeks[15].state = WeekFigures::State::kOpen;
  weeks[14].state = WeekFigures::State::kUngraded;
  weeks[10].spend_minor = 0;
  const std::vector<WeekFigures> kept = KeptWeeks(weeks, Standard());
  ASSERT_THAT(kept, SizeIs(11));
  EXPECT_EQ(kept.front(), weeks[2]);
  EXPECT_EQ(kept.back(), weeks[13]);
}

// The value of "provisional_spend", absent when it is not measured.
std::optional<int64_t> ProvisionalPpm(const CriterionResult& result) {
  for (const Measure& measure : result.measures) {
    if (measure.name != "provisional_spend") continue;
    EXPECT_EQ(measure.unit, MeasureUnit::kPpm);
    return measure.value;
  }
  return std::nullopt;
}

TEST(JudgeCostStability, ReportsTheShareOfSpendThatIsProvisional) {
  std::vector<WeekFigures> weeks = Weeks(kHandSpend, kHandInquiries);
  EXPECT_EQ(ProvisionalPpm(JudgeCostStability(weeks, Standard())), 0);
  weeks[11].provisional_minor = 3000;
  weeks[10].provisional_minor = 2900;
  // 5,900 of 36,000.
  const CriterionResult result = JudgeCostStability(weeks, Standard());
  EXPECT_EQ(ProvisionalPpm(result), 163'889);
  EXPECT_EQ(result.verdict, Verdict::kPass);
  // Of the weeks that are judged alone, and also when they are too few.
  weeks[11].state = WeekFigures::State::kOpen;
  EXPECT_EQ(ProvisionalPpm(JudgeCostStability(weeks, Standard())), 87'879);
  weeks.erase(weeks.begin(), weeks.begin() + 9);
  EXPECT_EQ(ProvisionalPpm(JudgeCostStability(weeks, Standard())), 483'333);
  EXPECT_EQ(ProvisionalPpm(JudgeCostStability({}, Standard())), std::nullopt);
}

struct VerdictCase {
  std::string name;
  std::vector<WeekFigures> weeks;
  Verdict verdict;
  CriterionReason reason;
  std::vector<Shortfall> shortfalls;
};

void PrintTo(const VerdictCase& row, std::ostream* out) { *out << row.name; }

class JudgeCostStabilityTest : public ::testing::TestWithParam<VerdictCase> {};

TEST_P(JudgeCostStabilityTest, Decides) {
  const CriterionResult result = JudgeCostStability(GetParam().weeks, Standard());
  EXPECT_EQ(result.criterion, "VG4");
  EXPECT_EQ(result.kind, CriterionKind::kStat);
  EXPECT_EQ(result.verdict, GetParam().verdict);
  EXPECT_EQ(result.reason, GetParam().reason);
  EXPECT_EQ(result.shortfalls, GetParam().shortfalls);
}

INSTANTIATE_TEST_SUITE_P(Rows, JudgeCostStabilityTest,
                         ::testing::ValuesIn(std::vector<VerdictCase>{
                             {"Stable",
                              Weeks(kHandSpend, kHandInquiries),
                              Verdict::kPass,
                              CriterionReason::kCostStable,
                              {}},
                             {"OneWeekOutOfControl",
                              EvenWeeks({20, 21, 19, 20, 22, 18, 60, 20, 19, 21, 20, 20}),
                              Verdict::kFail,
                              CriterionReason::kWeekOutOfControl,
                              {}},
                             {"CostDoubled",
                              EvenWeeks({20, 21, 19, 20, 22, 18, 10, 11, 9, 10, 11, 10}),
                              Verdict::kFail,
                              CriterionReason::kCostChanged,
                              {}},
                             {"CostHalved",
                              EvenWeeks({10, 11, 9, 10, 11, 10, 20, 21, 19, 20, 22, 18}),
                              Verdict::kFail,
                              CriterionReason::kCostChanged,
                              {}},
                             {"RisingInsideTheBand",
                              EvenWeeks({114, 112, 110, 108, 106, 104, 100, 98, 96, 94, 92, 90}),
                              Verdict::kInsufficient,
                              CriterionReason::kCostRising,
                              {{"weeks_at_steady_cost", 1, 0}}},
                             {"TooWideByAShiftAndNotByTooFew",
                              EvenWeeks({23, 23, 23, 23, 23, 23, 19, 19, 19, 19, 18, 18}),
                              Verdict::kInsufficient,
                              CriterionReason::kIntervalTooWide,
                              {{"weeks_at_steady_cost", 1, 0}}},
                             {"FallingInsideTheBand",
                              EvenWeeks({90, 92, 94, 96, 98, 100, 104, 106, 108, 110, 112, 114}),
                              Verdict::kPass,
                              CriterionReason::kCostStable,
                              {}},
                             {"TooWide",
                              EvenWeeks({7, 6, 8, 7, 6, 8, 5, 6, 5, 6, 5, 6}),
                              Verdict::kInsufficient,
                              CriterionReason::kIntervalTooWide,
                              {{"effective_inquiries", 171, 0}}},
                             {"TooFewWeeks",
                              EvenWeeks({20, 20, 20, 20, 20, 20, 20}),
                              Verdict::kInsufficient,
                              CriterionReason::kTooFewWeeks,
                              {{"closed_weeks", 3, 3}}},
                             {"NoWeek",
                              {},
                              Verdict::kInsufficient,
                              CriterionReason::kTooFewWeeks,
                              {{"closed_weeks", 10, 10}, {"effective_inquiries", 60, 0}}},
                             {"TooFewInquiries",
                              EvenWeeks({5, 5, 5, 5, 5, 5, 5, 5, 5, 5}),
                              Verdict::kInsufficient,
                              CriterionReason::kTooFewInquiries,
                              {{"effective_inquiries", 10, 2}}},
                             {"NeverEnoughInquiries",
                              EvenWeeks({4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4}),
                              Verdict::kInsufficient,
                              CriterionReason::kTooFewInquiries,
                              {{"effective_inquiries", 12, 0}}},
                             {"EmptyHalf",
                              EvenWeeks({20, 20, 20, 20, 20, 20, 0, 0, 0, 0, 0, 0}),
                              Verdict::kInsufficient,
                              CriterionReason::kEmptyHalf,
                              {{"halves_with_inquiries", 1, 0}}}}),
                         [](const auto& row) { return row.param.name; });

TEST(JudgeCostStability, SaysHowManyWeeksAreMissingWhileTheWindowFills) {
  const CriterionResult result =
      JudgeCostStability(EvenWeeks({24, 23, 25, 24, 23, 16, 15, 17, 16, 15}), Standard());
  EXPECT_EQ(result.reason, CriterionReason::kCostChanged);
  const CriterionResult young =
      JudgeCostStability(EvenWeeks({22, 23, 21, 22, 23, 20, 18, 17, 19, 18}), Standard());
  EXPECT_EQ(young.reason, CriterionReason::kIntervalTooWide);
  EXPECT_THAT(young.shortfalls, ElementsAre(Shortfall{"effective_inquiries", 43, 0}))
      << "12 weeks of 20.3 hold 243 inquiries, two less than are needed";
}

TEST(JudgeCostStability, WidensTheBandForTheSmallest) {
  const std::vector<WeekFigures> weeks = EvenWeeks({9, 8, 10, 9, 8, 10, 9, 8, 10, 9, 8, 10});
  EXPECT_EQ(JudgeCostStability(weeks, Standard()).verdict, Verdict::kPass);
  const std::vector<WeekFigures> fewer = EvenWeeks({7, 6, 8, 7, 6, 8, 5, 6, 5, 6, 5, 6});
  EXPECT_EQ(JudgeCostStability(fewer, Standard()).verdict, Verdict::kInsufficient);
  EXPECT_EQ(JudgeCostStability(fewer, DefaultPolicy(StageProfile::kMicro)).verdict, Verdict::kPass);
}

TEST(InquiriesNeeded, IsAboutWhatTheSimulationFound) {
  const StagePolicy micro = DefaultPolicy(StageProfile::kMicro);
  EXPECT_NEAR(static_cast<double>(InquiriesNeeded(1'000'000, Standard())), 245, 15);
  EXPECT_NEAR(static_cast<double>(InquiriesNeeded(1'500'000, Standard())), 390, 25);
  EXPECT_NEAR(static_cast<double>(InquiriesNeeded(1'000'000, micro)), 86, 6);
  EXPECT_NEAR(static_cast<double>(InquiriesNeeded(1'500'000, micro)), 140, 15);
}

TEST(JudgeCostStability, IsSureOfAStableAndOfADoubledCost) {
  constexpr uint64_t kSeed = 7;
  const VerdictShares stable = Simulate({.weekly_inquiries = 20}, Standard(), 800, kSeed);
  EXPECT_NEAR(stable.pass_before_trend, .80, .06) << "seed " << kSeed;
  const VerdictShares doubled =
      Simulate({.weekly_inquiries = 20, .step = 2}, Standard(), 400, kSeed);
  EXPECT_GT(doubled.fail, .98) << "seed " << kSeed;
}

TEST(ComputeCostShift, NeverWidensWhenEveryCountGrows) {
  constexpr uint64_t kSeed = 11;
  base::Generator generator(kSeed);
  for (int run = 0; run < 300; ++run) {
    std::vector<WeekFigures> weeks = DrawWeeks(generator, {.weekly_inquiries = 15, .phi = 1.3});
    const CostShift before = ComputeCostShift(weeks, Standard());
    const auto factor = static_cast<int64_t>(2 + generator.Below(9));
    for (WeekFigures& week : weeks) week.effective *= factor;
    const CostShift after = ComputeCostShift(weeks, Standard());
    ASSERT_EQ(after.shift_micro_nats, before.shift_micro_nats)
        << "seed " << kSeed << " run " << run;
    ASSERT_GE(after.lower_micro_nats, before.lower_micro_nats)
        << "seed " << kSeed << " run " << run;
    ASSERT_LE(after.upper_micro_nats, before.upper_micro_nats)
        << "seed " << kSeed << " run " << run;
  }
}

}  // namespace
}  // namespace argosy::teams
