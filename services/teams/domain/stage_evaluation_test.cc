#include "services/teams/domain/stage_evaluation.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/teams/domain/stage_evidence.h"
#include "tests/support/status_matchers.h"

namespace argosy::teams {
namespace {

using argosy::testing::IsOkAndHolds;
using argosy::testing::StatusIs;

struct CutCase {
  std::string name;
  absl::CivilDay today;
  absl::CivilDay cut;
};

class DefaultCutTest : public ::testing::TestWithParam<CutCase> {};

TEST_P(DefaultCutTest, IsTheLatestFifth) {
  EXPECT_EQ(DefaultCut(GetParam().today), GetParam().cut);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, DefaultCutTest,
    ::testing::ValuesIn(std::vector<CutCase>{
        {"OnTheDay", absl::CivilDay(2026, 11, 5), absl::CivilDay(2026, 11, 5)},
        {"DayBefore", absl::CivilDay(2026, 11, 4), absl::CivilDay(2026, 10, 5)},
        {"MonthEnd", absl::CivilDay(2026, 11, 30), absl::CivilDay(2026, 11, 5)},
        {"OverTheYear", absl::CivilDay(2026, 1, 2), absl::CivilDay(2025, 12, 5)}}),
    [](const auto& row) { return row.param.name; });

TEST(WeeksBefore, EndWithTheLatestWeekThatHasEnded) {
  // 2026-11-05 is a Thursday: the week of Monday the 2nd is still running.
  const base::Period weeks = WeeksBefore(absl::CivilDay(2026, 11, 5), 2);
  EXPECT_EQ(weeks.begin, absl::CivilDay(2026, 10, 19));
  EXPECT_EQ(weeks.end, absl::CivilDay(2026, 11, 2));
  EXPECT_EQ(WeeksBefore(absl::CivilDay(2026, 11, 2), 1).end, absl::CivilDay(2026, 11, 2));
}

// Orders reported through October are all that a cut at its close needs.
TEST(MaturePeriod, HoldsInquiriesWhoseWindowEndedWithTheMonth) {
  const absl::CivilDay cut(2026, 11, 5);
  const base::Period mature = MaturePeriod(cut);
  EXPECT_EQ(mature.begin, absl::CivilDay(2025, 11, 5));
  EXPECT_EQ(mature.end + kOrderWindowDays, absl::CivilDay(2026, 11, 1));
}

// A company on which every judged criterion passes.
StageInputs HealthyInputs() {
  StageInputs inputs;
  inputs.moment = {.cut = absl::CivilDay(2026, 11, 5),
                   .as_of = absl::FromUnixMicros(1'793'836'800'000'000),
                   .knowledge_seq = 41,
                   .time_zone = "Asia/Shanghai",
                   .currency = "USD"};
  const std::vector<int64_t> days(12, 7);
  inputs.channels = {
      {.channel = "facebook", .kind = ChannelKind::kSocial, .spend_minor = 1, .fact_days = days},
      {.channel = "sem", .kind = ChannelKind::kSearch, .spend_minor = 1, .fact_days = days}};
  for (int64_t week = 0; week < 26; ++week) {
    inputs.weeks.push_back({.monday = absl::CivilDay(2026, 5, 4) + 7 * week,
                            .state = WeekFigures::State::kClosed,
                            .spend_minor = 100'000,
                            .provisional_minor = week < 21 ? 0 : 100'000,
                            .effective = 29 + week % 3});
  }
  inputs.cohort.period = MaturePeriod(inputs.moment.cut);
  inputs.cohort.loaded_cost_minor = 100'000;
  inputs.cohort.orders = MatureCohort::Orders::kWhole;
  inputs.cohort.effective_inquiries = 300;
  for (int64_t i = 0; i < 300; ++i) {
    const int64_t order = i % 10 == 0 ? 1 : 0;
    inputs.cohort.units.push_back({.occurred_at_micros = i * 1'000'000,
                                   .kept_orders = order,
                                   .orders_with_margin = order,
                                   .margin_minor = order * 90'000});
  }
  return inputs;
}

TEST(JudgeCriteria, NamesElevenInOrderAndJudgesThree) {
  const std::vector<CriterionResult> criteria =
      JudgeCriteria(HealthyInputs(), DefaultPolicy(StageProfile::kStandard));
  ASSERT_EQ(criteria.size(), 11u);
  for (size_t i = 0; i < criteria.size(); ++i) {
    EXPECT_EQ(criteria[i].criterion, "VG" + std::to_string(i + 1));
    const bool judged = i == 0 || i == 3 || i == 4;
    EXPECT_EQ(criteria[i].verdict, judged ? Verdict::kPass : Verdict::kNotEvaluated) << i + 1;
  }
}

TEST(DecideGate, IsInsufficientWhenAllThatIsJudgedPasses) {
  const StageEvidence evidence = Evaluate(HealthyInputs(), DefaultPolicy(StageProfile::kStandard));
  EXPECT_EQ(evidence.verdict, Verdict::kInsufficient);
}

TEST(DecideGate, FailsOnOneHardOrStatFailureAlone) {
  StageInputs inputs = HealthyInputs();
  inputs.channels.pop_back();
  EXPECT_EQ(Evaluate(inputs, DefaultPolicy(StageProfile::kStandard)).verdict, Verdict::kFail);
  inputs = HealthyInputs();
  inputs.cohort.loaded_cost_minor = 9'000'000;
  EXPECT_EQ(Evaluate(inputs, DefaultPolicy(StageProfile::kStandard)).verdict, Verdict::kFail);
}

TEST(DecideGate, ShowsASoftFailureWithoutFailing) {
  const CriterionResult soft{
      .criterion = "VG11", .kind = CriterionKind::kSoft, .verdict = Verdict::kFail};
  EXPECT_EQ(DecideGate({soft}), Verdict::kInsufficient);
}

TEST(DecideGate, NeverPassesInThisRelease) {
  constexpr uint64_t kSeed = 23;
  base::Generator generator(kSeed);
  for (int run = 0; run < 200; ++run) {
    StageInputs inputs = HealthyInputs();
    for (WeekFigures& week : inputs.weeks)
      week.effective = static_cast<int64_t>(generator.Below(60));
    inputs.cohort.loaded_cost_minor = static_cast<int64_t>(generator.Below(10'000'000));
    const Verdict verdict = Evaluate(inputs, DefaultPolicy(StageProfile::kMicro)).verdict;
    ASSERT_THAT(verdict, ::testing::AnyOf(Verdict::kFail, Verdict::kInsufficient))
        << "seed " << kSeed << " run " << run;
  }
}

TEST(StageEvidence, GivesTheSameBytesForTheSameInputs) {
  const StagePolicy policy = DefaultPolicy(StageProfile::kStandard);
  const std::string bytes = EncodeInputs(HealthyInputs());
  ASSERT_OK_AND_ASSIGN(const StageInputs read, DecodeInputs(bytes));
  EXPECT_EQ(read, HealthyInputs());
  EXPECT_EQ(EncodeInputs(read), bytes);
  EXPECT_EQ(EncodeEvidence(Evaluate(read, policy)),
            EncodeEvidence(Evaluate(HealthyInputs(), policy)));
}

TEST(StageEvidence, ReadsBackWhatItWrote) {
  const StageEvidence evidence = Evaluate(HealthyInputs(), DefaultPolicy(StageProfile::kMicro));
  EXPECT_THAT(DecodeEvidence(EncodeEvidence(evidence)), IsOkAndHolds(evidence));
  EXPECT_EQ(evidence.inputs_digest, base::Sha256(EncodeInputs(HealthyInputs())));
}

TEST(StageEvidence, ChangesWithEveryInput) {
  const StagePolicy policy = DefaultPolicy(StageProfile::kStandard);
  const std::string bytes = EncodeEvidence(Evaluate(HealthyInputs(), policy));
  StageInputs other = HealthyInputs();
  other.moment.knowledge_seq += 1;
  EXPECT_NE(EncodeEvidence(Evaluate(other, policy)), bytes);
  other = HealthyInputs();
  other.weeks.back().provisional_minor += 1;
  EXPECT_NE(EncodeEvidence(Evaluate(other, policy)), bytes);
  other = HealthyInputs();
  other.cohort.units.back().occurred_at_micros += 1;
  EXPECT_NE(EncodeEvidence(Evaluate(other, policy)), bytes);
  other = HealthyInputs();
  other.cohort.ungraded_inquiries += 1;
  EXPECT_NE(EncodeEvidence(Evaluate(other, policy)), bytes);
  other = HealthyInputs();
  other.cohort.orders = MatureCohort::Orders::kPartial;
  EXPECT_NE(EncodeEvidence(Evaluate(other, policy)), bytes);
  EXPECT_NE(EncodeEvidence(Evaluate(HealthyInputs(), DefaultPolicy(StageProfile::kMicro))), bytes);
}

TEST(StageEvidence, RefusesBytesThatAreCutOrLonger) {
  const std::string inputs = EncodeInputs(HealthyInputs());
  const std::string evidence =
      EncodeEvidence(Evaluate(HealthyInputs(), DefaultPolicy(StageProfile::kStandard)));
  for (size_t size = 0; size < evidence.size(); ++size) {
    ASSERT_FALSE(DecodeEvidence(evidence.substr(0, size)).ok()) << size;
  }
  for (size_t size = 0; size < inputs.size(); size += 7) {
    ASSERT_FALSE(DecodeInputs(inputs.substr(0, size)).ok()) << size;
  }
  EXPECT_THAT(DecodeInputs(inputs + "x"), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(DecodeEvidence(evidence + "x"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace argosy::teams
