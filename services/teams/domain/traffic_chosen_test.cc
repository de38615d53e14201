#include "services/teams/domain/traffic_chosen.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace argosy::teams {
namespace {

using Days = std::vector<int64_t>;

const Days kNone(12, 0);
const Days kAll = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};

PaidChannel Channel(const std::string& id, ChannelKind kind, Days days = kAll,
                    int64_t spend_minor = 50'000) {
  return {.channel = id, .kind = kind, .spend_minor = spend_minor, .fact_days = std::move(days)};
}

PaidChannel Search(Days days = kAll, int64_t spend_minor = 50'000) {
  return Channel("sem", ChannelKind::kSearch, std::move(days), spend_minor);
}
PaidChannel Social(Days days = kAll, int64_t spend_minor = 50'000) {
  return Channel("facebook", ChannelKind::kSocial, std::move(days), spend_minor);
}

struct TrafficCase {
  std::string name;
  std::vector<PaidChannel> channels;
  Verdict verdict;
  CriterionReason reason;
  std::vector<Shortfall> shortfalls;
};

void PrintTo(const TrafficCase& row, std::ostream* out) { *out << row.name; }

class JudgeTrafficTest : public ::testing::TestWithParam<TrafficCase> {};

TEST_P(JudgeTrafficTest, Decides) {
  const CriterionResult result =
      JudgeTrafficChosen(GetParam().channels, DefaultPolicy(StageProfile::kStandard));
  EXPECT_EQ(result.criterion, "VG1");
  EXPECT_EQ(result.kind, CriterionKind::kHard);
  EXPECT_EQ(result.verdict, GetParam().verdict);
  EXPECT_EQ(result.reason, GetParam().reason);
  EXPECT_EQ(result.shortfalls, GetParam().shortfalls);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, JudgeTrafficTest,
    ::testing::ValuesIn(std::vector<TrafficCase>{
        {"Chosen", {Search(), Social()}, Verdict::kPass, CriterionReason::kTrafficChosen, {}},
        {"EightWeeksAreEnough",
         {Search({0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7}), Social()},
         Verdict::kPass,
         CriterionReason::kTrafficChosen,
         {}},
        {"AnExtraChannelMayLag",
         {Search(), Social(), Channel("alibaba", ChannelKind::kB2bPlatform, {1})},
         Verdict::kPass,
         CriterionReason::kTrafficChosen,
         {}},
        {"NoChannel",
         {},
         Verdict::kFail,
         CriterionReason::kTooFewPaidChannels,
         {{"paid_channels", 2, 0}, {"search_channels", 1, 0}, {"social_channels", 1, 0}}},
        {"OneChannel",
         {Search()},
         Verdict::kFail,
         CriterionReason::kTooFewPaidChannels,
         {{"paid_channels", 1, 0}, {"social_channels", 1, 0}}},
        {"WithoutSpendIsNoChannel",
         {Search(), Channel("facebook", ChannelKind::kSocial, kAll, 0)},
         Verdict::kFail,
         CriterionReason::kTooFewPaidChannels,
         {{"paid_channels", 1, 0}, {"social_channels", 1, 0}}},
        {"NothingIsKnownYet",
         {Search(kNone, 0), Social(kNone, 0)},
         Verdict::kInsufficient,
         CriterionReason::kSpendUnknown,
         {{"paid_spend_facts", 2, 0}, {"search_spend_facts", 1, 0}, {"social_spend_facts", 1, 0}}},
        {"OneKindIsNotKnownYet",
         {Search(), Channel("alibaba", ChannelKind::kB2bPlatform), Social(kNone, 0)},
         Verdict::kInsufficient,
         CriterionReason::kSpendUnknown,
         {{"social_spend_facts", 1, 0}}},
        {"ZerosOnTooFewDaysLeaveItOpen",
         {Search(), Social({7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 4}, 0)},
         Verdict::kInsufficient,
         CriterionReason::kSpendUnknown,
         {{"paid_spend_facts", 1, 0}, {"social_spend_facts", 1, 0}}},
        {"ZerosOnEnoughDaysAreNoSpend",
         {Search(), Social({0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 5}, 0)},
         Verdict::kFail,
         CriterionReason::kTooFewPaidChannels,
         {{"paid_channels", 1, 0}, {"social_channels", 1, 0}}},
        {"NoChannelOfAKindFailsWhateverIsUnknown",
         {Search(kNone, 0), Channel("alibaba", ChannelKind::kB2bPlatform, kNone, 0)},
         Verdict::kFail,
         CriterionReason::kNoSocialChannel,
         {{"social_channels", 1, 0}, {"paid_spend_facts", 2, 0}, {"search_spend_facts", 1, 0}}},
        {"OneUnknownChannelIsTooFew",
         {Search(kNone, 0)},
         Verdict::kFail,
         CriterionReason::kTooFewPaidChannels,
         {{"paid_channels", 2, 0}, {"social_channels", 1, 0}, {"search_spend_facts", 1, 0}}},
        {"AnUnknownChannelThatIsNotNeededHoldsNothingUp",
         {Search(), Social(), Channel("alibaba", ChannelKind::kB2bPlatform, kNone, 0)},
         Verdict::kPass,
         CriterionReason::kTrafficChosen,
         {}},
        {"NoSearch",
         {Social(), Channel("instagram", ChannelKind::kSocial)},
         Verdict::kFail,
         CriterionReason::kNoSearchChannel,
         {{"search_channels", 1, 0}}},
        {"NoSocial",
         {Search(), Channel("bing", ChannelKind::kSearch)},
         Verdict::kFail,
         CriterionReason::kNoSocialChannel,
         {{"social_channels", 1, 0}}},
        {"ThreeWeeksOld",
         {Search(), Social({0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7})},
         Verdict::kInsufficient,
         CriterionReason::kTooFewSpendWeeks,
         {{"spend_weeks", 5, 5}}},
        {"DaysMissing",
         {Search(), Social({7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 4, 7})},
         Verdict::kInsufficient,
         CriterionReason::kSpendDaysMissing,
         {{"spend_days", 1, 7}}},
        {"OldGapLeavesSoon",
         {Search(), Social({7, 7, 7, 7, 4, 7, 7, 7, 7, 7, 7, 7})},
         Verdict::kInsufficient,
         CriterionReason::kSpendDaysMissing,
         {{"spend_days", 1, 1}}},
        {"TwoDaysMayBeMissing",
         {Search(), Social({7, 7, 7, 7, 5, 7, 7, 7, 7, 7, 7, 7})},
         Verdict::kPass,
         CriterionReason::kTrafficChosen,
         {}}}),
    [](const auto& row) { return row.param.name; });

TEST(JudgeTrafficChosen, TakesTheBestCoveredChannelOfAKind) {
  const CriterionResult result =
      JudgeTrafficChosen({Channel("bing", ChannelKind::kSearch, {1, 1}), Search(), Social()},
                         DefaultPolicy(StageProfile::kStandard));
  EXPECT_EQ(result.verdict, Verdict::kPass);
}

TEST(JudgeTrafficChosen, HoldsAsManyChannelsToItAsThePolicyAsks) {
  StagePolicy policy = DefaultPolicy(StageProfile::kStandard);
  policy.paid_channels_min = 3;
  const PaidChannel late = Channel("alibaba", ChannelKind::kB2bPlatform, {0, 0, 0, 0, 0, 0, 7, 7});
  EXPECT_EQ(JudgeTrafficChosen({Search(), Social(), late}, policy).reason,
            CriterionReason::kTooFewSpendWeeks);
}

}  // namespace
}  // namespace argosy::teams
